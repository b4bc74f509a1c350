/** The search of the header: a button, Ctrl+K or ⌘K, and the window that they open. What it shows is fetched then. */
import { SEARCH } from '../texts/pages.ts'

class SiteSearch extends HTMLElement {
  #filling: Promise<void> | null = null

  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('[data-open-modal]')!
    button.disabled = false
    if (/mac|iphone|ipad/i.test(navigator.platform)) button.setAttribute('aria-keyshortcuts', 'Meta+K')
    button.addEventListener('click', () => void this.#open())
    this.#dialog.addEventListener('click', ({ target }) => {
      // A result of this same page is reached behind the window; the window itself is what surrounds its frame.
      const leaves = target === this.#dialog || (target as Element).closest('a, [data-close-modal]')
      if (leaves) this.#dialog.close()
    })
    window.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'k') return
      event.preventDefault()
      if (this.#dialog.open) this.#dialog.close()
      else void this.#open()
    })
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector('dialog')!
  }

  async #open(): Promise<void> {
    this.#dialog.showModal()
    const words = this.querySelector<HTMLElement>('[role="status"]')!
    words.textContent = SEARCH.loading
    try {
      this.#filling ??= import('./window.ts').then(({ fillSearch }) =>
        fillSearch(this.querySelector<HTMLElement>('[data-form]')!),
      )
      await this.#filling
      words.textContent = ''
      this.querySelector('input')?.focus()
    } catch {
      this.#filling = null
      words.textContent = SEARCH.failed
    }
  }
}

customElements.define('site-search', SiteSearch)
