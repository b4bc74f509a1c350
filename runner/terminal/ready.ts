/** Tells, from what a program prints, that its role is ready. */
import { StringDecoder } from 'node:string_decoder'
import { Splitter } from './split.ts'

/** How much of the text is searched, in characters: a role that prints more before it is ready never is. */
const SEARCHED = 65_536
/** How long an unfinished line must stay unchanged before it counts, in ms: « port : 12 » may become « port : 1234 ». */
const SETTLED = 50
/** How much of one line is searched: the pattern of a role may look several times at what it sees. */
const LINE_SEARCHED = 4096
/** Colours, moves of the cursor and other short sequences; one that is not finished yet. */
const SEQUENCE = /\x1b(?:\[[\x20-\x3f]*[\x40-\x7e]|(?!\[)[\x20-\x2f]*[\x30-\x7e])/g
const UNFINISHED = /\x1b[[\x20-\x3f]*$/

/** Watches an output, line by line, for the `ready` pattern of a role; calls `found` once with its named groups. */
export class ReadyWatch {
  readonly #pattern: RegExp
  readonly #found: (values: Record<string, string>) => void
  readonly #splitter = new Splitter()
  readonly #decoder = new StringDecoder('utf8')
  /** The line that is not finished. */
  #line = ''
  #searched = 0
  #timer: NodeJS.Timeout | undefined
  #over = false

  constructor(pattern: RegExp, found: (values: Record<string, string>) => void) {
    // A copy without `g` nor `y`: many lines are tested.
    this.#pattern = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
    this.#found = found
  }

  push(chunk: Buffer): void {
    for (const { kind, bytes } of this.#over ? [] : this.#splitter.push(chunk)) {
      if (kind === 'text') this.#read(this.#decoder.write(bytes))
    }
    clearTimeout(this.#timer)
    if (!this.#over && this.#line) this.#timer = setTimeout(() => this.#test(this.#line), SETTLED)
    if (this.#searched > SEARCHED) this.close()
  }

  /** Stops watching; the last line counts as it is. */
  close(): void {
    this.#test(this.#line)
    this.#stop()
  }

  #read(text: string): void {
    this.#searched += text.length
    const lines = text.split(/(?<=\n)/)
    for (const part of lines) {
      this.#line += part
      if (!part.endsWith('\n')) continue
      this.#test(this.#line)
      this.#line = ''
    }
  }

  #test(line: string): void {
    if (this.#over) return
    const plain = line.replace(SEQUENCE, '').replace(UNFINISHED, '').replaceAll('\r', '')
    const match = this.#pattern.exec(plain.slice(0, LINE_SEARCHED))
    if (!match) return
    this.#stop()
    this.#found({ ...match.groups })
  }

  #stop(): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#line = ''
  }
}
