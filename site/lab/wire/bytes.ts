/** The bytes of an event, as text and in hexadecimal; what was cut in the middle of a character is shown so. Pure. */

/** The first bytes that an event shows, of `bytes`. */
export function previewOf(event: { preview?: string; bytes: number }): Uint8Array {
  if (!event.preview) return new Uint8Array()
  const binary = atob(event.preview)
  const bytes = new Uint8Array(Math.min(binary.length, event.bytes))
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** Some text, or one byte that is no whole character. */
export type Piece = { text: string } | { byte: number }

/** How many bytes a character that starts with this one takes; 0 for one that starts none. */
function lengthFrom(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc2 && first < 0xe0) return 2
  if (first >= 0xe0 && first < 0xf0) return 3
  return first >= 0xf0 && first < 0xf5 ? 4 : 0
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Bytes as UTF-8. `more`: others follow that are not here, so that an unfinished character at the end is left out. */
export function piecesOf(bytes: Uint8Array, more = false): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = lengthFrom(bytes[at]!)
    if (length === 1) {
      text += String.fromCharCode(bytes[at]!)
      at += 1
      continue
    }
    const character = bytes.subarray(at, at + length)
    try {
      if (length === 0 || character.length < length) throw new RangeError('not a whole character')
      text += decoder.decode(character)
      at += length
    } catch {
      if (more && length > 0 && character.length < length) break
      if (text) pieces.push({ text })
      text = ''
      pieces.push({ byte: bytes[at]! })
      at += 1
    }
  }
  return text ? [...pieces, { text }] : pieces
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'))

export function hexOf(byte: number): string {
  return HEX[byte]!
}

/** Bytes as one line of text: ends of lines and other controls made visible, `‹C3›` for half a character. */
export function textOf(bytes: Uint8Array, more = false): string {
  return piecesOf(bytes, more)
    .map((piece) => ('text' in piece ? visible(piece.text) : `‹${hexOf(piece.byte)}›`))
    .join('')
}

function visible(text: string): string {
  return text.replace(/[\x00-\x1f\x7f]/g, (character) => {
    if (character === '\n') return '⏎'
    const code = character.charCodeAt(0)
    return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code)
  })
}

/**
 * Lines of hexadecimal and of text, `width` bytes each; a bar stands where `cuts` say that they were cut. In the text, a
 * character stands at its first byte; `▯` is half of one, `·` no character.
 */
export function hexLines(bytes: Uint8Array, width: number, cuts: readonly number[] = []): string[] {
  const cells = cellsOf(bytes)
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += width) {
    const line = [...bytes.subarray(at, at + width)]
    const hex = line.map((byte, rank) => (cuts.includes(at + rank) ? '|' : ' ') + hexOf(byte)).join('')
    const padded = bytes.length > width ? hex.padEnd(3 * width) : hex
    lines.push(`${padded}  ${cells.slice(at, at + width).join('')}`)
  }
  return lines
}

/** What each byte shows in a column of text. */
function cellsOf(bytes: Uint8Array): string[] {
  return piecesOf(bytes).flatMap((piece) => {
    if ('byte' in piece) return ['▯']
    return [...piece.text].flatMap((character) => {
      if (character < '\x80') return /[\x00-\x1f\x7f]/.test(character) ? '·' : character
      return [character, ...Array<string>(encoder.encode(character).length - 1).fill(' ')]
    })
  })
}
