/** The head of the figure: its levels, and the names of the lanes, on the line of its title where there is room. */
import { initialsOf } from './lanes.ts'
import type { Form, Lane } from './layout.ts'
import type { Level } from './rows.ts'

/** Half the width of a character of a name, and what is left around it, in px. */
const HALF = 5
const AROUND = 8

export class Head {
  readonly #root: HTMLElement
  readonly #levels: HTMLElement[]
  readonly #names: HTMLElement
  #shown = ''

  constructor(root: HTMLElement, choose: (level: Level) => void) {
    this.#root = root
    this.#names = root.querySelector<HTMLElement>('[data-wire-lanes]')!
    this.#levels = [...root.querySelectorAll<HTMLElement>('[data-wire-level]')]
    for (const button of this.#levels) {
      button.addEventListener('click', () => choose(button.dataset.wireLevel as Level))
    }
  }

  set level(level: Level) {
    for (const button of this.#levels) {
      button.setAttribute('aria-pressed', String(button.dataset.wireLevel === level))
    }
  }

  /** Shows the names at their lanes, whose places are given at the scale `zoom`. */
  show(form: Form, lanes: readonly Lane[], zoom: number): void {
    const titles = lanes.map(({ title }) => title)
    const xs = lanes.map(({ x }) => x * zoom)
    const names = form === 'rail' ? initialsOf(titles) : titles
    const shown = JSON.stringify([form, names, xs])
    if (this.#shown === shown) return
    this.#shown = shown
    this.#root.dataset.form = form
    this.#root.toggleAttribute('data-inline', form === 'wide' && this.#hasRoom(titles, xs))
    this.#names.replaceChildren(
      ...names.map((name, at) => {
        const element = document.createElement('span')
        element.textContent = name
        element.style.left = `${xs[at]}px`
        return element
      }),
    )
  }

  /** Whether the names fit between the title and the levels. */
  #hasRoom(titles: readonly string[], xs: readonly number[]): boolean {
    const edge = (name: string) => this.#root.querySelector(`[data-wire-${name}]`)!.getBoundingClientRect()
    const { left } = this.#root.getBoundingClientRect()
    const [from, to] = [edge('title').right - left + AROUND, edge('levels').left - left - AROUND]
    return xs.every((x, at) => x - titles[at]!.length * HALF > from && x + titles[at]!.length * HALF < to)
  }
}
