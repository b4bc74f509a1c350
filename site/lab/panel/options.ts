/** The order in which the options of a question are shown: always the same for a text, and telling nothing. */
export function shownOrder(options: readonly { text: string }[]): number[] {
  return options.map((_, index) => index).sort((a, b) => hash(options[a]!.text) - hash(options[b]!.text))
}

/** The order in which cards are shown at first: always the same, never the one in which they are given. */
export function shuffled(words: readonly string[]): number[] {
  const order = shownOrder(words.map((text) => ({ text })))
  const given = order.every((card, at) => card === at)
  return given ? [...order.slice(1), ...order.slice(0, 1)] : order
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193) >>> 0
  return value
}
