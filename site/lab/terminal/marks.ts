/** Which line of a terminal holds which byte of what a program printed; and how a line is lit. */
import type { IDecoration, IMarker, Terminal } from '@xterm/xterm'

/** Lines remembered; and most of them noted in one write, beyond which only its end is. */
const MARKS_MAX = 2_000
const LINES_MAX = 100

const NEWLINE = 0x0a

export class LineMarks {
  readonly #xterm: Terminal
  #marks: { offset: number; marker: IMarker }[] = []
  #lit: IDecoration[] = []

  constructor(xterm: Terminal) {
    this.#xterm = xterm
  }

  /** Cuts bytes that start at `offset` where a line begins; each piece is noted once it is parsed. */
  piecesOf(bytes: Uint8Array, offset: number): { piece: Uint8Array; end: number }[] {
    const pieces: { piece: Uint8Array; end: number }[] = []
    let from = 0
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      if (pieces.length === LINES_MAX) return [{ piece: bytes, end: offset + bytes.length }]
      pieces.push({ piece: bytes.subarray(from, at + 1), end: offset + at + 1 })
      from = at + 1
    }
    if (from < bytes.length) pieces.push({ piece: bytes.subarray(from), end: offset + bytes.length })
    return pieces
  }

  /** The text up to `offset` is parsed: the next one begins where the cursor is. */
  note(offset: number): void {
    const last = this.#marks.at(-1)
    if (last && offset <= last.offset) return
    const marker = this.#xterm.registerMarker(0)
    if (!marker) return
    this.#marks.push({ offset, marker })
    if (this.#marks.length <= MARKS_MAX) return
    for (const { marker: old } of this.#marks.splice(0, MARKS_MAX / 2)) old.dispose()
  }

  /** A new program prints. */
  reset(): void {
    this.unlight()
    for (const { marker } of this.#marks) marker.dispose()
    this.#marks = []
  }

  /** Lights the line that holds the byte at `offset`, and shows it. */
  light(offset: number): void {
    const mark = this.#marks.findLast((one) => one.offset <= offset)
    if (!mark || mark.marker.isDisposed) return
    const { line } = mark.marker
    const { active } = this.#xterm.buffer
    let height = 1
    while (active.getLine(line + height)?.isWrapped) height += 1
    const decoration = this.#xterm.registerDecoration({
      marker: mark.marker,
      width: this.#xterm.cols,
      height,
      layer: 'bottom',
    })
    decoration?.onRender((element) => element.classList.add('terminal-lit'))
    if (decoration) this.#lit.push(decoration)
    if (line < active.viewportY || line >= active.viewportY + this.#xterm.rows) this.#xterm.scrollToLine(line)
  }

  unlight(): void {
    for (const decoration of this.#lit.splice(0)) decoration.dispose()
  }

  /** The bytes of a line of the buffer, to infinity for the last one; null when they are not known. */
  bytesOf(line: number): { from: number; to: number } | null {
    const at = this.#marks.findLastIndex(({ marker }) => marker.line <= line)
    const from = this.#marks[at]
    if (!from) return null
    return { from: from.offset, to: this.#marks[at + 1]?.offset ?? Number.POSITIVE_INFINITY }
  }
}
