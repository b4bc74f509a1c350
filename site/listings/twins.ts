/** Lights the twin of the line pointed at or focused, and copies listings. */
import { copyText } from '../lab/clipboard.ts'

const COPIED_FOR = 2000

class Twins extends HTMLElement {
  connectedCallback() {
    for (const event of ['pointerover', 'focusin']) {
      this.addEventListener(event, ({ target }) =>
        this.#light((target as Element).closest<HTMLElement>('[data-twin]')),
      )
    }
    this.addEventListener('pointerleave', () => this.#light(null))
  }

  #light(line: HTMLElement | null) {
    for (const other of this.querySelectorAll<HTMLElement>('[data-twin]')) {
      other.toggleAttribute('data-lit', line !== null && other.dataset.twin === line.dataset.twin)
    }
  }
}

customElements.define('pd-twins', Twins)

document.addEventListener('click', async ({ target }) => {
  const button = (target as Element).closest<HTMLButtonElement>('.pd-copy')
  if (!button) return
  button.textContent = (await copyText(button.dataset.code ?? '')) ? 'Copié' : 'Copie refusée'
  setTimeout(() => {
    button.textContent = 'Copier'
  }, COPIED_FOR)
})
