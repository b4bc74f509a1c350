/** The page's own launching code over real programs: its roles, its wiring, without the page. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Activities } from '../../labs/activities.ts'
import type { Lab, ParameterValue, Role, VariantId } from '../../labs/lab.ts'
import type { PlacedEvent } from '../../labs/trace.ts'
import { relayRoleOf } from '../../labs/wiring.ts'
import { type Runner, startRunner } from '../../runner/main.ts'
import { ROOT } from '../../scripts/build.ts'
import type { Values } from '../../site/lab/panel/command-line.ts'
import { type Pane, Roles } from '../../site/lab/panel/roles.ts'
import { NotReadyError } from '../../site/lab/panel/run.ts'
import { RunnerStage } from '../stage.ts'
import { labs, probe } from './played.ts'

const LABS = join(ROOT, 'labs')

/** One runner for all the labs of a test file. */
const runner = await startRunner({ port: 0, siteDir: null, probe })
after(() => runner.close())

async function load<T>(id: string, file: string): Promise<T> {
  return (await import(pathToFileURL(join(LABS, id, file)).href)).default
}

export const loadLab = (id: string) => load<Lab>(id, 'lab.ts')

export interface Taught {
  id: string
  lab: Lab
  activities: Activities
}

/** Every lab that the course shows, with what the learner does in it. */
export async function taughtLabs(): Promise<Taught[]> {
  const ids = [...labs.keys()].filter((id) => existsSync(join(LABS, id, 'activites.ts')))
  return Promise.all(
    ids.map(async (id) => ({
      id,
      lab: await loadLab(id),
      activities: await load<Activities>(id, 'activites.ts'),
    })),
  )
}

/** A terminal of the page, as its roles see it: a real program through the real runner. */
export class RealPane implements Pane {
  readonly lab: Lab
  readonly role: Role
  /** What it was started with, each time. */
  readonly given: Values[] = []
  values: Readonly<Record<string, string>> = {}
  readonly #stage: RunnerStage
  #started = false

  constructor(stage: RunnerStage, lab: Lab, role: Role) {
    this.#stage = stage
    this.lab = lab
    this.role = role
  }

  get active(): boolean {
    return this.#started && this.exitCode === null
  }

  get ready(): boolean {
    return this.active && (!this.role.ready || Object.keys(this.values).length > 0)
  }

  get output(): string {
    return this.#stage.output(this.role.id)
  }

  get events(): readonly PlacedEvent[] | null {
    return this.#stage.trace(this.role.id)
  }

  get exitCode(): number | null {
    return this.#stage.exitCode(this.role.id)
  }

  async start(parameters: Record<string, ParameterValue>): Promise<Readonly<Record<string, string>>> {
    this.given.push(parameters)
    this.values = {}
    this.#started = true
    this.values = await this.#stage.start(this.role.id, parameters)
    if (this.role.ready && !this.role.ready.test(this.output)) throw new NotReadyError('ended')
    return this.values
  }

  stop(): Promise<void> {
    return this.#stage.stop(this.role.id)
  }

  send(keys: string): void {
    this.#stage.send(this.role.id, keys)
  }

  /** Waits for `met` to be true of what it printed, or of its end. */
  async until(met: (pane: RealPane) => boolean): Promise<void> {
    while (!met(this)) await this.#stage.change()
  }
}

export interface Bench extends AsyncDisposable {
  roles: Roles<RealPane>
  pane(id: string): RealPane
  /** Changes what the learner typed. */
  typed: Record<string, ParameterValue>
  insertRelay(typed?: Values): Promise<RealPane>
  /** All that was printed, role by role. */
  transcript(): string
}

/** The ports of a form on which the system chooses: two tests never meet. */
export function freePorts(lab: Lab): Record<string, ParameterValue> {
  const opened = new Set(lab.roles.flatMap(({ opens }) => opens?.port ?? []))
  return Object.fromEntries([...opened].filter((key) => lab.parameters[key]).map((key) => [key, 0]))
}

/** Where a bench differs from the lab as the course gives it. */
export interface BenchOptions {
  /** On free ports, or on those of the lab. */
  ports?: 'free' | 'own'
  /** The runner that launches its programs. */
  on?: Runner
  /** Roles that have another variant. */
  variants?: Readonly<Record<string, VariantId>>
  /** Whether a role launches the learner's copy. */
  isCopy?(role: Role): boolean
}

/** A lab as its page would launch it, each role in `variant` where it exists. */
export function benchOf(
  id: string,
  lab: Lab,
  variant: VariantId,
  { ports = 'free', on = runner, variants = {}, isCopy = () => false }: BenchOptions = {},
): Bench {
  const free = ports === 'free'
  const stages: RunnerStage[] = []
  const open = (from: string, declared: Lab, panes: readonly Role[]) => {
    const variantOf = (role: Role) =>
      variants[role.id] ?? (role.variants.includes(variant) ? variant : role.variants[0]!)
    const stage = new RunnerStage(on, from, declared, variantOf, free)
    for (const role of panes) if (isCopy(role)) stage.copies.add(role.id)
    stages.push(stage)
    return panes.map((role) => new RealPane(stage, declared, role))
  }
  const bench: Bench = {
    typed: free ? freePorts(lab) : {},
    roles: new Roles({ lab, panes: open(id, lab, lab.roles), typed: () => bench.typed, starting: () => {} }),
    pane: (role) => bench.roles.all.find((pane) => pane.role.id === role)!,
    async insertRelay(sliders = {}) {
      const from = lab.relay!.lab
      const declared = await loadLab(from)
      const [pane] = open(from, declared, [relayRoleOf(declared)!])
      bench.roles.relay = { pane: pane!, typed: sliders }
      return pane!
    },
    transcript: () => stages.map((stage) => stage.transcript()).join('\n'),
    async [Symbol.asyncDispose]() {
      await Promise.all(stages.map((stage) => stage.close()))
    },
  }
  return bench
}
