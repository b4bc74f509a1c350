/** When to try again after a cut: soon, then less and less often. */

/** First delay, doubled at each attempt up to the last one, in ms. */
const FIRST = 250
const LAST = 5_000

export class Backoff {
  readonly #retry: () => void
  #attempts = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(retry: () => void) {
    this.#retry = retry
  }

  /** Plans the next attempt, within 20 % of its delay: the terminals of a page do not all come back together. */
  plan(): void {
    const delay = Math.min(FIRST * 2 ** this.#attempts, LAST)
    this.#attempts += 1
    this.#timer = setTimeout(this.#retry, delay * (0.8 + Math.random() * 0.4))
  }

  /** Makes the planned attempt at once, if there is one, and the next ones soon. */
  hasten(): void {
    if (this.#timer === undefined) return
    this.reset()
    this.#retry()
  }

  /** Withdraws the planned attempt. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** The link is back: the next cut starts from the first delay. */
  reset(): void {
    this.cancel()
    this.#attempts = 0
  }
}
