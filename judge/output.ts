/** What a program printed: its lines, and what it says of its own failure. */
import { stripVTControlCharacters } from 'node:util'

/** Bytes after which a program is stopped. */
export const OUTPUT_MAX = 8 << 20
/** Characters kept of an unfinished line, and of the error output. */
const LINE_MAX = 1 << 18
const ERROR_MAX = 16_384

const FAILURE = /^\s*([A-Z]\w*(Error|Exception)|error\b|ERR_|\S*Error:)/
const PLACE = /(?:file:\/\/)?(\/[^\s:()"]+?\.(?:m?ts|m?js|py)):(\d+)|File "([^"]+)", line (\d+)/
const SYNTAX = /SyntaxError|ERR_INVALID_TYPESCRIPT_SYNTAX|ERR_UNSUPPORTED_TYPESCRIPT/

export class Output {
  readonly lines: { at: number; text: string }[] = []
  #partial = { out: '', error: '' }
  #decoders = { out: new TextDecoder(), error: new TextDecoder() }
  #error = ''
  #bytes = 0

  /** Takes what came on one of the two outputs. */
  add(from: 'out' | 'error', chunk: Uint8Array): void {
    this.#bytes += chunk.length
    if (this.flooded) return
    const text = this.#decoders[from].decode(chunk, { stream: true })
    if (from === 'error') this.#error = (this.#error + text).slice(-ERROR_MAX)
    const parts = (this.#partial[from] + text).split('\n')
    this.#partial[from] = parts.pop()!.slice(0, LINE_MAX)
    // Line by line, not chunk by chunk: a control sequence may be cut in two.
    this.#push(parts)
  }

  /** The program has ended: what it left without an end of line is a line. */
  end(): void {
    this.#push(Object.values(this.#partial).filter((text) => text !== ''))
    this.#partial = { out: '', error: '' }
  }

  #push(parts: readonly string[]): void {
    const at = performance.now()
    for (const part of parts) this.lines.push({ at, text: plain(part) })
  }

  get flooded(): boolean {
    return this.#bytes > OUTPUT_MAX
  }

  get isSyntaxError(): boolean {
    return SYNTAX.test(this.#error)
  }

  /** The port that the last line about one announces; 0 when none does. */
  get announcedPort(): number {
    const port = this.lines.map(({ text }) => /port\s*:\s*(\d{2,5})$/.exec(text)?.[1]).findLast(Boolean)
    return Number(port ?? 0)
  }

  /** What it said of its own failure, with the place; undefined when it said nothing. */
  failure(): string | undefined {
    const errors = this.#error.split('\n').map(plain)
    const said = errors.find((line) => FAILURE.test(line)) ?? this.#last(errors)
    if (said === undefined) return undefined
    const place = errors
      .map((line) => PLACE.exec(line))
      .find((found) => found && !/node:internal|node_modules/.test(found[0]))
    if (!place) return said.trim()
    return `${said.trim()} (${baseName(place[1] ?? place[3]!)}, ligne ${place[2] ?? place[4]})`
  }

  #last(errors: readonly string[]): string | undefined {
    return [...this.lines.map(({ text }) => text), ...errors].filter((line) => line.trim() !== '').at(-1)
  }

  /** Where a syntax error is: the place, the line, the message. */
  syntaxExcerpt(): string[] {
    const lines = this.#error.split('\n').map(plain)
    const at = lines.findIndex((line) => /\.(m?ts|m?js|py):\d+$/.test(line.trim()))
    const message = lines.find((line) => /SyntaxError/.test(line))
    const place = at === -1 ? [] : [baseName(lines[at]!.trim()).replace(/:(\d+)$/, ', ligne $1')]
    const code = at === -1 ? [] : lines.slice(at + 1, at + 3)
    return [...place, ...code, ...(message ? [message.trim()] : [])].filter((line) => line.trim() !== '')
  }

  /** The last lines, short. */
  tail(n: number): string[] {
    return this.lines.slice(-n).map(({ text }) => text.slice(0, 100))
  }
}

/** Without control sequences, nor what is left of them. */
function plain(line: string): string {
  return stripVTControlCharacters(line)
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
    .trimEnd()
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '')
}
