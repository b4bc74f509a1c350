/** « Essayer ici »: the program of a listing is edited and run in its lab's panel, at the line that is shown. */
import { linkTo } from '../links.ts'

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('.pd-try') : null
  const [, lab = '', file = ''] = /^([^/]+)\/(.+)$/.exec(button?.dataset.file ?? '') ?? []
  if (button && file) void tryIt(lab, file, Number(button.dataset.line))
})

async function tryIt(lab: string, file: string, line: number): Promise<void> {
  const panel = document.querySelector<HTMLElement>(`lab-panel[data-id="${CSS.escape(lab)}"]`)
  if (!panel) {
    location.href = linkTo(`/atelier/${lab}/`)
    return
  }
  panel.scrollIntoView({ block: 'start' })
  await followed(panel)
  panel.dispatchEvent(new CustomEvent('pd:edit', { detail: { lab, file, line, text: '' } }))
}

/** Resolves once the panel is alive and knows what runs: it comes when it is near. */
function followed(panel: HTMLElement): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = () => {
    if (panel.dataset.followed === undefined) return
    watcher.disconnect()
    resolve()
  }
  const watcher = new MutationObserver(look)
  watcher.observe(panel, { attributeFilter: ['data-followed'] })
  look()
  return promise
}
