/** The roles of a panel together: who starts after whom, with what, and the stage of the demonstration. */
import type { Lab, ParameterValue, Role, Takes, Transport } from '../../../labs/lab.ts'
import type { Stage } from '../../../labs/scenario.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'
import { linkOf, relayedOf, sourceOf } from '../../../labs/wiring.ts'
import type { TakenPort } from '../../../runner/protocol.ts'
import { parametersOf, type Values } from './command-line.ts'
import { NotReadyError } from './run.ts'

/** How long a demonstration waits without any output before it says that nothing came, in ms. */
const PATIENCE = 20_000

/** Chosen as a target: the value typed in the form. */
export const TYPED = 'typed'

/** A terminal and its program, as the roles need them. */
export interface Pane {
  readonly role: Role
  /** The lab that declares its role. */
  readonly lab: Lab
  readonly active: boolean
  readonly ready: boolean
  /** What it told when it was ready. */
  readonly values: Readonly<Record<string, string>>
  readonly output: string
  /** What its sockets have done since the last start; null when they are not observed. */
  readonly events: readonly PlacedEvent[] | null
  readonly exitCode: number | null
  /** The port for want of which its program ended. */
  readonly taken?: TakenPort | undefined
  start(
    parameters: Record<string, ParameterValue>,
    focus?: boolean,
  ): Promise<Readonly<Record<string, string>>>
  stop(): Promise<void>
  send(keys: string): void
}

/** The relay while it is inserted. */
export interface InsertedRelay<P extends Pane> {
  readonly pane: P
  /** What its sliders say. */
  readonly typed: Values
}

export interface RolesOptions<P extends Pane> {
  lab: Lab
  panes: readonly P[]
  /** What the learner typed in the form. */
  typed(): Values
  /** All is about to start anew. */
  anew?(): void
  /** All that runs is about to be stopped. */
  stopping?(): void
  /** A role is about to start. */
  starting(role: string): void
}

/** Where a role is about to go: the pane it is pointed at, none for a typed value, and the port. */
export interface Target<P extends Pane> {
  pane: P | null
  port: number
}

export class Roles<P extends Pane> {
  relay: InsertedRelay<P> | null = null
  readonly panes: readonly P[]
  readonly #options: RolesOptions<P>
  /** What each role told the last time it was ready: a restart keeps its port, a client finds a server that ended. */
  readonly #told: Record<string, Readonly<Record<string, string>>> = {}
  /** Where the learner has pointed some roles: the id of a role, or `TYPED`. */
  readonly #targets = new Map<string, string>()
  #changed = Promise.withResolvers<void>()
  /** Raised by whatever starts or stops: the sequence before it gives up. */
  #sequence = 0

  constructor(options: RolesOptions<P>) {
    this.#options = options
    this.panes = options.panes
  }

