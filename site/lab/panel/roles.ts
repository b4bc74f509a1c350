/** The roles of a panel together: who starts after whom, with what, and the stage of the demonstration. */
import type { Lab } from '../../../labs/lab.ts'
import type { Stage } from '../../../labs/scenario.ts'
import { parametersOf, type Told, type Values } from './command-line.ts'
import type { Relay } from './relay.ts'
import type { RolePane } from './role-pane.ts'
import { NotReadyError } from './run.ts'

/** How long a demonstration waits without any output before it says that nothing came, in ms. */
const PATIENCE = 20_000

export interface RolesOptions {
  lab: Lab
  panes: readonly RolePane[]
  /** The form as it stands. */
  form(): Values
  /** A role is about to start. */
  starting(role: string): void
}

export class Roles {
  relay: Relay | null = null
  readonly panes: readonly RolePane[]
  readonly #options: RolesOptions
  /** The form as it stood when each role was started. */
  readonly #formAt = new Map<string, Values>()
  #changed = Promise.withResolvers<void>()
  /** Raised by whatever starts or stops: the sequence before it gives up. */
  #sequence = 0

  constructor(options: RolesOptions) {
    this.#options = options
    this.panes = options.panes
  }

  /** In start order, the relay just after the role it stands before. */
  get all(): readonly RolePane[] {
    if (!this.relay) return this.panes
    const after = this.panes.indexOf(this.#relayed()!)
    return this.panes.toSpliced(after + 1, 0, this.relay.pane)
  }

  /** To be told when a pane prints or changes state. */
  changed(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  /** Starts one role as « Lancer » does. Rejects with a `NotReadyError`. */
  async start(pane: RolePane, focus = false): Promise<void> {
    this.#sequence += 1
    await this.#start(pane, this.#parametersFor(pane), focus)
  }

  /** Starts every role anew, each once the one before is ready; resolves with the one that ended before, if any. */
  async startAll(): Promise<RolePane | null> {
    const sequence = ++this.#sequence
    await this.#stopEach()
    return sequence === this.#sequence ? this.startFrom(this.all[0]!) : null
  }

  /**
   * Starts `first`, with other values than the form's if `given`, then the roles after it, as `startAll` does. With
   * `only`, those alone: a sequence that was broken is taken up where it stopped.
   */
  async startFrom(first: RolePane, given: Values = {}, only = this.all): Promise<RolePane | null> {
    const sequence = ++this.#sequence
    const order = this.all
    for (const pane of order.slice(order.indexOf(first))) {
      if (pane !== first && !only.includes(pane)) continue
      if (sequence !== this.#sequence) return null
      try {
        const own = pane === first ? given : {}
        await this.#start(pane, { ...this.#parametersFor(pane), ...own })
      } catch (error) {
        if (!(error instanceof NotReadyError)) throw error
        const last = pane === this.all.at(-1)
        return sequence === this.#sequence && !last ? pane : null
      }
    }
    return null
  }

  async stopAll(): Promise<void> {
    this.#sequence += 1
    await this.#stopEach()
  }

  /** The terminals, as the engine of scenarios sees them. The relay has no part in it. */
  get stage(): Stage {
    const find = (role: string) => {
      const pane = this.panes.find((one) => one.role.id === role)
      if (!pane) throw new RangeError(`unknown role « ${role} »`)
      return pane
    }
    return {
      start: (role, parameters) => this.#startStep(find(role), parameters),
      send: (role, keys) => find(role).send(keys),
      stop: (role) => find(role).stop(),
      output: (role) => find(role).output,
      exitCode: (role) => find(role).exitCode,
      change: () => this.#change(),
    }
  }

  /** The last started ends first. */
  async #stopEach(): Promise<void> {
    for (const pane of this.all.toReversed()) await pane.stop()
  }

  #start(pane: RolePane, parameters: Values, focus = false): Promise<Readonly<Record<string, string>>> {
    this.#formAt.set(pane.role.id, this.#options.form())
    this.#options.starting(pane.role.id)
    return pane.start({ ...parameters }, focus)
  }

  /** A program that ends before being ready is no failure of the step, whose expectation judges; a taken port is one. */
  async #startStep(pane: RolePane, parameters: Values): Promise<Readonly<Record<string, string>>> {
    const form = parametersOf(this.#options.lab, pane.role, this.#options.form(), [])
    try {
      return await this.#start(pane, { ...form, ...parameters })
    } catch (error) {
      if (error instanceof NotReadyError && pane.exitCode !== null && !pane.taken) return {}
      throw error
    }
  }

  #parametersFor(pane: RolePane): Values {
    const form = this.#options.form()
    if (pane !== this.relay?.pane) return parametersOf(this.#options.lab, pane.role, form, this.#told(pane))
    return this.relay.parametersTowards(Number(this.#relayed()?.values.port ?? form.port))
  }

  /** What the ready roles before `pane` have told, in start order. */
  #told(pane: RolePane): Told[] {
    const order = this.all
    return order
      .slice(0, order.indexOf(pane))
      .filter(({ state }) => state === 'ready')
      .map(({ role, values }) => ({
        role: role.id,
        values,
        form: this.#formAt.get(role.id) ?? this.#options.form(),
      }))
  }

  /** The role that the relay stands before. */
  #relayed(): RolePane | undefined {
    return this.panes.find(({ role }) => role.id === this.#options.lab.relay?.after)
  }

  #change(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => reject(new Error('nothing came')), PATIENCE)
    void this.#changed.promise.then(() => {
      clearTimeout(timer)
      resolve()
    })
    return promise
  }
}
