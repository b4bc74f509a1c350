/** Lights the twin of the line pointed at or focused. Arrows go from line to line and from side to side. */

class Twins extends HTMLElement {
  connectedCallback() {
    for (const event of ['pointerover', 'focusin']) {
      this.addEventListener(event, ({ target }) =>
        this.#light((target as Element).closest<HTMLElement>('[data-twin]')),
      )
    }
    for (const event of ['pointerleave', 'focusout']) this.addEventListener(event, () => this.#light(null))
    this.addEventListener('keydown', (event) => {
      const next = this.#next((event.target as Element).closest<HTMLElement>('[data-twin]'), event.key)
      if (!next) return
      event.preventDefault()
      next.focus()
    })
  }

  /** Where an arrow leads from a line: the one above or below on its side, or its twin. */
  #next(line: HTMLElement | null, key: string): HTMLElement | undefined {
    if (!line) return undefined
    const all = [...this.querySelectorAll<HTMLElement>('[data-twin]')]
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      return all.find((other) => other !== line && other.dataset.twin === line.dataset.twin)
    }
    const side = all.filter((other) => other.closest('pre') === line.closest('pre'))
    if (key === 'ArrowDown') return side[side.indexOf(line) + 1]
    if (key === 'ArrowUp') return side[side.indexOf(line) - 1]
    return undefined
  }

  #light(line: HTMLElement | null) {
    for (const other of this.querySelectorAll<HTMLElement>('[data-twin]')) {
      other.toggleAttribute('data-lit', line !== null && other.dataset.twin === line.dataset.twin)
    }
  }
}

customElements.define('pd-twins', Twins)
