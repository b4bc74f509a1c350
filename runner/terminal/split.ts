/** Separates what a terminal shows from the control strings that travel with it: titles, links, private messages. */

const ESC = 0x1b
const BEL = 0x07
const CAN = 0x18
const SUB = 0x1a
const BACKSLASH = 0x5c
const OSC = 0x5d
/** What follows ESC at the start of a string: DCS, SOS, OSC, PM, APC. */
const OPENERS = new Set([0x50, 0x58, OSC, 0x5e, 0x5f])

export interface Piece {
  /** `text` is all that is no control string: characters, colours, moves of the cursor. */
  kind: 'text' | 'control'
  bytes: Buffer
  /** For a control string that came in several pieces: this is the last one. */
  last: boolean
}

/**
 * Splits the output of one program, however it is cut, by the rules of the page's terminal. The pieces, one after the
 * other, are the output itself, byte for byte; only an ESC at the end of a chunk waits for what follows it.
 * Each byte is looked at once, and nothing else is kept: who wants whole strings sets their limit.
 */
export class Splitter {
  #inside = false
  #osc = false
  #escape = false

  push(chunk: Buffer): Piece[] {
    const bytes = this.#escape ? Buffer.concat([Buffer.of(ESC), chunk]) : chunk
    this.#escape = bytes.at(-1) === ESC
    const until = bytes.length - (this.#escape ? 1 : 0)
    const pieces: Piece[] = []
    let search = 0
    for (let from = 0; from < until; ) {
      const inside = this.#inside
      const found = inside ? this.#end(bytes, search, until) : this.#start(bytes, search, until)
      const to = found === -1 ? until : found
      const last = inside && found !== -1
      if (to > from || last)
        pieces.push({ kind: inside ? 'control' : 'text', bytes: bytes.subarray(from, to), last })
      from = to
      if (found === -1) break
      this.#inside = !inside
      if (this.#inside) this.#osc = bytes[from + 1] === OSC
      search = this.#inside ? from + 2 : from
    }
    return pieces
  }

  /** The ESC that waits for what follows it, once nothing will. */
  flush(): Buffer {
    const waiting = this.#escape ? Buffer.of(ESC) : Buffer.alloc(0)
    this.#escape = false
    return waiting
  }

  /** Where the next control string starts, or -1. */
  #start(bytes: Buffer, from: number, until: number): number {
    for (let at = bytes.indexOf(ESC, from); at !== -1 && at < until; at = bytes.indexOf(ESC, at + 1)) {
      if (OPENERS.has(bytes[at + 1]!)) return at
    }
    return -1
  }

  /** Where the string ends, or -1. Any other ESC ends it too: it starts something else. */
  #end(bytes: Buffer, from: number, until: number): number {
    for (let at = from; at < until; at += 1) {
      const byte = bytes[at]!
      if (byte === ESC) return bytes[at + 1] === BACKSLASH ? at + 2 : at
      if (byte === CAN || byte === SUB || (byte === BEL && this.#osc)) return at + 1
    }
    return -1
  }
}
