/** Whether what a modification must show has been seen in the programs that the learner has launched. Pure. */
import type { Sign } from './activities.ts'
import type { Lab, ParameterValue, VariantId } from './lab.ts'
import { fits, type TraceEvent } from './trace.ts'

/** The last run of a role. */
export interface LaunchedProgram {
  role: string
  /** Base name of its program. */
  program: string
  variant: VariantId
  /** It is the learner's copy. */
  copy: boolean
  /** What it was started with, where it differs from the defaults; null when that is not known any more. */
  given: Readonly<Record<string, ParameterValue>> | null
  /** The exit code once it is over, null before. */
  exitCode: number | null
  /** What it has printed, without colours or cursor moves. */
  readonly output: string
  /** What its sockets have done; null when they are not observed. */
  readonly events: readonly TraceEvent[] | null
}

/** Whether a program has shown all that `sign` says. */
export function isShown(sign: Sign, programs: readonly LaunchedProgram[], { parameters }: Lab): boolean {
  return programs.some((one) => {
    if (one.role !== sign.role && one.program !== sign.role) return false
    if (sign.copy && !one.copy) return false
    if (sign.variant && one.variant !== sign.variant) return false
    if (sign.exit !== undefined && one.exitCode !== sign.exit) return false
    if (sign.never && one.exitCode === null) return false
    const given = Object.entries(sign.given ?? {})
    if (given.some(([key, value]) => !one.given || (one.given[key] ?? parameters[key]?.default) !== value))
      return false
    return hasDone(sign, one) && hasPrinted(sign, one)
  })
}

function hasPrinted({ output, never }: Sign, program: LaunchedProgram): boolean {
  if (!output && !never) return true
  const printed = program.output
  return (!output || output.test(printed)) && !never?.test(printed)
}

function hasDone({ event, apart }: Sign, { events }: LaunchedProgram): boolean {
  if (event && !events?.some((one) => fits(one, event))) return false
  if (!apart) return true
  const from = events?.find((one) => fits(one, apart.from))
  return !!from && events!.some((one) => fits(one, apart.to) && one.at - from.at >= apart.ms * 1000)
}
