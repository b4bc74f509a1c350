/** What a role is started with: what the learner typed, then what the wiring says. Pure. */
import type { Lab, ParameterValue, Role, Takes } from '../../../labs/lab.ts'
import { argumentsOf } from '../../../labs/parameters.ts'
import { type Told, wiredOf } from '../../../labs/wiring.ts'

export type Values = Readonly<Record<string, ParameterValue>>

export interface Wiring {
  /** What the roles have told. */
  told?: Told
  /** In place of the role's own wiring. */
  takes?: Takes
  /** The parameter whose target the learner has chosen: then it wins over what they typed before. */
  chosen?: string | null
}

/** The parameters of `role` that differ from the lab's defaults. A typed value wins over the wiring. */
export function parametersOf(
  lab: Lab,
  role: Role,
  typed: Values,
  { told = {}, takes, chosen = null }: Wiring = {},
): Record<string, ParameterValue> {
  const own = Object.fromEntries(Object.entries(typed).filter(([key]) => role.parameters.includes(key)))
  const wired = wiredOf(lab, role, own, told, takes)
  const wins = ([key, value]: [string, ParameterValue]) => {
    if (!Object.hasOwn(wired, key)) return true
    // A port 0 lets the system choose: it names nobody, and keeps what was chosen.
    return key !== chosen && !(value === 0 && lab.parameters[key]?.kind === 'port')
  }
  return { ...wired, ...Object.fromEntries(Object.entries(own).filter(wins)) }
}

/** The command that starts the same role in any terminal of the project: `npm run lab -- udp/recepteur --port 12345`. */
export function commandOf(lab: Lab, id: string, role: Role, given: Values): string {
  return ['npm run lab --', `${id}/${role.program}`, ...wordsOf(lab, role, given)].join(' ')
}

/** What the terminal shows first: `recepteur --port 12345`. */
export function shortCommandOf(lab: Lab, role: Role, given: Values): string {
  return [role.program, ...wordsOf(lab, role, given)].join(' ')
}

/** The options as one types them, quoted where a shell needs it. */
function wordsOf(lab: Lab, role: Role, given: Values): string[] {
  const result = argumentsOf(lab, role, given)
  if (!result.ok) return []
  return result.args.flatMap((arg) => {
    const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(arg) ?? []
    if (name === undefined || value === undefined) return [arg]
    if (value === '') return lab.parameters[name.slice(2)]?.default === '' ? [] : [`${name}=`]
    return [name, /^[\w.:@%/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`]
  })
}
