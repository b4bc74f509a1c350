/** Tells, from what a program prints, that its role is ready. */
import { StringDecoder } from 'node:string_decoder'
import { stripVTControlCharacters } from 'node:util'

/** How much of the output is searched, in characters: a role that prints more before it is ready never is. */
const SEARCHED = 65_536
/** How long an unfinished line must stay unchanged before it counts, in ms: « port : 12 » may become « port : 1234 ». */
const SETTLED = 50

/** An OSC, DCS, APC or PM string: titles, links, traces. */
const CONTROL_STRING = /\x1b[\]PX^_][\s\S]*?(?:\x07|\x1b\\)/g
/** A sequence that is not finished yet. */
const UNFINISHED = /\x1b(?:\[[\x20-\x3f]*|[\]PX^_][\s\S]*)?$/

/** Watches an output for the `ready` pattern of a role; calls `found` once with its named groups. */
export class ReadyWatch {
  readonly #pattern: RegExp
  readonly #found: (values: Record<string, string>) => void
  readonly #decoder = new StringDecoder('utf8')
  #text = ''
  #timer: NodeJS.Timeout | undefined
  #over = false

  constructor(pattern: RegExp, found: (values: Record<string, string>) => void) {
    // A copy without `g` nor `y`: the same text is tested many times.
    this.#pattern = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
    this.#found = found
  }

  push(chunk: Buffer): void {
    if (this.#over) return
    this.#text += this.#decoder.write(chunk)
    clearTimeout(this.#timer)
    if (!this.#test(this.#text.slice(0, this.#text.lastIndexOf('\n') + 1))) {
      this.#timer = setTimeout(() => this.#test(this.#text), SETTLED)
    }
    if (this.#text.length > SEARCHED) this.close()
  }

  /** Stops watching; the last line counts as it is. */
  close(): void {
    if (!this.#over) this.#test(this.#text)
    this.#over = true
    clearTimeout(this.#timer)
    this.#text = ''
  }

  #test(text: string): boolean {
    if (this.#over) return true
    const plain = stripVTControlCharacters(text.replace(CONTROL_STRING, '').replace(UNFINISHED, ''))
    const match = this.#pattern.exec(plain.replaceAll('\r', ''))
    if (!match) return false
    this.#over = true
    clearTimeout(this.#timer)
    this.#found({ ...match.groups })
    return true
  }
}
