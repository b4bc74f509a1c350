/** A stage of real programs in the terminals of a runner without pages, which keeps all that happens. */
import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { stripVTControlCharacters } from 'node:util'
import type { Lab, ParameterValue, Role, VariantId } from '../labs/lab.ts'
import type { RecordedRun } from '../labs/recording.ts'
import type { Stage } from '../labs/scenario.ts'
import type { PlacedEvent, TraceEvent } from '../labs/trace.ts'
import { LIMITS } from '../runner/limits.ts'
import { Survivors } from '../runner/processes/survivors.ts'
import { Labs } from '../runner/programs/labs.ts'
import { Launcher } from '../runner/programs/launch.ts'
import { Planner } from '../runner/programs/plan.ts'
import { Pool } from '../runner/programs/pool.ts'
import type { End, ServerMessage } from '../runner/protocol.ts'
import type { Session } from '../runner/session.ts'
import { Sessions } from '../runner/sessions.ts'
import { stateFolder } from '../runner/state.ts'
import type { Viewer } from '../runner/terminal/feed.ts'

/** How long nothing may happen, in ms, before the scenario is given up. */
const PATIENCE = 20_000
/** How long nothing must happen, in ms, for all to have been told; how long that is waited for. */
const CALM = 500
const CALM_PATIENCE = 3000
/** Size of the terminals. */
export const SIZE = { cols: 80, rows: 24 }

/** The clock of the events, in µs. */
export function now(): number {
  return Number(process.hrtime.bigint() / 1000n)
}

/** One thing that happened, before it becomes a line of the file. */
export type Happening = { at: number; role: string; run: number | null } & (
  | { code: 'o' | 'i' | 'x' | 'm'; data: string }
  | { code: 't'; data: TraceEvent; offset: number }
)

/** A program of the scenario, from its start to its end; it looks at it as a page would. */
class Run implements Viewer {
  readonly client = 'recording'
  readonly role: string
  readonly variant: VariantId
  readonly number: number
  session!: Session
  text = ''
  state: Extract<ServerMessage, { type: 'state' }> | undefined
  end: { at: number; end: End } | undefined
  readonly #events: PlacedEvent[] = []
  readonly #printed: { at: number; offset: number; bytes: Buffer }[] = []
  readonly #changed: () => void
  #inputs = 0

  constructor(role: string, variant: VariantId, number: number, changed: () => void) {
    this.role = role
    this.variant = variant
    this.number = number
    this.#changed = changed
  }

  output(offset: number, bytes: Uint8Array): void {
    this.#printed.push({ at: now(), offset, bytes: Buffer.from(bytes) })
    this.text += Buffer.from(bytes).toString('utf8')
    this.session.acknowledge(this, offset + bytes.length)
    this.#changed()
  }

  message(message: ServerMessage): void {
    if (message.type === 'events') this.#trace(message.from, message.events)
    if (message.type !== 'state') return
    this.state = message
    if (message.end) this.end ??= { at: now(), end: message.end }
    this.#changed()
  }

