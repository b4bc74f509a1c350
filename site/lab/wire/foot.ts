/** The foot of the figure: how far it is shown, at what scale, and what is in it. */
import { WIRE } from '../../texts/wire.ts'
import { compose } from '../../typography.ts'
import { say, write } from '../in-place.ts'
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
    write(this.#part('pause'), 'aria-pressed', String(limit !== null))
    const deduced = this.#part('deduced')
    const none = countsIn(figure).deduced === 0
    if (deduced.hidden !== none) deduced.hidden = none
    write(deduced, 'aria-pressed', String(shown.deduced))
    say(this.#part('counts'), compose(countsOf(shown).join(' · ')))
  }

  #part(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-wire-${name}]`)!
  }
}

interface Counts {
  programs: number
  events: number
  deduced: number
  /** Groups of calls, and the calls. */
  groups: number
  grouped: number
}

/** Kept: a figure is shown many times. */
const counted = new WeakMap<Figure, Counts>()

function countsIn(figure: Figure): Counts {
  const before = counted.get(figure)
  if (before) return before
  const roles = new Set<string>()
  const counts = { programs: 0, events: 0, deduced: 0, groups: 0, grouped: 0 }
  for (const { role, event } of figure.moments) {
    roles.add(role)
    if (event.kind !== 'hello' && event.kind !== 'over') counts.events += 1
    if ((event.kind !== 'send' && event.kind !== 'receive') || !event.times) continue
    counts.groups += 1
    counts.grouped += event.times
  }
  counts.programs = roles.size
  for (const arrow of figure.arrows) if (arrow.deduced) counts.deduced += 1
  counted.set(figure, counts)
  return counts
}

function countsOf({ figure, folded, dropped, unobserved }: FootShown): string[] {
  const { connections, lost } = figure
  const { programs, events, deduced, groups, grouped } = countsIn(figure)
  if (programs === 0) return []
  return [
    ...(unobserved.length > 0 ? [WIRE.unobserved(unobserved)] : []),
    WIRE.programs(programs),
    ...(connections.length > 0 ? [WIRE.connections(connections.length)] : []),
    `${WIRE.events(events + folded)}, ${WIRE.deduced(deduced)}`,
    ...(groups > 0 ? [WIRE.grouped(grouped, groups)] : []),
    ...(folded > 0 ? [WIRE.folded(folded)] : []),
    ...(lost + dropped > 0 ? [WIRE.lost(lost + dropped)] : []),
  ]
}
