/** One virtual machine: its kernel, its programs and their terminals. Lives in the closed frame; in Node for tests. */
import { type PlacedEvent, parseTrace } from '../../labs/trace.ts'
import { LIMITS } from '../limits.ts'
import type { FromKernel, FromTerminal, Init, Program, SignalName, ToKernel } from '../messages.ts'
import { Terminal } from './terminal.ts'

/** What is used of a worker, of a browser or of Node. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

/** Where workers come from. */
export interface Platform {
  kernel(): WorkerLike
  program(): WorkerLike
  /** Address of the script of a program's worker, for its threads. */
  script: string
}

export interface ProgramEvents {
  /** Bytes to show. `shown` opens the window of the program again. */
  output(bytes: Uint8Array): void
  /** So many bytes came too fast to be shown. */
  lost(size: number): void
  /** What it did with its sockets, and after how many bytes of its output. */
  event(placed: PlacedEvent): void
  /** It wrote in a file: all of it, or at its end. */
  file?(path: string, bytes: Uint8Array, append: boolean): void
  /** Its code: 128 + n for signal n. */
  exit(code: number): void
}

export interface Size {
  cols: number
  rows: number
}

const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 } as const
const FIRST_PID = 4100
const utf8 = new TextEncoder()

/** Said in its terminal to a program that is ended. */
const MISBEHAVED = 'Programme arrêté : il demande au réseau simulé plus que celui-ci ne peut faire.\n'

export class Machine {
  readonly #platform: Platform
  readonly #kernel: WorkerLike
  readonly #running = new Map<number, Running>()
  #owners = 0

  constructor(platform: Platform) {
    this.#platform = platform
    this.#kernel = platform.kernel()
    this.#kernel.onmessage = ({ data }: MessageEvent<FromKernel>) => this.#running.get(data.owner)?.hear(data)
  }

  /** Starts a program, with its side of a door when it has one; null when too many run. */
  start(program: Program, size: Size, events: ProgramEvents, door?: MessagePort): Running | null {
    if (this.#running.size >= LIMITS.programs) return null
    this.#owners += 1
    const owner = this.#owners
    const worker = this.#platform.program()
    const { port1, port2 } = new MessageChannel()
    this.#ask({ t: 'join', owner, port: port1 }, [port1])
    const { script } = this.#platform
    const init: Init = { t: 'init', program, owner, pid: FIRST_PID + owner, script, port: port2, door }
    worker.postMessage(init, door ? [port2, door] : [port2])
    const running = new Running(owner, worker, events, {
      tell: (message) => this.#ask({ t: 'tell', owner, message }),
      ask: () => this.#ask({ t: 'ask', owner }),
      leave: () => this.#ask({ t: 'leave', owner }),
      gone: () => this.#running.delete(owner),
    })
    this.#running.set(owner, running)
    running.resize(size)
    return running
  }

  /** Ends everything. */
  close(): void {
    for (const running of this.#running.values()) running.kill()
    this.#kernel.terminate()
  }

  #ask(message: ToKernel, transfer: Transferable[] = []): void {
    this.#kernel.postMessage(message, transfer)
  }
}

/** What a program's terminal needs of the kernel. */
interface Line {
  tell(message: FromTerminal): void
  ask(): void
  leave(): void
  gone(): void
}

/** A program that runs, or that is ending. */
export class Running {
  /** Its number on the machine. */
  readonly owner: number
  readonly #worker: WorkerLike
  readonly #events: ProgramEvents
  readonly #line: Line
  readonly #terminal: Terminal
  /** What is on its way to the screen: bytes shown, and those of the program among them. */
  readonly #onTheWay: { shown: number; printed: number }[] = []
  /** Bytes shown since it began. */
  #offset = 0
  #handled: readonly SignalName[] = []
  /** Signals of another program: it may have seen this one act before we know which it handles. */
  readonly #sent: SignalName[] = []
  /** Known before the end is told: its last output may still come. */
  #code: number | null = null
  #over = false
  #force: ReturnType<typeof setTimeout> | undefined

