/** The events of one process, numbered, in the form in which they travel. */
import { type WireEvent, writeTrace } from '../../labs/trace.ts'
import { now } from './clock.ts'

export class Channel {
  readonly #process: string
  readonly #write: (sequence: string) => void
  #order = 0
  #lost = 0

  /** `write` takes the sequence of an event of `process`, or throws when it can take no more. */
  constructor(process: string, write: (sequence: string) => void) {
    this.#process = process
    this.#write = write
  }

  /** Tells an event, now unless it says when. One that is not taken is lost: the next one says how many were. */
  emit(event: WireEvent): void {
    event.n = this.#order
    event.t ??= now()
    if (this.#lost > 0) event.lost = this.#lost
    const sequence = this.#shortened(event)
    this.#order += 1
    try {
      if (sequence === null) throw new RangeError('too long')
      this.#write(sequence)
      this.#lost = 0
    } catch {
      this.#lost += 1
    }
  }

  /** A long one says less: neither its first bytes nor, at last, the line that asked for it. */
  #shortened(event: WireEvent): string | null {
    return (
      writeTrace(this.#process, event) ??
      writeTrace(this.#process, { ...event, p: undefined }) ??
      writeTrace(this.#process, { ...event, p: undefined, l: undefined, w: undefined })
    )
  }
}
