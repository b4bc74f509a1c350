/**
 * Presentation: the page one block at a time (a title of level 2 and what follows), in large type.
 * Arrows move, Escape leaves; the keys of a lab or of a field are left to them.
 */
const BUSY = 'input, textarea, select, [contenteditable], .xterm, [role=tablist], lab-panel'

class Presentation {
  readonly #content = document.querySelector<HTMLElement>('.sl-markdown-content')!
  readonly #blocks: HTMLElement[][]
  #at = 0
  #bar: HTMLElement | null = null

  constructor() {
    this.#blocks = [[]]
    for (const child of this.#content.children as Iterable<HTMLElement & Element>) {
      const opens = child.matches('h2, .sl-heading-wrapper.level-h2')
      if (opens && this.#blocks.at(-1)!.length > 0) this.#blocks.push([])
      this.#blocks.at(-1)!.push(child)
    }
  }

  get open(): boolean {
    return this.#bar !== null
  }

  start(): void {
    document.documentElement.dataset.presentation = ''
    this.#bar = document.createElement('div')
    this.#bar.className = 'pd-presentation not-content'
    this.#bar.setAttribute('role', 'toolbar')
    this.#bar.setAttribute('aria-label', 'Présentation')
    this.#bar.append(
      this.#button('← Précédent', () => this.go(this.#at - 1)),
      Object.assign(document.createElement('span'), { className: 'pd-where', role: 'status' }),
      this.#button('Suivant →', () => this.go(this.#at + 1)),
      this.#button('Quitter (Échap)', () => this.leave()),
    )
    document.body.append(this.#bar)
    this.go(0)
  }

  go(at: number): void {
    this.#at = Math.max(0, Math.min(at, this.#blocks.length - 1))
    for (const [rank, block] of this.#blocks.entries()) {
      for (const element of block) element.toggleAttribute('data-out', rank !== this.#at)
    }
    this.#bar!.querySelector('.pd-where')!.textContent = `${this.#at + 1} sur ${this.#blocks.length}`
    scrollTo({ top: 0 })
  }

  leave(): void {
    delete document.documentElement.dataset.presentation
    this.#bar?.remove()
    this.#bar = null
    for (const element of this.#blocks.flat()) element.removeAttribute('data-out')
    document.querySelector<HTMLElement>('.pd-present')?.focus()
  }

  #button(label: string, action: () => void): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = label
    button.addEventListener('click', action)
    return button
  }

  /** Plays a key; true when it was for the presentation. */
  key({ key, target }: KeyboardEvent): boolean {
    if (!this.open) return false
    if (key === 'Escape' && !(target as Element).closest('.xterm')) this.leave()
    else if ((target as Element).closest(BUSY)) return false
    else if (key === 'ArrowRight' || key === 'PageDown') this.go(this.#at + 1)
    else if (key === 'ArrowLeft' || key === 'PageUp') this.go(this.#at - 1)
    else return false
    return true
  }
}

const button = document.querySelector<HTMLElement>('.pd-present')
if (button) {
  const presentation = new Presentation()
  button.addEventListener('click', () => presentation.start())
  document.addEventListener('keydown', (event) => {
    if (presentation.key(event)) event.preventDefault()
  })
}
