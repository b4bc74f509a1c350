import { frenchMessages } from '../../lab/editor/language/messages.ts'

/** What the editor's language service says, in French. */
export const GET = () => new Response(JSON.stringify(frenchMessages()))
