/** What a page may start: the names that the labs declare, with valid parameters, and nothing else. */
import type { Lab, ParameterValue, Role } from '../../labs/lab.ts'
import { argumentsOf } from '../../labs/parameters.ts'
import type { Port, ProgramRef, RefusalCode } from '../protocol.ts'
import type { Labs } from './labs.ts'
import type { Launch, Launcher } from './launch.ts'

export interface Plan extends Launch {
  role: Role
  /** The port that the program asks for, 0 when the system chooses; null when it opens none. */
  opens: Port | null
}

export type PlanResult = { ok: true; plan: Plan } | { ok: false; reason: RefusalCode; detail?: string }

type Values = Readonly<Record<string, ParameterValue>>

/** Turns what a page asks into what starts a program. */
export class Planner {
  readonly #labs: Labs
  readonly #launcher: Launcher

  constructor(labs: Labs, launcher: Launcher) {
    this.#labs = labs
    this.#launcher = launcher
  }

  /** Checks everything a page said. `tag` marks the processes of the program. */
  async plan(ref: ProgramRef, parameters: Values, tag: string): Promise<PlanResult> {
    const lab = await this.#labs.find(ref.lab)
    if (!lab) return { ok: false, reason: 'unknown-lab', detail: ref.lab }
    const role = lab.roles.find(({ id }) => id === ref.role)
    if (!role) return { ok: false, reason: 'unknown-role', detail: ref.role }
    if (!role.variants.includes(ref.variant)) {
      return { ok: false, reason: 'unknown-variant', detail: ref.variant }
    }
    const options = argumentsOf(lab, role, parameters)
    if (!options.ok)
      return { ok: false, reason: 'bad-parameter', detail: `${options.key}: ${options.problem}` }
    if (ref.variant === 'qt' && !(await this.#launcher.qt.available())) {
      return { ok: false, reason: 'qt-missing' }
    }
    const program = { lab: ref.lab, name: role.program, variant: ref.variant }
    const launch = this.#launcher.launch(program, options.args, tag)
    if (!launch) return { ok: false, reason: 'program-missing', detail: role.program }
    return { ok: true, plan: { ...launch, role, opens: portOf(lab, role, parameters) } }
  }
}

/** The port that `role` will ask for by itself, with these parameters. */
function portOf(lab: Lab, role: Role, given: Values): Port | null {
  if (!role.opens) return null
  const value = (key: string) => given[key] ?? role.fixed?.[key] ?? lab.parameters[key]?.default
  const { port, over, typed } = role.opens
  const transport = typeof over === 'string' ? over : value(over.parameter)
  return { number: typed ? 0 : Number(value(port)), over: transport === 'udp' ? 'udp' : 'tcp' }
}
