/** The little Markdown of the documentation: paragraphs, `code`, emphasis. All else is text. */

const PIECES = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/
const MARKS = /^(?:`|\*\*|\*)|(?:`|\*\*|\*)$/g

/** A box that shows `title` as code, then the text. */
export function helpBox(title: string, markdown: string): HTMLElement {
  const box = document.createElement('div')
  box.className = 'editor-help-box'
  const code = document.createElement('pre')
  code.textContent = title
  box.append(code)
  for (const text of markdown.split(/\n{2,}/).filter((part) => part.trim() !== '')) {
    const paragraph = document.createElement('p')
    paragraph.append(...text.split(PIECES).map(piece))
    box.append(paragraph)
  }
  return box
}

function piece(text: string): Node | string {
  const tag = text.startsWith('`')
    ? 'code'
    : text.startsWith('**')
      ? 'strong'
      : /^\*./.test(text)
        ? 'em'
        : null
  if (!tag || !PIECES.test(text)) return text
  return Object.assign(document.createElement(tag), { textContent: text.replace(MARKS, '') })
}
