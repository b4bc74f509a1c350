/** Lights the twin of the line pointed at or focused, and copies listings. */
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
