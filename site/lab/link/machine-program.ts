/** One program of the machine, from its launch to its end: what it prints, what it does, which ports it holds. */
import type { Lab, Role } from '../../../labs/lab.ts'
import type { PlacedEvent, TraceEvent } from '../../../labs/trace.ts'
import type { ClientEvents, Control } from '../../../machine/page/client.ts'
import type { End, LiveProgram, Phase, Port, TakenPort } from '../../../runner/protocol.ts'
import { openMachine } from './machine-files.ts'
import { launchOf } from './machine-launch.ts'
import { ReadyWatch } from './ready.ts'
import { type FeedEvents, type FeedState, RefusedError, type Start } from './source.ts'

/** What the other programs of the page say of themselves. */
export interface Neighbours {
  /** One of them has changed. */
  changed(): void
  /** Who holds a port. */
  holderOf(port: Port): MachineProgram | null
}

const SIGNALS: Readonly<Record<number, string>> = { 1: 'HUP', 2: 'INT', 3: 'QUIT', 9: 'KILL', 15: 'TERM' }
const SIGNALLED = 128

export class MachineProgram {
  readonly #wanted: Start
  readonly #lab: Lab
  readonly #role: Role
  readonly #events: FeedEvents
  readonly #neighbours: Neighbours
  readonly #began = performance.now()
  readonly #ports = new Map<number, Port>()
  readonly #ready: ReadyWatch | null
  #control: Control | null = null
  /** What is typed before it runs. */
  #early = ''
  #phase: Phase = 'starting'
  #values: Record<string, string> | null = null
  #told = 0
  #stopped = false
  #received = 0

  constructor(wanted: Start, lab: Lab, role: Role, events: FeedEvents, neighbours: Neighbours) {
    this.#wanted = wanted
    this.#lab = lab
    this.#role = role
    this.#events = events
    this.#neighbours = neighbours
    this.#ready = role.ready ? new ReadyWatch(role.ready, (values) => this.#becomeReady(values)) : null
  }

  get received(): number {
    return this.#received
  }

  get session(): string {
    return this.#wanted.session
  }

  get over(): boolean {
    return this.#phase === 'ended'
  }

  holds({ number, over }: Port): boolean {
    return [...this.#ports.values()].some((port) => port.number === number && port.over === over)
  }

  /** As the list of all that runs shows it. */
  get live(): LiveProgram {
    return {
      session: this.session,
      ref: this.#wanted.ref,
      phase: this.#phase,
      ready: this.#values !== null,
      ports: [...this.#ports.values()],
      age: performance.now() - this.#began,
      viewers: 1,
      endsIn: null,
    }
  }

  /** Resolves once it runs. Rejects with a `RefusedError`, or when its files cannot be fetched. */
  async start(): Promise<void> {
    const { ref, size } = this.#wanted
    const [machine, launch] = await Promise.all([
      openMachine(),
      launchOf(this.#wanted, this.#lab, this.#role),
    ])
    const { promise: running, resolve, reject } = Promise.withResolvers<void>()
    const events: ClientEvents = {
      output: (bytes) => this.#print(bytes),
      lost: (bytes) => this.#events.gap(bytes),
      event: (placed) => {
        resolve()
        // The sockets of a judge are those of its peers: what it says of them is in its report.
        if (!ref.check) this.#trace(placed)
      },
      exit: (code) => {
        resolve()
        this.#finish(code)
      },
      full: () => reject(new RefusedError('too-many-sessions')),
    }
    if (!this.#stopped) this.#phase = 'running'
    this.#control = machine.start({ ...launch, size }, events)
    if (this.#early) this.#control.type(this.#early)
    if (this.#stopped) this.#control.stop()
    this.#neighbours.changed()
    this.#tell()
    await running
  }

  type(keys: string): void {
    if (this.#control) this.#control.type(keys)
    else this.#early += keys
  }

  resize(size: Start['size']): void {
    this.#control?.resize(size)
  }

  signal(name: 'INT' | 'TERM' | 'KILL'): void {
    this.#control?.signal(`SIG${name}`)
  }

  stop(): void {
    if (this.over || this.#stopped) return
    this.#stopped = true
    this.#phase = 'stopping'
    this.#tell()
    this.#control?.stop()
  }

  #print(bytes: Uint8Array): void {
    this.#received += bytes.length
    this.#events.output(bytes, false, () => this.#control?.shown(bytes.length))
    this.#ready?.push(bytes)
  }

  #trace(placed: PlacedEvent): void {
    this.#told += 1
    this.#notePort(placed.event)
    this.#events.trace([placed], 0)
    if (this.#told === 1) this.#tell()
  }

  /** Which ports it holds, by what it does. */
  #notePort(event: TraceEvent): void {
    if (event.socket === undefined) return
    if (event.kind === 'listen' || event.kind === 'bind') {
      const number = Number(event.local.split(':').at(-1))
      this.#ports.set(event.socket, { number, over: event.kind === 'listen' ? 'tcp' : 'udp' })
    } else if (!((event.kind === 'unlisten' || event.kind === 'close') && this.#ports.delete(event.socket))) {
      return
    }
    this.#neighbours.changed()
  }

  #becomeReady(values: Record<string, string>): void {
    this.#values = values
    if (this.over) return
    this.#tell()
    this.#neighbours.changed()
  }

  #finish(code: number): void {
    this.#ready?.close()
    const taken = this.#takenPort()
    this.#phase = 'ended'
    this.#ports.clear()
    const signal = SIGNALS[code - SIGNALLED] ?? null
    const reason = this.#stopped ? 'stopped' : signal ? 'signal' : 'normal'
    const end = { code, signal, reason, offset: this.#received, events: this.#told } as const
    this.#tell({ ...end, ...(taken && { taken }) })
    this.#neighbours.changed()
  }

  /** The port that this program, which was never ready, should have opened, when another one holds it. */
  #takenPort(): TakenPort | null {
    const { opens } = this.#role
    if (!opens || this.#values || this.#stopped) return null
    const value = (key: string) =>
      this.#wanted.parameters[key] ?? this.#role.fixed?.[key] ?? this.#lab.parameters[key]?.default
    const over = typeof opens.over === 'string' ? opens.over : value(opens.over.parameter)
    const port: Port = { number: Number(value(opens.port)), over: over === 'udp' ? 'udp' : 'tcp' }
    const holder = port.number > 0 ? this.#neighbours.holderOf(port) : null
    return holder && { ...port, holder: { kind: 'ours', program: holder.live } }
  }

  #tell(end?: End): void {
    const state: FeedState = {
      phase: this.#phase,
      ready: this.#values !== null,
      values: this.#values ?? {},
      observed: this.#told > 0,
      ...(end && { end }),
    }
    this.#events.state(state)
  }
}
