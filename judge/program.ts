/** The learner's program, as the judge sees it: its lines, its end, what the system says of it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Program } from '../labs/check.ts'
import { type Command, lineByLine } from './command.ts'
import { OUTPUT_MAX, Output } from './output.ts'
import { ANSWER, type Scene } from './scene.ts'
import { processorTime, residentMemory, TAG } from './system.ts'
import { Gap, Trouble } from './verdicts.ts'
import { capital, feminine, milliseconds, number, shape, show } from './words.ts'

/** Resident memory after which a program is stopped, in bytes, and how often it is looked at, in ms. */
const MEMORY_MAX = 1 << 30
const MEMORY_LOOK = 200

/** What makes a program print at once, and plainly. */
const PLAIN = { NO_COLOR: '1', PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8', FORCE_COLOR: undefined }

export interface Identity {
  name: string
  /** The one it was asked to open; 0 lets the system choose. */
  port: number
  /** Marks its processes. */
  tag: string
}

export class ProgramUnderTest implements Program {
  readonly name: string
  readonly tag: string
  readonly startedAt = performance.now()
  readonly printed = new Output()
  readonly pid: number
  /** Resolves when it has ended. */
  readonly closed: Promise<void>
  port: number
  /** Exit code, 128 + n for signal n; null while it runs. */
  code: number | null = null
  /** Its end is no surprise. */
  mayEnd = false
  /** The criterion asked how it ended. */
  isAwaited = false
  #signal: NodeJS.Signals | null = null
  #cursor = 0
  /** It was stopped for printing, or for holding, more than is bearable. */
  #excess: 'flood' | 'memory' | null = null
  readonly #memoryLook: NodeJS.Timeout
  readonly #scene: Scene
  readonly #child: ChildProcess

  constructor(scene: Scene, words: readonly string[], { cwd, env }: Command, { name, port, tag }: Identity) {
    this.#scene = scene
    this.name = name
    this.port = port
    this.tag = tag
    const [file = '', ...args] = lineByLine(words)
    this.#child = spawn(file, args, {
      cwd,
      env: { ...env, ...PLAIN, [TAG]: tag },
      // A group of its own: all that it starts ends with it.
      detached: process.platform !== 'win32',
      stdio: 'pipe',
    })
    this.pid = this.#child.pid ?? -1
    this.#child.stdin?.on('error', () => undefined)
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#take('out', chunk))
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#take('error', chunk))
    this.#memoryLook = setInterval(() => {
      if ((this.memory() ?? 0) > MEMORY_MAX) this.#stop('memory')
    }, MEMORY_LOOK)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    this.#child.on('error', () => this.#ended(127, null, resolve))
    // A child that keeps the pipes open must not hold the judge: `exit`, not `close`.
    this.#child.on('exit', (code, signal) => setImmediate(() => this.#ended(code, signal, resolve)))
  }

  #take(from: 'out' | 'error', chunk: Buffer): void {
    this.printed.add(from, chunk)
    if (this.printed.flooded) this.#stop('flood')
    this.#scene.changed()
  }

  #stop(excess: 'flood' | 'memory'): void {
    if (this.#excess) return
    this.#excess = excess
    this.kill()
  }

  #ended(code: number | null, signal: NodeJS.Signals | null, closed: () => void): void {
    clearInterval(this.#memoryLook)
    this.#signal = signal
    this.printed.end()
    this.code = code ?? 128 + constants.signals[signal ?? 'SIGKILL']
    this.#scene.changed()
    this.#child.stdout?.destroy()
    this.#child.stderr?.destroy()
    closed()
  }

  get alive(): boolean {
    return this.code === null
  }

  get lines(): readonly { at: number; text: string }[] {
    return this.printed.lines
  }

  /** « code 1 », or « signal SIGSEGV ». */
  how(): string {
    return this.#signal ? `signal ${this.#signal}` : `code ${this.code}`
  }

  /** « votre programme s'est arrêté (code 1) : … ». */
  ending(): string {
    const failure = this.printed.failure()
    return `${this.name} s'est arrêté${feminine(this.name)} (${this.how()})${failure ? ` : ${failure}` : ''}`
  }

  /** Rejects the criterion if it printed or held more than is bearable. */
  checkExcess(): void {
    if (!this.#excess) return
    this.mayEnd = true
    const [done, most] =
      this.#excess === 'flood' ? ['affiché', OUTPUT_MAX] : ['occupé en mémoire', MEMORY_MAX]
    throw new Trouble(
      this.#excess,
      `${capital(this.name)} a ${done} plus de ${number(most >> 20)} Mio : il a été arrêté.`,
      this.lines.slice(0, 2).map(({ text }) => text.slice(0, 80)),
    )
  }

  async line(pattern: RegExp, ms = ANSWER): Promise<{ match: RegExpExecArray; at: number }> {
    const from = this.#cursor
    let found: { match: RegExpExecArray; at: number } | undefined
    const scan = () => {
      while (!found && this.#cursor < this.lines.length) {
        const { text, at } = this.lines[this.#cursor++]!
        const match = pattern.exec(text)
        if (match) found = { match, at }
      }
      return found !== undefined
    }
    await this.#scene.until(() => scan() || !this.alive, ms)
    if (scan()) return found!
    throw new Gap(this.#said(from), `une ligne de la forme ${shape(pattern)}`)
  }

  #said(from: number): string {
    const death = this.#scene.death()
    if (death) return death
    const said = this.lines.slice(from, from + 3).map(({ text }) => show(text))
    return said.length > 0
      ? `${this.name} a affiché ${said.join(', ')}`
      : `${this.name} n'a rien affiché de plus`
  }

  async prints(lines: readonly string[], among: RegExp, ms = ANSWER): Promise<void> {
    for (const want of lines) {
      const { match } = await this.line(among, ms).catch((error) => {
        throw error instanceof Gap ? new Gap(error.observed, show(want)) : error
      })
      if (match.input !== want) throw new Gap(`${this.name} a affiché ${show(match.input)}`, show(want))
    }
  }

  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  eof(): void {
    this.#child.stdin?.end()
  }

  signal(name: 'SIGTERM' | 'SIGINT'): void {
    this.mayEnd = true
    this.isAwaited = true
    this.#child.kill(name)
  }

  async exit(ms = 3000): Promise<number> {
    this.mayEnd = true
    this.isAwaited = true
    if (await this.#scene.until(() => !this.alive, ms)) return this.code!
    const lasted = milliseconds(performance.now() - this.startedAt)
    throw new Gap(`${this.name} tournait encore après ${lasted}`, 'la fin du programme')
  }

  async ends(wanted: number | null, ms = 3000): Promise<void> {
    const code = await this.exit(ms)
    if (wanted === null ? code !== 0 : code === wanted) return
    const last = this.lines.at(-1)
    const after = last ? ` après avoir affiché ${show(last.text)}` : ''
    const expected = wanted === null ? 'un code différent de 0' : `le code ${wanted}`
    throw new Gap(`${this.name} a fini (${this.how()})${after}`, expected)
  }

  mustLive(after: string): void {
    if (!this.alive) throw new Gap(`${this.ending()}, après ${after}`, 'un programme qui continue')
  }

  memory(): number | null {
    return residentMemory(this.pid)
  }

  /** Processor time it used, in ms. */
  processorTime(): number {
    return processorTime(this.pid)
  }

  /** Ends it with its whole group. */
  kill(): void {
    if (this.pid <= 0) return
    try {
      if (process.platform === 'win32') this.#child.kill()
      else process.kill(-this.pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }
}
