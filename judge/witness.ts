/**
 * The witness's clock. A reference echo runs beside the learner's program and is asked every few ms. A deadline is over
 * when that long went by and the witness was served meanwhile as often as on a quiet machine: « never answered » then
 * means that a comparable program was served many times. On a busy machine deadlines stretch by themselves; beyond that
 * the judge says that it cannot tell.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { TAG } from './system.ts'

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
  /** Tags of what this judge starts begin so. */
  readonly tag = `${process.pid}-${Math.random().toString(36).slice(2, 10)}`
  readonly #log: { end: number; took: number }[] = []
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  #socket: Socket | undefined
  #asked = performance.now()
  #timer: NodeJS.Timeout | undefined

  private constructor() {
    const file = join(import.meta.dirname, 'witness-echo.mjs')
    const arg = `${TAG}=${this.tag}`
    // Out of the judge's group: a Ctrl+C must not end it before it has cleaned up.
    this.#child = spawn(process.execPath, [file, arg], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
    this.#child.stdin.on('error', () => undefined)
  }

  static async start(): Promise<Witness> {
    const witness = new Witness()
    const [port] = await once(witness.#child.stdout, 'data')
    const socket = connect(Number(String(port)), '127.0.0.1').setNoDelay(true)
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    witness.#socket = socket.on('data', () => witness.#answered())
    witness.#ask()
    return witness
  }

  #ask(): void {
    this.#socket?.write('.')
  }

  #answered(): void {
    const now = performance.now()
    this.turns += 1
    // From answer to answer: a timer that is late in the judge itself counts as slowness too.
    this.#log.push({ end: now, took: now - this.#asked })
    this.#asked = now
    if (this.#log.length > KEPT) this.#log.splice(0, KEPT / 2)
    this.bus.emit('change')
    this.#timer = setTimeout(() => this.#ask(), PAUSE)
  }

  /** Something was seen: who waits for a fact looks again. */
  changed(): void {
    this.bus.emit('change')
  }

  /** A program under test began or ended: the witness ends it if the judge no longer can. */
  watch(pid: number, alive: boolean): void {
    this.#child.stdin.write(`${alive ? '+' : '-'}${pid}\n`)
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
    this.#socket?.removeAllListeners('data').destroy()
    const gone = once(this.#child, 'exit')
    this.#child.stdin.end()
    await gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}
