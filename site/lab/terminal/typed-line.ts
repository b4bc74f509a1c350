/** The line being typed, as the terminal keeps it until Enter: past its limit it would be cut in silence. Pure. */

/** What a terminal keeps of a line, in bytes, without its end: `N_TTY_BUF_SIZE` of Linux, `MAX_CANON` of macOS. */
export function lineLimit(platform: string): number {
  return /^mac|^iP/i.test(platform) ? 1_023 : 4_095
}

/** Keys that end a line or throw it away: Enter, Ctrl+C, Ctrl+D, Ctrl+U, Ctrl+Z, Ctrl+\. */
const ENDS = /[\r\n\x03\x04\x15\x1a\x1c]/
const ERASES = /.?[\x7f\b]/su

export class TypedLine {
  readonly #most: number
  #text = ''

  constructor(most: number) {
    this.#most = most
  }

  /** Takes keys; when they would make a line too long, takes none of them and tells how many bytes it would have. */
  take(keys: string): number | null {
    const lines = (this.#text + keys).split(ENDS).map(erased)
    const longest = Math.max(...lines.map((line) => new TextEncoder().encode(line).length))
    if (longest > this.#most) return longest
    this.#text = lines.at(-1)!
    return null
  }

  /** A new program reads from the start. */
  reset(): void {
    this.#text = ''
  }
}

/** Without what Backspace took away. */
function erased(line: string): string {
  let text = line
  while (ERASES.test(text)) text = text.replace(ERASES, '')
  return text
}
