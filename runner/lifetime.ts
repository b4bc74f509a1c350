/** How long a program may live: never more than a bound, and less without any page. */
import type { Limits } from './limits.ts'

export interface LifetimeEvents {
  /** It has little time left. */
  warn: () => void
  end: (reason: 'max-duration' | 'idle') => void
}

export class Lifetime {
  readonly #limits: Limits
  readonly #events: LifetimeEvents
  readonly #began = performance.now()
  #durationTimer: NodeJS.Timeout | undefined
  #idleTimer: NodeJS.Timeout | undefined
  /** When it ends for want of a page, in `performance.now()` time. */
  #endsAt: number | null = null

  constructor(limits: Limits, events: LifetimeEvents) {
    this.#limits = limits
    this.#events = events
  }

  /** It has begun: nothing ends it before. */
  begin(): void {
    const { duration, durationWarning } = this.#limits
    this.#durationTimer = setTimeout(() => {
      this.#events.warn()
      this.#durationTimer = setTimeout(() => this.#events.end('max-duration'), durationWarning)
    }, duration - durationWarning)
  }

  /** How long it has lived, in ms. */
  get age(): number {
    return Math.round(performance.now() - this.#began)
  }

  /** How long before it ends for want of a page, in ms; null when one looks. */
  get endsIn(): number | null {
    return this.#endsAt === null ? null : Math.max(0, Math.round(this.#endsAt - performance.now()))
  }

  /** A page looks: only the bound remains. */
  looked(): void {
    clearTimeout(this.#idleTimer)
    this.#endsAt = null
  }

  /** No page looks any more: it ends soon, later when one that was cut may come back. */
  abandoned(mayComeBack: boolean): void {
    this.looked()
    const wait = mayComeBack ? this.#limits.idle : this.#limits.left
    this.#endsAt = performance.now() + wait
    this.#idleTimer = setTimeout(() => this.#events.end('idle'), wait)
  }

  /** It has ended by itself. */
  close(): void {
    clearTimeout(this.#durationTimer)
    this.looked()
  }
}
