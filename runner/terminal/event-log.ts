/** The events that the program of a session told, the last ones kept, each with its number since the start. */
import type { PlacedEvent } from '../../labs/trace.ts'

export class EventLog {
  readonly #capacity: number
  #events: PlacedEvent[] = []
  #start = 0

  /** Keeps at least the last `capacity` events, and at most twice as many. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Number of the oldest event kept: those before it were lost here. */
  get start(): number {
    return this.#start
  }

  /** Number after the newest event: how many there ever were. */
  get end(): number {
    return this.#start + this.#events.length
  }

  push(events: readonly PlacedEvent[]): void {
    this.#events.push(...events)
    // Half at a time: taking one off the front for each that comes would copy them all each time.
    if (this.#events.length >= 2 * this.#capacity) this.shrink(this.#capacity)
  }

  /** The events of numbers [from, to), those that are kept. */
  slice(from: number, to: number): readonly PlacedEvent[] {
    return this.#events.slice(Math.max(0, from - this.#start), Math.max(0, to - this.#start))
  }

  /** Keeps only the last `capacity` events. */
  shrink(capacity: number): void {
    const gone = Math.max(0, this.#events.length - capacity)
    if (gone === 0) return
    this.#events = this.#events.slice(gone)
    this.#start += gone
  }
}
