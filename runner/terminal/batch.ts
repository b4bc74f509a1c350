/** When to send what a program printed: at once for a little, grouped for a lot. */

/** Below this many bytes in the current window, output leaves at once. */
export const LEADING_EDGE = 8192
/** Length of a window, and longest wait of a byte, in ms. */
export const WINDOW = 4
/** Waiting bytes that leave without waiting for the end of the window. */
export const FULL = 65_536

/** Calls `flush` for the bytes noted: a keystroke's echo is never delayed, a flood travels in large frames. */
export class Batch {
  readonly #flush: () => void
  #windowStart = 0
  #inWindow = 0
  #waiting = 0
  #timer: NodeJS.Timeout | undefined

  constructor(flush: () => void) {
    this.#flush = flush
  }

  note(bytes: number): void {
    const now = performance.now()
    if (now - this.#windowStart > WINDOW) {
      this.#windowStart = now
      this.#inWindow = 0
    }
    this.#inWindow += bytes
    this.#waiting += bytes
    if (this.#inWindow < LEADING_EDGE || this.#waiting >= FULL) this.now()
    else this.#timer ??= setTimeout(() => this.now(), WINDOW)
  }

  /** Sends what waits, if anything. */
  now(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting === 0) return
    this.#waiting = 0
    this.#flush()
  }
}
