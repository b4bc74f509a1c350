/**
 * The witness's clock. A reference echo runs beside the learner's program and is asked every few ms. A deadline is over
 * when that long went by and the witness was served meanwhile as often as on a quiet machine: « never answered » then
 * means that a comparable program was served many times. On a busy machine deadlines stretch by themselves; beyond that
 * the judge says that it cannot tell.
 */
import { EventEmitter } from 'node:events'
import type { Echo, Host } from './host.ts'

/** Rest between two turns, in ms. */
const PAUSE = 5
/** What one turn stands for, in ms: a quiet machine makes one in about 6. */
const TURN = 10
/** Turns remembered. */
const KEPT = 20_000

export interface Mark {
  at: number
  turns: number
}

export class Witness {
  /** Emits `change` at each turn, and whenever something was seen. */
  readonly bus = new EventEmitter().setMaxListeners(0)
  turns = 0
  /** The machine that the judge and the programs are on. */
  readonly host: Host
  readonly #echo: Echo
  readonly #log: { end: number; took: number }[] = []
  #asked = performance.now()
  #timer: NodeJS.Timeout | undefined

  private constructor(host: Host, echo: Echo) {
    this.host = host
    this.#echo = echo
    echo.answered = () => this.#answered()
    echo.ask()
  }

  static async start(host: Host): Promise<Witness> {
    return new Witness(host, await host.echo())
  }

  #answered(): void {
    const now = performance.now()
    this.turns += 1
    // From answer to answer: a timer that is late in the judge itself counts as slowness too.
    this.#log.push({ end: now, took: now - this.#asked })
    this.#asked = now
    if (this.#log.length > KEPT) this.#log.splice(0, KEPT / 2)
    this.bus.emit('change')
    this.#timer = setTimeout(() => this.#echo.ask(), PAUSE)
  }

  /** Something was seen: who waits for a fact looks again. */
  changed(): void {
    this.bus.emit('change')
  }

  mark(): Mark {
    return { at: performance.now(), turns: this.turns }
  }

  /** Whether `ms` went by since `mark`: not yet, long enough, or nobody can tell. */
  expired(mark: Mark, ms: number): 'no' | 'over' | 'unsure' {
    const wall = performance.now() - mark.at
    const turns = this.turns - mark.turns
    if (wall < ms) return 'no'
    if (turns >= ms / TURN) return 'over'
    // Three times as long, and a comparable program served 60 times meanwhile: that is « never » too.
    if (wall >= 3 * ms && turns >= Math.min(60, ms / TURN)) return 'over'
    return wall > Math.min(Math.max(15 * ms, 3000), 3 * ms + 15_000) ? 'unsure' : 'no'
  }

  /** The slowest turn between two instants, the one under way included, in ms. */
  worst(from: number, to = performance.now()): number {
    const within = this.#log.filter(({ end, took }) => end >= from && end - took <= to)
    const current = this.#asked < to ? to - this.#asked : 0
    return within.reduce((worst, { took }) => Math.max(worst, took), current)
  }

  /** The median of the last turns, in ms. */
  typical(): number {
    const last = this.#log.slice(-500).map(({ took }) => took)
    return last.sort((a, b) => a - b)[last.length >> 1] ?? 0
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#echo.answered = () => undefined
    await this.#echo.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}
