/** Lines that a narrow terminal would cut in the middle of a word. Pure. */

/** Colours take no column. */
const COLOUR = /\x1b\[[\d;]*m/g
/** A margin, where a colour may begin and another margin follow. */
const BEGIN = /^( *)(?:\x1b\[[\d;]*m *)*/
const INDENT = '  '

/** `text` in lines of at most `columns`, cut between words, those that go on being indented; a longer word stays whole. */
export function fold(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (widthOf(line) > columns ? foldLine(line, columns) : line))
    .join('\n')
}

function foldLine(line: string, columns: number): string {
  const [begin, margin] = BEGIN.exec(line) as unknown as [string, string]
  // What aligns columns aligns nothing once it is folded.
  const words = line.slice(begin.length).split(/ +/)
  const lines = [begin + words[0]]
  for (const word of words.slice(1)) {
    const longer = `${lines.at(-1)} ${word}`
    if (widthOf(longer) <= columns) lines[lines.length - 1] = longer
    else lines.push(margin + INDENT + word)
  }
  return lines.join('\n')
}

function widthOf(text: string): number {
  return text.replace(COLOUR, '').length
}
