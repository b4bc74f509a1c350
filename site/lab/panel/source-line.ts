/** A line of a source, where the page shows it: in an editor that takes it, else in a listing. */

/** How long it stays lit, in ms. */
const LIT_FOR = 4_000

/** Shows `refus/serveur.ts:50:17`; false when the page has no such line. */
export function showSource(site: string): boolean {
  const [, file, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(site) ?? []
  if (!file) return false
  const asked = new CustomEvent('pd:source', { detail: { file, line: Number(line) }, cancelable: true })
  if (!document.dispatchEvent(asked)) return true
  const element = lineOf(file, Number(line))
  if (!element) return false
  const folded = element.closest('details')
  if (folded) folded.open = true
  element.scrollIntoView({ block: 'center' })
  element.toggleAttribute('data-asked', true)
  setTimeout(() => element.removeAttribute('data-asked'), LIT_FOR)
  return true
}

function lineOf(file: string, line: number): HTMLElement | null {
  return document.querySelector(`[data-source="${CSS.escape(file)}"] [data-line="${line}"]`)
}
