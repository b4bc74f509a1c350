/** « Présenter »: the lab of the section before a class. The panel may not be there yet: it is loaded first. */
import { loadPanels } from './lab/panel/load.ts'

const button = document.querySelector<HTMLButtonElement>('.pd-present')

button?.addEventListener('click', async () => {
  const panel = document.querySelector<HTMLElement>('lab-panel')
  if (!panel) return
  // Where it says, when it comes near, that a part of the page is missing.
  if (!(await loadPanels())) return panel.scrollIntoView()
  if (!panel.hasAttribute('data-upgraded')) await upgraded(panel)
  panel.querySelector<HTMLElement>('[data-action="demo"]')?.click()
})

function upgraded(panel: HTMLElement): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  new MutationObserver((_, observer) => {
    observer.disconnect()
    resolve()
  }).observe(panel, { attributeFilter: ['data-upgraded'] })
  return promise
}
