/** The learner's program, as the judge sees it: its lines, its end, what the system says of it. */
import type { Program } from '../labs/check.ts'
import type { Heard, Process, Schedule } from './host.ts'
import { OUTPUT_MAX, Output } from './output.ts'
import { ANSWER, type Scene } from './scene.ts'
import { Gap, Trouble } from './verdicts.ts'
import { capital, feminine, milliseconds, number, shape, show } from './words.ts'

/** Resident memory after which a program is stopped, in bytes, and how often it is looked at, in ms. */
const MEMORY_MAX = 1 << 30
const MEMORY_LOOK = 200
/** What is not worth a note, in ms. */
const SCHEDULE_STEP = 2
const NOTHING: Schedule = { ran: 0, waited: 0 }

export class ProgramUnderTest implements Program {
  readonly name: string
  startedAt = performance.now()
  readonly printed = new Output()
  /** The one it was asked to open; 0 lets the system choose, until it has said which. */
  port: number
  /** Exit code, 128 + n for signal n; null while it runs. */
  code: number | null = null
  /** Its end is no surprise. */
  mayEnd = false
  /** The criterion asked how it ended. */
  isAwaited = false
  #signal: string | null = null
  #cursor = 0
  /** It was stopped for printing, or for holding, more than is bearable. */
  #excess: 'flood' | 'memory' | null = null
  readonly #memoryLook: NodeJS.Timeout
  readonly #schedules: (Schedule & { at: number })[] = []
  readonly #scene: Scene
  readonly #process: Process
  readonly #closed = Promise.withResolvers<void>()

  /** `start` starts it. */
  constructor(scene: Scene, name: string, port: number, start: (heard: Heard) => Process) {
    this.#scene = scene
    this.name = name
    this.port = port
    this.#process = start({
      begun: () => {
        this.startedAt = performance.now()
      },
      output: (from, chunk) => this.#take(from, chunk),
      ended: (code, signal) => this.#ended(code, signal),
    })
    this.#memoryLook = setInterval(() => {
      if ((this.memory() ?? 0) > MEMORY_MAX) this.#stop('memory')
    }, MEMORY_LOOK)
  }

  #take(from: 'out' | 'error', chunk: Uint8Array): void {
    this.printed.add(from, chunk)
    if (this.printed.flooded) this.#stop('flood')
    this.#scene.changed()
  }

  #stop(excess: 'flood' | 'memory'): void {
    if (this.#excess) return
    this.#excess = excess
    this.kill()
  }

  #ended(code: number, signal: string | null): void {
    clearInterval(this.#memoryLook)
    this.#signal = signal
    this.printed.end()
    this.code = code
    this.#scene.changed()
    this.#closed.resolve()
  }

  /** Resolves when it has ended. */
  get closed(): Promise<void> {
    return this.#closed.promise
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
    this.#process.type(`${line}\n`)
  }

  eof(): void {
    this.#process.eof()
  }

  signal(name: 'SIGTERM' | 'SIGINT'): void {
    this.mayEnd = true
    this.isAwaited = true
    this.#process.signal(name)
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
    return this.#process.memory()
  }

  /** Notes what it had of the processors, before it ends and nobody knows. */
  noteSchedule(): void {
    const { ran, waited } = this.#process.schedule()
    const last = this.#schedules.at(-1) ?? NOTHING
    if (ran + waited - last.ran - last.waited < SCHEDULE_STEP) return
    this.#schedules.push({ at: performance.now(), ran, waited })
  }

  /** What it had of the processors between two instants. */
  scheduled(from: number, to: number): Schedule {
    const before = this.#schedules.findLast(({ at }) => at <= from) ?? NOTHING
    const after = this.#schedules.find(({ at }) => at >= to) ?? this.#schedules.at(-1) ?? before
    return { ran: after.ran - before.ran, waited: after.waited - before.waited }
  }

  /** Ports on which it waits; null where the system does not tell. */
  ports(transport: 'tcp' | 'udp', withOthers: boolean): readonly number[] | null {
    return this.#process.ports(transport, withOthers)
  }

  /** Ends it with all that it started. */
  kill(): void {
    this.#process.kill()
  }

  /** Once it is over: ends what it started and that left it. */
  sweep(): void {
    this.#process.sweep()
  }
}