  #trace(from: number, events: readonly PlacedEvent[]): void {
    this.#events.push(...events)
    this.session.seen(this, from + events.length)
    this.#changed()
  }

  type(keys: string): void {
    this.#inputs += 1
    this.session.input(this, this.#inputs, Buffer.from(keys))
  }

  /** What its sockets did; null when they are not observed. */
  observations(): readonly TraceEvent[] | null {
    const never = (this.state?.ready || this.end) && !this.state?.observed
    return never ? null : this.#events.map(({ event }) => event)
  }

  summary(): RecordedRun {
    const observed = this.state?.observed ?? false
    return { role: this.role, variant: this.variant, observed, lost: missing(this.#events) }
  }

  /** All that the program did and printed. Text that came before an event is never later than it. */
  happenings(): Happening[] {
    const { role, number: run } = this
    const events = this.#events
    const decoder = new StringDecoder('utf8')
    const happenings: Happening[] = events.map(({ event, offset }) => {
      return { at: event.at, role, run, code: 't', data: event, offset }
    })
    for (const { at, offset, bytes } of this.#printed) {
      const cuts = events.map((event) => event.offset - offset).filter((cut) => cut > 0 && cut < bytes.length)
      let from = 0
      for (const to of [...new Set(cuts), bytes.length]) {
        const data = decoder.write(bytes.subarray(from, to))
        const next = events.find((event) => event.offset >= offset + to)
        if (data) happenings.push({ at: Math.min(at, next?.event.at ?? at), role, run, code: 'o', data })
        from = to
      }
    }
    if (this.end) happenings.push({ at: this.end.at, role, run, code: 'x', data: String(this.end.end.code) })
    return happenings
  }
}

/** How many events of these processes, numbered from 0 in each, never came. */
function missing(events: readonly PlacedEvent[]): number {
  const told = new Map<string, { last: number; count: number }>()
  for (const { event } of events) {
    const { last, count } = told.get(event.process) ?? { last: -1, count: 0 }
    told.set(event.process, { last: Math.max(last, event.order), count: count + 1 })
  }
  return [...told.values()].reduce((sum, { last, count }) => sum + Math.max(0, last + 1 - count), 0)
}

export interface RecordOptions {
  /** Port 0 wherever the scenario says nothing else. */
  freely?: boolean
  /** Where the programs in C++ are built. */
  stateDir?: string
  /** A role that another lab declares. */
  relay?: { role: string; lab: string }
  /**
   * How long nothing may happen, in ms, before a step goes on without what it expects: a relay may lose it, which is part
   * of what happened. By default, a step that does not see it is an error.
   */
  patience?: number
  /** Gives up. */
  signal?: AbortSignal
}

export class RecordingStage implements Stage {
  readonly #id: string
  readonly #lab: Lab
  readonly #variantOf: (role: Role) => VariantId
  readonly #freely: boolean
  readonly #relay: RecordOptions['relay']
  readonly #patience: number
  readonly #signal: AbortSignal | undefined
  readonly #sessions: Sessions
  readonly #events = new EventEmitter()
  readonly #current = new Map<string, Run>()
  readonly runs: Run[] = []
  readonly #noted: Happening[] = []
  readonly launcher: Launcher

  /** The lab `id`, its roles in the variants that `variantOf` chooses. */
  constructor(
    id: string,
    lab: Lab,
    variantOf: (role: Role) => VariantId,
    { freely = false, stateDir, relay, patience = PATIENCE, signal }: RecordOptions = {},
  ) {
    this.#id = id
    this.#relay = relay
    this.#patience = patience
    this.#signal = signal
    this.#lab = lab
    this.#variantOf = variantOf
    this.#freely = freely
    this.launcher = new Launcher(undefined, stateDir, true)
    const { labsDir } = this.launcher
    const boot = randomBytes(9).toString('hex')
    const survivors = new Survivors(join(stateDir ?? stateFolder(labsDir), 'runner'), boot)
    const planner = new Planner(new Labs(labsDir), this.launcher)
    // A recording shows the start of the programs as it is: no process waits for them.
    const pool = new Pool({
      ...LIMITS,
      spares: 0,
      tag: `${boot}.spare`,
      command: (tag) => this.launcher.spare(tag),
      changed: () => this.launcher.sharedChanged(),
    })
    this.#sessions = new Sessions(boot, planner, pool, survivors, LIMITS)
    process.once('exit', this.#killNow)
  }

  readonly #killNow = () => this.#sessions.killNow()

  async start(id: string, given: Readonly<Record<string, ParameterValue>>): Promise<Record<string, string>> {
    const role = this.#lab.roles.find((candidate) => candidate.id === id)!
    await this.stop(id)
    const run = new Run(id, this.#variantOf(role), this.runs.length, () => this.#events.emit('change'))
    const ref = {
      lab: role.id === this.#relay?.role ? this.#relay.lab : this.#id,
      role: id,
      variant: run.variant,
    }
    const session = randomBytes(16).toString('hex')
    const parameters = { ...this.#freePorts(role), ...given }
    const started = await this.#sessions.start({ id: session, ref, parameters, ...SIZE })
    if (!started.ok) throw new Error(`${id} : ${started.reason} ${started.detail ?? ''}`)
    run.session = started.session
    this.runs.push(run)
    this.#current.set(id, run)
    started.session.attach(run, 0, 0, true)
    // An ended program will never be ready: what the step expects says whether that was wanted.
    while (!run.state?.ready && !run.end) await this.#changeWithin(PATIENCE)
    return run.state?.values ?? {}
  }

  #freePorts(role: Role): Record<string, ParameterValue> {
    if (!this.#freely) return {}
    const ports = role.parameters.filter((key) => this.#lab.parameters[key]?.kind === 'port')
    return Object.fromEntries(ports.map((key) => [key, 0]))
  }

  /** A step begins. */
  mark(role: string, data: string): void {
    this.#noted.push({ at: now(), role, run: null, code: 'm', data })
  }

  send(id: string, keys: string): void {
    const run = this.#current.get(id)
    if (!run) return
    this.#noted.push({ at: now(), role: id, run: run.number, code: 'i', data: keys })
    run.type(keys)
  }

  async stop(id: string): Promise<void> {
    const run = this.#current.get(id)
    if (!run || run.end) return
    await run.session.stop('stopped')
    while (!run.end) await this.#changeWithin(PATIENCE)
  }

  output(id: string): string {
    return stripVTControlCharacters(this.#current.get(id)?.text ?? '')
  }

  events(id: string): readonly TraceEvent[] | null {
    return this.#current.get(id)?.observations() ?? []
  }

  exitCode(id: string): number | null {
    return this.#current.get(id)?.end?.end.code ?? null
  }

  change(): Promise<void> {
    return this.#changeWithin(this.#patience)
  }

  /** Rejects after `milliseconds` without a change; a timer keeps the process alive until then. */
  async #changeWithin(milliseconds: number): Promise<void> {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), milliseconds)
    const signals = [patience.signal, ...(this.#signal ? [this.#signal] : [])]
    try {
      await once(this.#events, 'change', { signal: AbortSignal.any(signals) })
    } finally {
      clearTimeout(timer)
    }
  }

  /** Waits until all has been told: what a datagram brings may be read before its sender has said that it left. */
  async calm(): Promise<void> {
    const end = performance.now() + CALM_PATIENCE
    while (performance.now() < end) {
      try {
        await this.#changeWithin(CALM)
      } catch {
        this.#signal?.throwIfAborted()
        return
      }
    }
  }

  /** Ends every role. */
  async close(): Promise<void> {
    await Promise.all([...this.#current.keys()].map((id) => this.stop(id)))
    await this.#sessions.close()
    process.off('exit', this.#killNow)
  }

  /** All that happened, in the order of time. */
  happenings(): Happening[] {
    const all = [...this.#noted, ...this.runs.flatMap((run) => run.happenings())]
    return all.sort((a, b) => a.at - b.at)
  }
}
