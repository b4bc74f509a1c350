/**
 * Spare processes of Node, started before they are needed: a program that one of them runs prints its first line
 * several times sooner, and sees nothing of it.
 */
import { forgetTag, retag, signalAll, TAG } from '../processes/table.ts'
import { type RunningProgram, startProgram } from '../terminal/program.ts'
import { type Command, HAS_TERMINALS, Pty } from '../terminal/pty.ts'

/** A program that a spare process can run: a module in TypeScript. */
export interface ScriptCommand extends Command {
  script: {
    file: string
    options: readonly string[]
    /** Options of Node, and the files they preload. */
    execArgv: readonly string[]
    preloads: readonly string[]
  }
}

export interface PoolSettings {
  /** How many processes wait; 0: none. */
  spares: number
  /** Memory, in bytes, that the system must still be able to give for them to exist. */
  spareMemory: number
  /** What starts one, its processes marked with this tag. */
  command: (tag: string) => Command
  tag: string
  /** When what the processes that wait have loaded last changed, in ms: one that is older than that is of no use. */
  changed: () => number
}

/** After a launch, before another spare process is started: the program that starts comes first. In ms. */
const REFILL_AFTER = 500
/** Longest time before trying again what failed, or what memory did not allow, in ms. */
const RETRY_MAX = 60_000
/** Length of a line that any terminal takes (macOS: 1024), and of all that one keeps for a process that is not there yet. */
const LINE = 900
const ORDER_MAX = 4000
const INITIAL_SIZE = [80, 24] as const
/** Windows redraws what is typed in its consoles: it cannot be taken out of the output. */
const POSSIBLE = HAS_TERMINALS && process.platform !== 'win32'

/** A process of Node in its terminal, stopped just before its main program. */
class Spare extends Pty {
  readonly #born = Date.now()
  readonly #env: Readonly<Record<string, string>>
  #listener: ((chunk: Buffer) => void) | null = null
  /** Lines typed here that the terminal has not shown yet. */
  #echoes = 0

  /** `noisy` is called when it prints before it has anything to run: something is wrong with it. */
  constructor(command: Command, noisy: () => void) {
    super(command, ...INITIAL_SIZE)
    this.#env = command.env
    super.onData((chunk) => {
      if (!this.#listener) return noisy()
      const rest = this.#withoutEcho(chunk)
      if (rest.length > 0) this.#listener(rest)
    })
  }

  override onData(listener: (chunk: Buffer) => void): void {
    this.#listener = listener
  }

  /** Runs a program, whose output is all that `onData` gives; false when its command is too long. */
  run({ script, env }: ScriptCommand, cols: number, rows: number): boolean {
    const lines = linesOf({ ...script, env: changes(this.#env, env) })
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    if (bytes.length > ORDER_MAX) return false
    this.resize(cols, rows)
    this.#echoes = lines.length
    this.#listener = () => {}
    return this.write(bytes)
  }

  /** Whether what it has loaded is still what the files say. */
  isFresh(changed: number): boolean {
    return changed < this.#born
  }

  #withoutEcho(chunk: Buffer): Buffer {
    let at = 0
    while (this.#echoes > 0) {
      const end = chunk.indexOf('\n', at)
      if (end === -1) return Buffer.alloc(0)
      this.#echoes -= 1
      at = end + 1
    }
    return chunk.subarray(at)
  }
}

/** What `spare.cjs` reads. */
function linesOf(order: object): string[] {
  const text = Buffer.from(JSON.stringify(order)).toString('base64')
  return [...(text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []), '']
}

/** What makes one environment of another; null takes a variable away. */
function changes(
  from: Readonly<Record<string, string>>,
  to: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const gone = Object.keys(from).filter((name) => !Object.hasOwn(to, name))
  const set = Object.entries(to).filter(([name, value]) => from[name] !== value)
  return Object.fromEntries([...gone.map((name) => [name, null] as const), ...set])
}

/** Starts programs, in a spare process whenever one can run it. */
export class Pool {
  readonly #settings: PoolSettings
  readonly #spares = new Map<Spare, Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #failures = 0
  #closed = false

  constructor(settings: PoolSettings) {
    this.#settings = settings
    this.#tendIn(0)
  }

  /** The processes that wait. */
  get pids(): number[] {
    return [...this.#spares.keys()].map(({ pid }) => pid)
  }

  /** Starts `command`. Throws when the system has no terminal left. */
  start(command: Command, cols: number, rows: number): RunningProgram {
    this.#tendIn(REFILL_AFTER)
    return (isScript(command) && this.#runInSpare(command, cols, rows)) || startProgram(command, cols, rows)
  }

  #runInSpare(command: ScriptCommand, cols: number, rows: number): RunningProgram | null {
    const changed = this.#settings.changed()
    for (const [spare] of this.#spares) {
      if (!spare.alive()) continue
      if (!spare.isFresh(changed)) {
        signalAll([spare], 'SIGKILL')
        continue
      }
      if (!spare.run(command, cols, rows)) return null
      this.#spares.delete(spare)
      this.#failures = 0
      const { pid } = spare
      retag(pid, command.env[TAG] ?? '')
      spare.onExit(() => forgetTag(pid))
      return spare
    }
    return null
  }

  #tendIn(delay: number): void {
    if (!POSSIBLE || this.#settings.spares === 0 || this.#closed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tend(), delay).unref()
  }

  /** Starts the processes that miss, one at a time; ends all when memory is short, until it no longer is. */
  #tend(): void {
    const { spares, spareMemory } = this.#settings
    if (process.availableMemory() < spareMemory) {
      this.killNow()
      this.#tendIn(RETRY_MAX)
    } else if (this.#spares.size < spares) {
      this.#add()
    }
  }

  #add(): void {
    const { command, tag, spares } = this.#settings
    try {
      const spare: Spare = new Spare(command(tag), () => signalAll([spare], 'SIGKILL'))
      const gone = new Promise<void>((resolve) => spare.onExit(() => resolve()))
      this.#spares.set(spare, gone)
      void gone.then(() => this.#lost(spare))
      if (this.#spares.size < spares) this.#tendIn(REFILL_AFTER)
    } catch {
      // No terminal or no process left: the programs of the learner will say so.
      this.#failed()
    }
  }

  #lost(spare: Spare): void {
    if (!this.#spares.delete(spare)) return
    this.#failed()
  }

  #failed(): void {
    this.#failures += 1
    this.#tendIn(Math.min(RETRY_MAX, REFILL_AFTER * 2 ** this.#failures))
  }

  /** Ends the processes that wait; resolves when they are gone. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.killNow()
    await Promise.all(this.#spares.values())
  }

  /** The same without waiting. */
  killNow(): void {
    signalAll([...this.#spares.keys()], 'SIGKILL')
  }
}

function isScript(command: Command): command is ScriptCommand {
  return 'script' in command
}
