/** The only script of the labs that a page loads at once: fetches the panel when one comes near the viewport. */
import { loadPanels } from './load.ts'

const NEAR = '600px'
const panels = document.querySelectorAll<HTMLElement>('lab-panel')

const observer = new IntersectionObserver(
  (entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    observer.disconnect()
    void load()
  },
  { rootMargin: NEAR },
)

/** True once the panel is there; each lab otherwise says that a part of the page is missing, and offers to try again. */
async function load(): Promise<boolean> {
  const done = await loadPanels()
  for (const panel of panels) {
    panel.toggleAttribute('data-incomplete', !done)
    panel.querySelector<HTMLElement>('[data-missing]')!.hidden = done
  }
  return done
}

/** A browser may remember that a module failed: a page that answers is then loaded again, and takes up what runs. */
async function retry(): Promise<void> {
  if (await load()) return
  const answer = await fetch(location.href, { method: 'HEAD' }).catch(() => null)
  if (answer?.ok) location.reload()
}

for (const panel of panels) {
  panel.querySelector('[data-retry]')?.addEventListener('click', () => void retry())
  observer.observe(panel)
}
