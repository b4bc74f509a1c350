/** What runs, as the list shows it: by lab, those of this page first. Pure. */
import type { LiveProgram } from '../../../runner/protocol.ts'

export interface Group {
  lab: string
  /** Shown in this page. */
  here: boolean
  /** In start order. */
  programs: LiveProgram[]
  /** The time left to the first that nobody looks at any more, in ms; null when each has its page. */
  endsIn: number | null
}

/** `here` tells whether this page shows a session. A lab that two pages run makes two groups. */
export function groupPrograms(programs: readonly LiveProgram[], here: (session: string) => boolean): Group[] {
  const groups = new Map<string, Group>()
  for (const program of programs) {
    const { lab } = program.ref
    const shown = here(program.session)
    const group = groups.get(`${lab} ${shown}`) ?? { lab, here: shown, programs: [], endsIn: null }
    group.programs.push(program)
    if (program.endsIn !== null) group.endsIn = Math.min(program.endsIn, group.endsIn ?? program.endsIn)
    groups.set(`${lab} ${shown}`, group)
  }
  return [...groups.values()].sort((a, b) => Number(b.here) - Number(a.here))
}