  constructor(owner: number, worker: WorkerLike, events: ProgramEvents, line: Line) {
    this.owner = owner
    this.#worker = worker
    this.#events = events
    this.#line = line
    this.#terminal = new Terminal({
      show: (bytes) => this.#show(bytes),
      typed: (bytes) => line.tell({ t: 'typed', bytes }),
      eof: () => line.tell({ t: 'eof' }),
      signal: (name) => this.signal(name),
    })
    worker.onerror = ({ message }) => {
      this.#print(utf8.encode(`${message}\n`))
      this.#end(1)
    }
  }

  /** Keys of the learner. */
  type(keys: string): void {
    if (!this.#over && this.#code === null) this.#terminal.type(keys)
  }

  /** Gives it a text as it is, past its terminal. */
  write(text: string): void {
    this.#line.tell({ t: 'typed', bytes: utf8.encode(text) })
  }

  /** Ends what it reads. */
  eof(): void {
    this.#line.tell({ t: 'eof' })
  }

  resize({ cols, rows }: Size): void {
    this.#line.tell({ t: 'size', cols, rows })
  }

  /** A program without a handler ends at once, even in an endless loop; one with a handler hears it in its loop. */
  signal(name: keyof typeof NUMBERS): void {
    if (this.#handled.includes(name as SignalName)) {
      this.#line.tell({ t: 'signal', name: name as SignalName })
    } else this.#end(128 + NUMBERS[name])
  }

  /** The same, from another program of the machine. */
  send(name: SignalName): void {
    this.#sent.push(name)
    this.#line.ask()
  }

  /** Asks it to end, as Ctrl+C does, and ends it if it does not. */
  stop(): void {
    this.type('\x03')
    if (this.#code === null) this.#force ??= setTimeout(() => this.kill(), LIMITS.grace)
  }

  kill(): void {
    this.#end(128 + NUMBERS.SIGKILL)
  }

  /** So many bytes were shown. */
  shown(size: number): void {
    let left = size
    let printed = 0
    for (let head = this.#onTheWay[0]; head && head.shown <= left; head = this.#onTheWay[0]) {
      left -= head.shown
      printed += head.printed
      this.#onTheWay.shift()
    }
    if (this.#onTheWay[0]) this.#onTheWay[0].shown -= left
    if (printed > 0) this.#line.tell({ t: 'shown', size: printed })
  }

  /** A message of the kernel about this program. */
  hear(message: FromKernel): void {
    switch (message.t) {
      case 'out':
        this.#print(message.bytes)
        return
      case 'lost':
        this.#events.lost(message.size)
        return
      case 'event':
        this.#tell(message.sequence)
        return
      case 'file':
        this.#events.file?.(message.path, message.bytes, message.append)
        return
      case 'signals':
        this.#handled = message.names
        return
      case 'exit':
        this.#code ??= message.code
        this.#worker.terminate()
        this.#tellEnd()
        return
      case 'answer': {
        const name = this.#sent.shift()
        if (name) this.signal(name)
        return
      }
      case 'misbehaved':
        this.#misbehaved()
        return
      case 'left':
        this.#tellEnd()
        return
    }
  }

  #misbehaved(): void {
    if (this.#code !== null) return
    this.#print(utf8.encode(MISBEHAVED))
    this.kill()
  }

  /** Of the bytes that the terminal shows, the last ones count for all that the program printed. */
  #print(bytes: Uint8Array): void {
    this.#terminal.print(bytes)
    this.#onTheWay.push({ shown: 0, printed: bytes.length })
  }

  /** What is no event is not told. */
  #tell(sequence: string): void {
    const event = parseTrace(sequence)
    if (event) this.#events.event({ event, offset: this.#offset })
  }

  #show(bytes: Uint8Array): void {
    this.#offset += bytes.length
    this.#onTheWay.push({ shown: bytes.length, printed: 0 })
    this.#events.output(bytes)
  }

  /** Its worker ends now; its end is told after its last output. */
  #end(code: number): void {
    if (this.#code !== null) return
    this.#code = code
    this.#worker.terminate()
    this.#line.leave()
  }

  #tellEnd(): void {
    if (this.#over || this.#code === null) return
    this.#over = true
    clearTimeout(this.#force)
    this.#line.gone()
    this.#events.exit(this.#code)
  }
}
