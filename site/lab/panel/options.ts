/** The order in which the options of a question are shown: always the same for a text, and telling nothing. */
export function shownOrder(options: readonly { text: string }[]): number[] {
  return options.map((_, index) => index).sort((a, b) => hash(options[a]!.text) - hash(options[b]!.text))
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return value
}
