/** Takes the events of the probe out of what a program prints: the pages and the patterns see the text alone. */
import { type PlacedEvent, parseTrace, TRACE_MAX, TRACE_OPEN } from '../../labs/trace.ts'
import { Splitter } from './split.ts'

const OPEN = Buffer.from(TRACE_OPEN)

/**
 * Separates the output of one program, however it is cut. Any other control string stays in the text. A sequence of the
 * probe never does, even damaged: it is counted in `damaged`. Only what may still become such a sequence is kept waiting.
 */
export class Separator {
  readonly #splitter = new Splitter()
  /** The beginning of a control string that may be an event; empty outside one. */
  #held: Buffer = Buffer.alloc(0)
  /** The control string being read: not known yet, an event, or one that belongs to the text. */
  #string: 'unknown' | 'event' | 'text' = 'unknown'
  #offset = 0
  /** Sequences that could not be read. */
  damaged = 0

  push(chunk: Buffer): { text: Buffer; events: PlacedEvent[] } {
    const kept: Buffer[] = []
    const events: PlacedEvent[] = []
    for (const { kind, bytes, last } of this.#splitter.push(chunk)) {
      const text = kind === 'text' ? bytes : this.#control(bytes, last, events)
      if (text.length === 0) continue
      kept.push(text)
      this.#offset += text.length
    }
    return { text: kept.length === 1 ? kept[0]! : Buffer.concat(kept), events }
  }

  /** What was kept waiting, once the program has printed all it will. */
  flush(): Buffer {
    const rest = this.#splitter.flush()
    const held = this.#string === 'event' ? Buffer.alloc(0) : this.#held
    if (this.#string === 'event') this.damaged += 1
    this.#forget()
    return Buffer.concat([held, rest])
  }

  /** A piece of a control string: what of it belongs to the text. */
  #control(bytes: Buffer, last: boolean, events: PlacedEvent[]): Buffer {
    if (this.#string === 'text') {
      if (last) this.#forget()
      return bytes
    }
    // One byte more than the longest is enough to know that it is too long.
    const room = TRACE_MAX + 1 - this.#held.length
    const piece = this.#string === 'event' ? bytes.subarray(0, Math.max(0, room)) : bytes
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece])
    if (this.#string === 'unknown') this.#string = stringOf(this.#held)
    if (this.#string === 'unknown' && !last) return Buffer.alloc(0)
    const held = this.#held
    if (this.#string !== 'event') {
      this.#held = Buffer.alloc(0)
      if (last) this.#forget()
      return held
    }
    if (last) {
      const event = held.length > TRACE_MAX ? null : parseTrace(held.toString('latin1'))
      if (event) events.push({ event, offset: this.#offset })
      else this.damaged += 1
      this.#forget()
    }
    return Buffer.alloc(0)
  }

  #forget(): void {
    this.#held = Buffer.alloc(0)
    this.#string = 'unknown'
  }
}

/** What a control string is, from its beginning. */
function stringOf(beginning: Buffer): 'unknown' | 'event' | 'text' {
  const compared = Math.min(beginning.length, OPEN.length)
  if (beginning.compare(OPEN, 0, compared, 0, compared) !== 0) return 'text'
  return beginning.length >= OPEN.length ? 'event' : 'unknown'
}
