/** The foot of the figure: how far it is shown, at what scale, and what is in it. */
import { WIRE } from '../../texts/wire.ts'
import { compose } from '../../typography.ts'
import type { Figure } from './figure.ts'

export interface FootActions {
  /** Shows the first `count` moments; null follows what happens. */
  showUntil(count: number | null): void
  /** Stops where it is, or follows again. */
  pause(): void
  /** Shows one row more (1), or one less (-1). */
  step(by: number): void
  zoom(by: number): void
  /** Shows, or hides, the arrows that no event tells. */
  deduce(on: boolean): void
}

export interface FootShown {
  figure: Figure
  /** How many moments are shown; null for all, as they come. */
  limit: number | null
  /** Whether the arrows that no event tells are drawn. */
  deduced: boolean
  /** Events that are kept and not drawn; that are not kept. */
  folded: number
  dropped: number
  /** Titles of the roles that are not observed. */
  unobserved: readonly string[]
}

export class Foot {
  readonly #root: HTMLElement
  readonly #scrub: HTMLInputElement

  constructor(root: HTMLElement, actions: FootActions) {
    this.#root = root
    this.#scrub = root.querySelector<HTMLInputElement>('[data-wire-scrub]')!
    this.#scrub.addEventListener('input', () => actions.showUntil(Number(this.#scrub.value)))
    this.#part('pause').addEventListener('click', () => actions.pause())
    const deduced = this.#part('deduced')
    deduced.addEventListener('click', () => actions.deduce(deduced.ariaPressed !== 'true'))
    for (const button of root.querySelectorAll<HTMLElement>('[data-wire-step]')) {
      button.addEventListener('click', () => actions.step(Number(button.dataset.wireStep)))
    }
    for (const button of root.querySelectorAll<HTMLElement>('[data-wire-zoom]')) {
      button.addEventListener('click', () => actions.zoom(Number(button.dataset.wireZoom)))
    }
  }

  show(shown: FootShown): void {
    const { figure, limit } = shown
    const count = figure.moments.length
    this.#scrub.max = String(count)
    this.#scrub.value = String(limit ?? count)
    this.#scrub.setAttribute('aria-valuetext', WIRE.at(limit ?? count, count))
    this.#part('pause').setAttribute('aria-pressed', String(limit !== null))
    this.#part('deduced').hidden = !figure.arrows.some((arrow) => arrow.deduced)
    this.#part('deduced').ariaPressed = String(shown.deduced)
    const said = compose(countsOf(shown).join(' · '))
    const counts = this.#part('counts')
    if (counts.textContent !== said) counts.textContent = said
  }

  #part(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-wire-${name}]`)!
  }
}

function countsOf({ figure, folded, dropped, unobserved }: FootShown): string[] {
  const { moments, connections, arrows, lost } = figure
  const events = moments.filter(({ event }) => event.kind !== 'hello' && event.kind !== 'over').length
  const deduced = arrows.filter((arrow) => arrow.deduced).length
  const groups = moments.flatMap(({ event }) =>
    event.kind === 'send' || event.kind === 'receive' ? (event.times ?? []) : [],
  )
  const grouped = groups.reduce((sum, calls) => sum + calls, 0)
  return [
    ...(unobserved.length > 0 ? [WIRE.unobserved(unobserved)] : []),
    WIRE.programs(new Set(moments.map(({ role }) => role)).size),
    ...(connections.length > 0 ? [WIRE.connections(connections.length)] : []),
    `${WIRE.events(events + folded)}, ${WIRE.deduced(deduced)}`,
    ...(groups.length > 0 ? [WIRE.grouped(grouped, groups.length)] : []),
    ...(folded > 0 ? [WIRE.folded(folded)] : []),
    ...(lost + dropped > 0 ? [WIRE.lost(lost + dropped)] : []),
  ]
}
