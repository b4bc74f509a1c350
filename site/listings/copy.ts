/** Copies listings: what their source says. */
import { copyText } from '../lab/terminal/clipboard.ts'
import { LISTINGS } from '../texts/pages.ts'

/** How long the button says what became of it, in ms. */
const SAID_FOR = 2000

/** The code that a listing shows. A label that stands for a comment says which. */
function codeOf(listing: Element): string {
  const lines = listing.querySelectorAll<HTMLElement>('.line')
  return Array.from(lines, ({ dataset, textContent }) => dataset.text ?? textContent).join('\n')
}

document.addEventListener('click', async ({ target }) => {
  const button = (target as Element).closest<HTMLButtonElement>('.pd-copy')
  if (!button) return
  button.textContent = (await copyText(codeOf(button.closest('.pd-listing')!)))
    ? LISTINGS.copied
    : LISTINGS.copyRefused
  setTimeout(() => {
    button.textContent = LISTINGS.copy
  }, SAID_FOR)
})
