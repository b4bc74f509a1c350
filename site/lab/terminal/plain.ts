/** What a terminal printed, as text: colours, cursor moves and private sequences removed. Pure. */

const STRING_SEQUENCE = /\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/g
const CONTROL_SEQUENCE = /\x1b\[[0-?]*[ -/]*[@-~]/g
const SHORT_SEQUENCE = /\x1b[ -/]*[0-~]/g

export function plainText(text: string): string {
  return text
    .replace(STRING_SEQUENCE, '')
    .replace(CONTROL_SEQUENCE, '')
    .replace(SHORT_SEQUENCE, '')
    .replaceAll('\r', '')
}

/** A paste must not carry an escape sequence of its own: ESC is made visible. */
export function harmlessPaste(text: string): string {
  return text.replaceAll('\x1b', '␛')
}
