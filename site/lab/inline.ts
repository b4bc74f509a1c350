/** Texts of the course may hold `code` in backquotes. */

export interface Piece {
  text: string
  code: boolean
}

export function inlinePieces(text: string): Piece[] {
  return text
    .split('`')
    .map((piece, index) =>
      index % 2 === 1 ? { text: piece, code: true } : { text: composed(piece), code: false },
    )
    .filter((piece) => piece.text !== '')
}

/** French typography: no line break before « : ; ! ? » nor inside guillemets, curly apostrophes. */
export function composed(text: string): string {
  return text
    .replace(/ (?=[:»])/g, '\u00a0')
    .replace(/ (?=[;!?])/g, '\u202f')
    .replace(/« /g, '«\u00a0')
    .replace(/(?<=\p{L})'/gu, '’')
}

/** Replaces the content of `element`; never interprets HTML. */
export function showInline(element: Element, text: string): void {
  element.replaceChildren(
    ...inlinePieces(text).map((piece) => {
      if (!piece.code) return piece.text
      const code = document.createElement('code')
      code.textContent = piece.text
      return code
    }),
  )
}
