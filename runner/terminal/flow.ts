/**
 * When to stop reading a program's terminal, and for how long. A program that writes to a terminal nobody reads is
 * frozen, its sockets too: a slow page may slow a flood down, it must never freeze a lab.
 */
import { HIGH_WATER, LOW_WATER } from '../protocol.ts'

/** A page that acknowledges nothing for this long, in ms, is late: the program no longer waits for it. */
export const LATE_AFTER = 250
/** Longest pause, in ms, whatever the page does. */
export const PAUSE_MAX = 300
/** Shortest time between two pauses, in ms. */
export const BREATH = 50
/** Output accepted that no page follows, or that is for none, in bytes per second: a flood must not eat a core. */
export const UNSEEN_RATE = 8 * 1024 * 1024
/** Pause when that rate is exceeded, in ms. */
export const UNSEEN_PAUSE = 40
const UNSEEN_BURST = 1024 * 1024
export const TICK = 25

/** What flow control needs from a pty. */
export interface Tap {
  pause(): void
  resume(): void
  /** False once the process is gone: nothing may wait any more, or the end of its output would be lost. */
  alive(): boolean
}

/** A page that follows the output. */
export class Follower {
  /** Its tab is shown: a hidden one never holds a program back. */
  looks = true
  /** All before this offset was consumed. */
  acknowledged: number
  #progressAt: number

  constructor(offset: number) {
    this.acknowledged = offset
    this.#progressAt = performance.now()
  }

  /** Whether it looks and keeps up with what was produced. */
  follows(produced: number, now: number): boolean {
    return this.looks && (this.acknowledged >= produced || now - this.#progressAt < LATE_AFTER)
  }

  progressed(now: number): void {
    this.#progressAt = now
  }
}

/**
 * Follows one terminal: output produced, and output acknowledged by the page that is furthest among those that keep
 * up, so that a slow page never slows another down. Times from `performance.now()`.
 */
export class Flow {
  readonly #tap: Tap
  readonly #followers = new Set<Follower>()
  #produced = 0
  #pausedAt: number | null = null
  #resumedAt = -Infinity
  #pauseLength = PAUSE_MAX
  #unseen = 0
  #unseenAt = 0
  #timer: NodeJS.Timeout | undefined

  constructor(tap: Tap) {
    this.#tap = tap
  }

  get paused(): boolean {
    return this.#pausedAt !== null
  }

  /** A page follows the output from `offset`. */
  follow(offset: number): Follower {
    const follower = new Follower(offset)
    this.#followers.add(follower)
    this.#settle()
    return follower
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower)
    this.#settle()
  }

  /** The tab of a page is shown or hidden. */
  show(follower: Follower, looks: boolean): void {
    follower.looks = looks
    follower.progressed(performance.now())
    this.#settle()
  }

  produced(total: number): void {
    const now = performance.now()
    const bytes = total - this.#produced
    for (const follower of this.#followers) {
      if (follower.acknowledged === this.#produced) follower.progressed(now)
    }
    this.#produced = total
    if (this.#front(now) === null) this.#countUnseen(bytes, now)
    this.#settle()
  }

  /** The program printed bytes that are for no page: they slow it down when they are a flood, never otherwise. */
  hidden(bytes: number): void {
    this.#countUnseen(bytes, performance.now())
    this.#settle()
  }

  acknowledged(follower: Follower, total: number): void {
    if (total <= follower.acknowledged) return
    follower.acknowledged = total
    follower.progressed(performance.now())
    this.#settle()
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** How far the page that is furthest has come, among those that keep up; null when none does. */
  #front(now: number): number | null {
    let front: number | null = null
    for (const follower of this.#followers) {
      if (follower.follows(this.#produced, now)) front = Math.max(front ?? 0, follower.acknowledged)
    }
    return front
  }

  #countUnseen(bytes: number, now: number): void {
    this.#unseen = Math.max(0, this.#unseen - ((now - this.#unseenAt) / 1000) * UNSEEN_RATE) + bytes
    this.#unseenAt = now
  }

  #settle(): void {
    const now = performance.now()
    this.#countUnseen(0, now)
    const front = this.#front(now)
    const following = front !== null
    const waiting = this.#produced - (front ?? 0)
    if (this.#pausedAt === null) {
      if (now - this.#resumedAt < BREATH) return
      if (following && waiting > HIGH_WATER) this.#pause(now, PAUSE_MAX)
      else if (this.#unseen > UNSEEN_BURST) this.#pause(now, UNSEEN_PAUSE)
      return
    }
    const drained = following && waiting <= LOW_WATER && this.#pauseLength === PAUSE_MAX
    const late = !following && this.#pauseLength === PAUSE_MAX
    if (drained || late || now - this.#pausedAt >= this.#pauseLength || !this.#tap.alive()) this.#resume(now)
  }

  #pause(now: number, length: number): void {
    this.#pausedAt = now
    this.#pauseLength = length
    this.#tap.pause()
    this.#timer ??= setInterval(() => this.#settle(), TICK)
  }

  #resume(now: number): void {
    this.#pausedAt = null
    this.#resumedAt = now
    this.close()
    this.#tap.resume()
  }
}
