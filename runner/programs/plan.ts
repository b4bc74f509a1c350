/** What a page may start: the names that the labs declare, with valid parameters, and nothing else. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab, ParameterValue, Role } from '../../labs/lab.ts'
import { argumentsOf } from '../../labs/parameters.ts'
import { RefusedFile } from '../files/text.ts'
import { Workspace } from '../files/workspace.ts'
import type { Port, ProgramRef, RefusalCode } from '../protocol.ts'
import type { Labs } from './labs.ts'
import { type Launch, type Launcher, mainFile } from './launch.ts'

export interface Plan extends Launch {
  role: Role
  /** The port that the program asks for, 0 when the system chooses; null when it opens none. */
  opens: Port | null
}

export type PlanResult = { ok: true; plan: Plan } | { ok: false; reason: RefusalCode; detail?: string }

type Values = Readonly<Record<string, ParameterValue>>

const EXERCISE = /^exercices\/([a-z0-9-]+)$/

/** Turns what a page asks into what starts a program. */
export class Planner {
  readonly #labs: Labs
  readonly #launcher: Launcher
  readonly #workspace: Workspace

  constructor(labs: Labs, launcher: Launcher, workspace = new Workspace(launcher.labsDir, launcher.workDir)) {
    this.#labs = labs
    this.#launcher = launcher
    this.#workspace = workspace
  }

  /** Checks everything a page said. `tag` marks the processes of the program. */
  async plan(ref: ProgramRef, parameters: Values, tag: string): Promise<PlanResult> {
    const lab = await this.#labs.find(ref.lab)
    if (!lab) return { ok: false, reason: 'unknown-lab', detail: ref.lab }
    if (ref.check) return this.#check(ref, parameters, tag)
    const exercise = EXERCISE.exec(ref.role)?.[1]
    const role = exercise ? this.#exercise(ref, exercise) : lab.roles.find(({ id }) => id === ref.role)
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
    const { variant, copy } = ref
    const program = exercise
      ? { lab: `${ref.lab}/exercices`, name: exercise, variant, copy }
      : { lab: ref.lab, name: role.program, variant, copy }
    const file = exercise ? `exercices/${mainFile(program)}` : mainFile(program)
    const refused = copy && (await this.#missingCopy(ref.lab, file))
    if (refused) return { ok: false, reason: 'copy-refused', detail: refused }
    const launch = this.#launcher.launch(program, options.args, tag)
    if (!launch) return { ok: false, reason: 'program-missing', detail: role.program }
    return { ok: true, plan: { ...launch, role, opens: portOf(lab, role, parameters) } }
  }

  /** The judge of an exercise takes no option. */
  async #check({ lab, role, variant }: ProgramRef, parameters: Values, tag: string): Promise<PlanResult> {
    const name = EXERCISE.exec(role)?.[1]
    const files = this.#workspace.files(lab)
    const known =
      name !== undefined && existsSync(join(this.#launcher.labsDir, lab, 'verifications', `${name}.ts`))
    if (!known || !files.includes(`${role}.ts`)) return { ok: false, reason: 'unknown-role', detail: role }
    const [given] = Object.keys(parameters)
    if (given !== undefined)
      return { ok: false, reason: 'bad-parameter', detail: `${given}: unknown-parameter` }
    const file = `exercices/${mainFile({ name, variant })}`
    if (!files.includes(file)) return { ok: false, reason: 'unknown-variant', detail: variant }
    if (variant === 'qt' && !(await this.#launcher.qt.available())) return { ok: false, reason: 'qt-missing' }
    const copy = (await this.#workspace.version(lab, file)) !== null
    const refused = copy && (await this.#missingCopy(lab, file))
    if (refused) return { ok: false, reason: 'copy-refused', detail: refused }
    const launch = this.#launcher.judge(
      `${lab}/${name}`,
      { lab: `${lab}/exercices`, name, variant, copy },
      tag,
    )
    if (!launch) return { ok: false, reason: 'program-missing', detail: role }
    return { ok: true, plan: { ...launch, role: exerciseRole(role, variant), opens: null } }
  }

  /** An exercise is run as a role without options, in each variant that it has. */
  #exercise({ lab, role, variant }: ProgramRef, name: string): Role | undefined {
    const files = this.#workspace.files(lab)
    if (!files.includes(`${role}.ts`)) return undefined
    return exerciseRole(role, files.includes(`exercices/${mainFile({ name, variant })}`) ? variant : 'ts')
  }

  /** Makes the learner's copy complete; gives why it cannot be run, or null. */
  async #missingCopy(lab: string, file: string): Promise<string | null> {
    try {
      await this.#workspace.program(lab, file)
      return null
    } catch (error) {
      if (error instanceof RefusedFile) return error.refusal.reason
      throw error
    }
  }
}

function exerciseRole(id: string, variant: ProgramRef['variant']): Role {
  return { id, title: id, program: id, variants: [variant], parameters: [] }
}

/** The port that `role` will ask for by itself, with these parameters. */
function portOf(lab: Lab, role: Role, given: Values): Port | null {
  if (!role.opens) return null
  const value = (key: string) => given[key] ?? role.fixed?.[key] ?? lab.parameters[key]?.default
  const { port, over, typed } = role.opens
  const transport = typeof over === 'string' ? over : value(over.parameter)
  return { number: typed ? 0 : Number(value(port)), over: transport === 'udp' ? 'udp' : 'tcp' }
}