  /** In start order, the relay just after the role it stands before. */
  get all(): readonly P[] {
    if (!this.relay) return this.panes
    const relayed = relayedOf(this.#options.lab)
    return this.panes.toSpliced(this.panes.findIndex(({ role }) => role === relayed) + 1, 0, this.relay.pane)
  }

  /** To be told when a pane prints or changes state. */
  changed(): void {
    for (const pane of this.all) if (pane.ready) this.#tell(pane, pane.values)
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  /** Starts one role as « Lancer » does. Rejects with a `NotReadyError`. */
  async start(pane: P, focus = false): Promise<void> {
    this.#sequence += 1
    await this.#start(pane, this.parametersFor(pane), focus)
  }

  /**
   * Starts every role anew, on the ports of the form, each once the one before is ready, with the keyboard in `focused`;
   * resolves with the one that ended before, if any.
   */
  async startAll(focused?: P): Promise<P | null> {
    const sequence = ++this.#sequence
    await this.#stopEach()
    for (const id of Object.keys(this.#told)) delete this.#told[id]
    this.anew()
    const started = this.all.filter(({ role }) => !role.later)
    return sequence === this.#sequence ? this.startInOrder(started, {}, focused) : null
  }

  /**
   * Starts these roles, each once the one before is ready, the first with other values than the form's if `given`;
   * resolves with the one that ended before being ready, unless it is the last.
   */
  async startInOrder(panes: readonly P[], given: Values = {}, focused?: P): Promise<P | null> {
    const sequence = ++this.#sequence
    for (const pane of panes) {
      if (sequence !== this.#sequence) return null
      try {
        const own = pane === panes[0] ? given : {}
        await this.#start(pane, { ...this.parametersFor(pane), ...own }, pane === focused)
      } catch (error) {
        if (!(error instanceof NotReadyError)) throw error
        const last = pane === panes.at(-1)
        return sequence === this.#sequence && !last ? pane : null
      }
    }
    return null
  }

  /** Another exchange begins: what was seen before is forgotten. */
  anew(): void {
    this.#options.anew?.()
  }

  async stopAll(): Promise<void> {
    this.#sequence += 1
    await this.#stopEach()
  }

  /** What `pane` is started with, where it differs from the defaults. */
  parametersFor(pane: P): Values {
    const { lab, typed } = this.#options
    if (pane === this.relay?.pane) return this.#relayParameters(this.relay)
    const chosen = this.#isAimed(pane.role) ? linkOf(pane.role) : null
    return parametersOf(lab, pane.role, typed(), {
      told: this.#told,
      takes: this.#takesOf(pane.role),
      chosen,
    })
  }

  /** The pane that `pane` goes to: its target, or the role that the relay stands before; null without one. */
  aimOf(pane: P): P | null {
    if (pane !== this.relay?.pane) return this.targetOf(pane)?.pane ?? null
    const relayed = relayedOf(this.#options.lab)
    return this.panes.find(({ role }) => role === relayed) ?? null
  }

  /** Where `pane` goes when it starts; null when it goes nowhere. */
  targetOf(pane: P): Target<P> | null {
    const key = linkOf(pane.role)
    if (!key || pane === this.relay?.pane) return null
    const values = this.parametersFor(pane)
    const taken = this.#takesOf(pane.role)[key]
    const source = taken === undefined ? null : sourceOf(this.#options.lab, taken, values)
    const aimed = this.all.find(({ role }) => role.id === source?.role) ?? null
    const told = source && this.#told[source.role]?.[source.value]
    const given = aimed && this.#isAimed(pane.role) ? undefined : values[key]
    const port = Number(given ?? (aimed ? this.portOf(aimed) : this.#options.lab.parameters[key]?.default))
    return { pane: told && Number(told) !== port ? null : aimed, port }
  }

  /** Points a role at another one (its id), or at the typed value. */
  point(pane: P, target: string): void {
    this.#targets.set(pane.role.id, target)
  }

  /** Those who would go to `pane` go where it is, even if they were told the port that it wanted. */
  follow(pane: P): void {
    for (const { role } of this.panes) {
      const taken = this.#takesOf(role)[linkOf(role) ?? '']
      const source = taken === undefined ? null : sourceOf(this.#options.lab, taken, this.#options.typed())
      if (source && (source.role === pane.role.id || source.role === this.relay?.pane.role.id)) {
        this.#targets.set(role.id, source.role)
      }
    }
  }

  /** The learner typed a value: it wins over the targets chosen before. */
  unpoint(key: string): void {
    for (const { role } of this.panes) if (linkOf(role) === key) this.#targets.delete(role.id)
  }

  /** The port that a role has opened, or would ask for; 0 lets the system choose. */
  portOf(pane: P): number {
    const { opens } = pane.role
    if (!opens) return 0
    const had = this.#told[pane.role.id]?.port
    if (had !== undefined) return Number(had)
    const asked = this.parametersFor(pane)[opens.port] ?? pane.role.fixed?.[opens.port]
    return Number(asked ?? pane.lab.parameters[opens.port]?.default ?? 0)
  }

  /** What carries the bytes of the port that a role opens; null when it opens none. */
  transportOf(pane: P): Transport | null {
    const over = pane.role.opens?.over
    if (typeof over !== 'object') return over ?? null
    const value = this.parametersFor(pane)[over.parameter] ?? pane.lab.parameters[over.parameter]?.default
    return value === 'udp' ? 'udp' : 'tcp'
  }

  /**
   * Gives a new value to the running programs among `panes` that have this parameter: at once when they take it live.
   * Tells whether some must be started again, or null when none runs.
   */
  adjust(key: string, value: ParameterValue, panes: readonly P[]): 'live' | 'later' | null {
    const running = panes.filter(({ active, role }) => active && role.parameters.includes(key))
    if (running.length === 0) return null
    if (!running.every(({ lab }) => lab.parameters[key]?.live)) return 'later'
    for (const pane of running) pane.send(`${key} ${value}\r`)
    return 'live'
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
      events: (role) => find(role).events?.map(({ event }) => event) ?? null,
      exitCode: (role) => find(role).exitCode,
      change: () => this.#change(),
    }
  }

  /** The last started ends first. */
  async #stopEach(): Promise<void> {
    this.#options.stopping?.()
    for (const pane of this.all.toReversed()) await pane.stop()
  }

  async #start(pane: P, parameters: Values, focus = false): Promise<Readonly<Record<string, string>>> {
    this.#options.starting(pane.role.id)
    const values = await pane.start({ ...parameters }, focus)
    this.#tell(pane, values)
    return values
  }

  #tell(pane: P, values: Readonly<Record<string, string>>): void {
    if (Object.keys(values).length > 0) this.#told[pane.role.id] = values
  }

  /** A program that ends before being ready is no failure of the step, whose expectation judges; a taken port is one. */
  async #startStep(pane: P, parameters: Values): Promise<Readonly<Record<string, string>>> {
    const typed = parametersOf(this.#options.lab, pane.role, this.#options.typed())
    try {
      return await this.#start(pane, { ...typed, ...parameters })
    } catch (error) {
      if (error instanceof NotReadyError && pane.exitCode !== null && !pane.taken) return {}
      throw error
    }
  }

  /** The wiring of a role: as declared, through the relay on the links that it cuts, or where the learner pointed it. */
  #takesOf(role: Role): Takes {
    const { [linkOf(role) ?? '']: declared, ...others } = role.takes ?? {}
    const key = linkOf(role)
    if (!key || declared === undefined) return others
    const target = this.#targets.get(role.id)
    if (target === TYPED) return others
    if (target) return { ...others, [key]: `${target}.port` }
    return { ...others, [key]: this.#cut(role) ? `${this.relay!.pane.role.id}.port` : declared }
  }

  /** Whether where a role goes was chosen, whatever the form says. */
  #isAimed(role: Role): boolean {
    return this.#targets.has(role.id) || this.#cut(role)
  }

  /** Whether the learner has inserted the relay in the way of a role: it is then where the role goes. */
  #cut(role: Role): boolean {
    return this.relay !== null && !!this.#options.lab.relay?.on.includes(`${role.id}.${linkOf(role)}`)
  }

  /** What its sliders say, towards the role that it stands before. */
  #relayParameters({ pane, typed }: InsertedRelay<P>): Values {
    const { role, lab } = pane
    const values = parametersOf(lab, role, typed, { told: this.#told })
    const relayed = this.panes.find((one) => one.role === relayedOf(this.#options.lab))
    if (!role.relays || !relayed) return values
    return {
      ...values,
      [role.relays.to]: this.portOf(relayed),
      [role.relays.over]: this.transportOf(relayed) ?? 'tcp',
    }
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
