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

/** What a key would be, in a paste: every control character but tab and the ends of lines. */
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g

/** A paste is text: what would act as a key is made visible, `␃` for 03, `␡` for 7F, `␛[` for 9B. */
export function harmlessPaste(text: string): string {
  return text.replace(CONTROLS, (character) => {
    const code = character.charCodeAt(0)
    if (code === 0x7f) return '␡'
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `␛${String.fromCharCode(code - 0x40)}`
  })
}
