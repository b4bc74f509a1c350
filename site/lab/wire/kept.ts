/** What happened in an exchange, as far as the figure keeps it. */
import type { Happening } from './moments.ts'

/** Most events kept; half of them then leave. */
const KEPT_MAX = 20_000
/** Beyond so many, only the last ones are drawn while the figure follows what happens, and between so many and half. */
const FOLLOWED = 1_000

export class Kept {
  #all: Happening[] = []
  /** How many have left. */
  dropped = 0
  /** How many of those that are kept are not drawn. */
  folded = 0

  get all(): readonly Happening[] {
    return this.#all
  }

  /** True when some had to leave. */
  add(happenings: readonly Happening[]): boolean {
    for (const happening of happenings) this.#all.push({ ...happening, key: this.dropped + this.#all.length })
    if (this.#all.length <= KEPT_MAX) return false
    const gone = this.#all.length - KEPT_MAX / 2
    this.#all = this.#all.slice(gone)
    this.dropped += gone
    return true
  }

  clear(): void {
    this.#all = []
    this.dropped = 0
    this.folded = 0
  }

  /** The last events, and of those before all that tells who is connected to whom; the others are folded. */
  recent(): { happenings: readonly Happening[]; folded: number } {
    const beyond = this.#all.length - FOLLOWED
    // Many at a time: what is drawn stays where it is meanwhile.
    const first = Math.ceil(beyond / (FOLLOWED / 2)) * (FOLLOWED / 2)
    const happenings = this.#all.filter(
      ({ event: { kind } }, at) => at >= first || !['send', 'receive', 'signal'].includes(kind),
    )
    return { happenings, folded: this.#all.length - happenings.length }
  }
}
