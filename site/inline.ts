const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const escapeHtml = (text: string) => text.replace(/[&<>]/g, (sign) => ESCAPES[sign]!)

/**
 * One sentence kept as data, as HTML: `code`, **bold** and *italics*. `write` gives what is printed for the words outside
 * code: as they are in a page being built, whose typography is composed as a whole.
 */
export function inline(text: string, write = (words: string) => words): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.endsWith('`') && part.length > 2
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : escapeHtml(write(part))
            .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
            .replace(/\*([^*]+)\*/g, '<em>$1</em>'),
    )
    .join('')
}
