/** What a role is started with: the form's values, then what the roles before it have told. Pure. */
import type { Lab, ParameterValue, Role } from '../../../labs/lab.ts'
import { argumentsOf } from '../../../labs/parameters.ts'
import { inherited } from '../../../labs/scenario.ts'

export type Values = Readonly<Record<string, ParameterValue>>

/** What a ready role told, and the form as it stood when it was started. */
export interface Told {
  role: string
  values: Readonly<Record<string, string>>
  form: Values
}

/**
 * The parameters of `role`. A value told by an earlier role wins, unless the form was changed since that role
 * started: the learner then wants their own (a wrong port, to see what happens).
 */
export function parametersOf(
  lab: Lab,
  role: Role,
  form: Values,
  told: readonly Told[],
): Record<string, ParameterValue> {
  const result: Record<string, ParameterValue> = {}
  for (const key of role.parameters) if (Object.hasOwn(form, key)) result[key] = form[key]!
  for (const { values, form: before } of told) {
    for (const [key, value] of Object.entries(inherited(lab, role.parameters, values))) {
      if (before[key] === form[key]) result[key] = value
    }
  }
  return result
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
