/** The machine of this page as a source: its programs run here, on a simulated network, and end with the page. */
import { loadLab } from '../catalogue.ts'
import { openMachine } from './machine-files.ts'
import { roleOf } from './machine-launch.ts'
import { MachineProgram } from './machine-program.ts'
import {
  type Feed,
  type FeedEvents,
  RefusedError,
  ReplacedError,
  type Source,
  type SourceStatus,
  type Start,
} from './source.ts'
import { workFiles } from './work-files.ts'

const programs = new Set<MachineProgram>()
const listeners = new Set<(status: SourceStatus) => void>()

function status(): SourceStatus {
  return { link: 'open', qt: false, programs: [...programs].map(({ live }) => live) }
}

function changed(): void {
  for (const program of programs) if (program.over) programs.delete(program)
  for (const listener of listeners) listener(status())
}

export const machine: Source = {
  files: workFiles,
  open: (events) => new MachineFeed(events),
  watch(listener) {
    listeners.add(listener)
    listener(status())
    return () => listeners.delete(listener)
  },
  end(session) {
    for (const program of programs) if (program.session === session) program.stop()
  },
}

class MachineFeed implements Feed {
  readonly #events: FeedEvents
  readonly #decoder = new TextDecoder()
  #program: MachineProgram | null = null
  /** What is typed before there is a program. */
  #early = ''
  #gone = false

  constructor(events: FeedEvents) {
    this.#events = events
  }

  get received(): number {
    return this.#program?.received ?? 0
  }

  prepare(): void {
    openMachine().catch(() => {}) // The launch will say it.
  }

  async start(wanted: Start): Promise<void> {
    const { ref } = wanted
    const lab = await loadLab(ref.lab)
    const role = lab && roleOf(lab, ref)
    if (!lab) throw new RefusedError('unknown-lab', ref.lab)
    if (!role) throw new RefusedError('unknown-role', ref.role)
    if (this.#gone) throw new ReplacedError()
    const program: MachineProgram = new MachineProgram(wanted, lab, role, this.#events, {
      changed,
      holderOf: (port) => [...programs].find((one) => one !== program && one.holds(port)) ?? null,
    })
    this.#program = program
    program.type(this.#early)
    this.#early = ''
    programs.add(program)
    try {
      this.#events.driving(true)
      await program.start()
    } catch (error) {
      programs.delete(program)
      throw error
    }
    if (this.#gone) program.stop()
  }

  /** Nothing is left by the page before this one. */
  async attach(): Promise<void> {
    throw new RefusedError('unknown-session')
  }

  input(bytes: Uint8Array): boolean {
    const keys = this.#decoder.decode(bytes, { stream: true })
    if (this.#program) this.#program.type(keys)
    else this.#early += keys
    return true
  }

  resize(size: Start['size']): void {
    this.#program?.resize(size)
  }

  signal(name: 'INT' | 'TERM' | 'KILL'): void {
    this.#program?.signal(name)
  }

  stop(): void {
    this.#program?.stop()
  }

  /** A program that no terminal shows is of no use here. */
  dispose(): void {
    this.#gone = true
    this.#program?.stop()
  }

  drive(): void {}
  visible(): void {}
  retryNow(): void {}
}
