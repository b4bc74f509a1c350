/** What the judge of an exercise is launched with: its program is made of the check, the words and the judge. */
import { type Asked, BLACK_HOLE, ECHO, JUDGED } from '../judge/asked.ts'
import type { Startable } from './border.ts'
import type { Sources } from './linker.ts'

/** The files that `build.ts` makes of the judge. */
export const JUDGE_FILES = {
  judge: 'juge/juge.js',
  echo: 'juge/echo.js',
  blackHole: 'juge/trou-noir.js',
} as const
const ENTRY = 'juge/entree.js'

export interface Judging {
  lab: string
  /** The base name of the files of the exercise: `poli`. */
  name: string
  /** The judge, the check and the activities of the lab. */
  sources: Sources
  judged: Startable
  asked: Asked
}

/** The program that judges, and those that it may start. */
export function judgingOf({ lab, name, sources, judged, asked }: Judging): Startable & {
  programs: Readonly<Record<string, Startable>>
} {
  const entry = `import check from '../labs/${lab}/verifications/${name}.ts'
import activities from '../labs/${lab}/activites.ts'
import { verify } from './juge.js'
const exercise = activities.create.find(({ id }) => id === check.exercise)
await verify(check, exercise, ${JSON.stringify(asked)})
`
  return {
    entry: ENTRY,
    sources: { ...sources, [ENTRY]: entry },
    programs: {
      [JUDGED]: judged,
      [ECHO]: { entry: JUDGE_FILES.echo, sources },
      [BLACK_HOLE]: { entry: JUDGE_FILES.blackHole, sources },
    },
  }
}
