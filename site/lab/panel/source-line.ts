/** A line of a source, where the page shows it: in an editor that takes it, else in a listing; and back from there. */

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

/** Tells the line of a listing that is clicked, or chosen with Enter: its file and its number there. */
export function onSourceLine(signal: AbortSignal, chosen: (file: string, line: number) => void): void {
  const tell = ({ target }: Event) => {
    const element =
      target instanceof Element ? target.closest<HTMLElement>('[data-source] .line[data-line]') : null
    const file = element?.closest<HTMLElement>('[data-source]')?.dataset.source
    if (file) chosen(file, Number(element!.dataset.line))
  }
  document.addEventListener('click', tell, { signal })
  document.addEventListener('keydown', (event) => event.key === 'Enter' && tell(event), { signal })
}
