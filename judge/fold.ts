/** Lines that a narrow terminal would cut in the middle of a word. Pure. */

/** Colours take no column. */
const COLOUR = /\x1b\[[\d;]*m/g
const INDENT = '  '

/** `text` in lines of at most `columns`, cut between words, those that go on being indented; a longer word stays whole. */
export function fold(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (widthOf(line) > columns ? foldLine(line, columns) : line))
    .join('\n')
}

function foldLine(line: string, columns: number): string {
  const margin = /^ */.exec(line)![0]
  // What aligns columns aligns nothing once it is folded.
  const words = line.trimStart().split(/ +/)
  const lines = [margin + words[0]]
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
