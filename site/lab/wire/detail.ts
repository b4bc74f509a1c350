/** What is known of the selected row: its sentence, its line in the source, its bytes. */
import { WIRE } from '../../texts/wire.ts'

export interface DetailActions {
  openSource(): void
  close(): void
}

export class Detail {
  readonly #element: HTMLElement

  constructor(element: HTMLElement, actions: DetailActions) {
    this.#element = element
    this.#part('site').addEventListener('click', () => actions.openSource())
    this.#part('close').addEventListener('click', () => actions.close())
  }

  show({
    sentence,
    time,
    site,
    lines,
  }: {
    sentence: string
    time: string
    site: string
    lines: readonly string[]
  }) {
    this.#element.hidden = false
    this.#part('sentence').textContent = sentence
    this.#part('time').textContent = time
    const button = this.#part('site')
    button.hidden = site === ''
    button.textContent = `${site} ↗`
    button.title = WIRE.source(site)
    const bytes = this.#part('lines')
    bytes.hidden = lines.length === 0
    bytes.textContent = lines.join('\n')
  }

  hide(): void {
    this.#element.hidden = true
  }

  #part(name: string): HTMLElement {
    return this.#element.querySelector<HTMLElement>(`[data-detail-${name}]`)!
  }
}
