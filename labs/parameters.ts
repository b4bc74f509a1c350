/**
 * The values a page may give to a program: checked the same way by the form and by the runner, then turned into
 * options. Pure; knows only the types of `lab.ts`.
 */
import type { Lab, Parameter, ParameterValue, Role } from './lab.ts'

/** Why a value is refused; `site/texts.ts` holds the sentence. */
export type ParameterProblem =
  | 'unknown-parameter'
  | 'not-an-integer'
  | 'out-of-range'
  | 'too-long'
  | 'control-character'
  | 'not-a-host'
  | 'not-a-choice'
  | 'not-a-flag'

/** A name or an address: never starts with a dash, so that it cannot be taken for an option. */
const HOST = /^[a-z0-9_:](?:[a-z0-9_.:%-]{0,252}[a-z0-9_.])?$|^::$/i
const CONTROL = /[\x00-\x1f\x7f]/

/** The problem of `value` for `parameter`, or null when it is valid. A port goes from 0 (let the system choose) to 65535. */
export function problemOf(parameter: Parameter, value: unknown): ParameterProblem | null {
  switch (parameter.kind) {
    case 'port':
      return integerProblem(value, 0, 65_535)
    case 'integer':
      return integerProblem(value, parameter.min, parameter.max)
    case 'text':
      if (typeof value !== 'string' || CONTROL.test(value)) return 'control-character'
      return value.length > parameter.maxLength ? 'too-long' : null
    case 'host':
      return typeof value === 'string' && HOST.test(value) ? null : 'not-a-host'
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(parameter.choices, value) ? null : 'not-a-choice'
    case 'flag':
      return typeof value === 'boolean' ? null : 'not-a-flag'
  }
}

function integerProblem(value: unknown, min: number, max: number): ParameterProblem | null {
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'not-an-integer'
  return value < min || value > max ? 'out-of-range' : null
}

export type ArgumentsResult =
  | { ok: true; args: string[] }
  | { ok: false; key: string; problem: ParameterProblem }

/**
 * The options that start `role`, from the defaults of the lab, the values given and the role's fixed ones.
 * Refuses a key that the role does not accept; a fixed port 0 accepts a number, the one that the role got before.
 */
export function argumentsOf(
  lab: Lab,
  role: Role,
  given: Readonly<Record<string, ParameterValue>>,
): ArgumentsResult {
  const fixed = { ...role.fixed }
  for (const [key, value] of Object.entries(given)) {
    if (role.parameters.includes(key)) continue
    if (key !== role.opens?.port || fixed[key] !== 0) return { ok: false, key, problem: 'unknown-parameter' }
    const problem = integerProblem(value, 0, 65_535)
    if (problem) return { ok: false, key, problem }
    fixed[key] = value
  }
  const args: string[] = []
  for (const key of role.parameters) {
    const parameter = lab.parameters[key]
    if (!parameter) return { ok: false, key, problem: 'unknown-parameter' }
    const value = Object.hasOwn(given, key) ? given[key]! : parameter.default
    const problem = problemOf(parameter, value)
    if (problem) return { ok: false, key, problem }
    args.push(...optionOf(key, value))
  }
  for (const [key, value] of Object.entries(fixed)) args.push(...optionOf(key, value))
  return { ok: true, args }
}

/** `--key=value` in one word: a value that starts with a dash stays a value. */
export function optionOf(key: string, value: ParameterValue): string[] {
  if (typeof value === 'boolean') return value ? [`--${key}`] : []
  return [`--${key}=${value}`]
}
