import { typesOfCourse } from '../../lab/editor/language/types.ts'

/** What the editor's language service knows of the course. */
export const GET = () => new Response(JSON.stringify(typesOfCourse(process.cwd())))
