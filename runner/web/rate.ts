/** Counts what happens in each second. */

const SECOND = 1000

export class Rate {
  readonly #max: number
  #since = 0
  #count = 0

  constructor(max: number) {
    this.#max = max
  }

  /** Counts once more; true when that is more than allowed in a second. */
  exceeded(): boolean {
    const now = performance.now()
    if (now - this.#since > SECOND) {
      this.#since = now
      this.#count = 0
    }
    this.#count += 1
    return this.#count > this.#max
  }
}
