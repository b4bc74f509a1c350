/** Tells, from what a program prints, that its role is ready: as the runner does, line by line. */
import { plainText } from '../terminal/plain.ts'

/** How much of the text is searched, in characters: a role that prints more before it is ready never is. */
const SEARCHED = 65_536
/** How long an unfinished line must stay unchanged before it counts, in ms: « port : 12 » may become « port : 1234 ». */
const SETTLED = 50

export class ReadyWatch {
  readonly #pattern: RegExp
  readonly #found: (values: Record<string, string>) => void
  readonly #decoder = new TextDecoder()
  #line = ''
  #searched = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #over = false

  /** Calls `found` once, with the named groups of `pattern`. */
  constructor(pattern: RegExp, found: (values: Record<string, string>) => void) {
    this.#pattern = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
    this.#found = found
  }

  push(bytes: Uint8Array): void {
    if (this.#over) return
    clearTimeout(this.#timer)
    const text = this.#decoder.decode(bytes, { stream: true })
    this.#searched += text.length
    const lines = (this.#line + text).split(/(?<=\n)/)
    this.#line = lines.at(-1)?.endsWith('\n') ? '' : (lines.pop() ?? '')
    for (const line of lines) this.#test(line)
    if (this.#searched > SEARCHED) this.close()
    else if (this.#line) this.#timer = setTimeout(() => this.#test(this.#line), SETTLED)
  }

  /** Stops watching; the last line counts as it is. */
  close(): void {
    clearTimeout(this.#timer)
    this.#test(this.#line)
    this.#over = true
  }

  #test(line: string): void {
    if (this.#over) return
    const match = this.#pattern.exec(plainText(line))
    if (!match) return
    this.#over = true
    this.#found({ ...match.groups })
  }
}
