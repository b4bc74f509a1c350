/**
 * The exchange of a lab on the real network beside the same one on the simulated network: the last of each is kept while
 * the learner plays the other, and « Comparer » draws both and says what differs.
 */
import type { LaneRole } from '../wire/lanes.ts'
import type { Happening } from '../wire/moments.ts'
import type { RolePane } from './role-pane.ts'
import type { Run } from './run.ts'

/** Where an exchange takes place; a recording is not compared. */
export type Place = 'real' | 'simulated' | 'recorded'
export const PLACES = ['real', 'simulated'] as const

/** What the programs did, and the lanes of its figure. */
export interface Exchange {
  happenings: readonly Happening[]
  roles: readonly LaneRole[]
}

export interface SeenNow {
  runs: ReadonlyMap<Run, RolePane>
  /** In the order of the lanes. */
  roles: readonly LaneRole[]
}

export class SideBySide {
  readonly #root: HTMLElement
  readonly #now: () => SeenNow
  readonly #kept = new Map<Place, Exchange>()
  /** Where what is seen takes place; null before anything is. */
  #place: Place | null = null
  /** What is seen is kept already, as it was before it was stopped. */
  #isKept = false

  constructor(root: HTMLElement, now: () => SeenNow) {
    this.#root = root
    this.#now = now
    const sheet = root.querySelector<HTMLElement>('[data-compare]')
    sheet?.addEventListener('toggle', (event) => {
      if ((event as ToggleEvent).newState === 'open') void this.#show(sheet)
    })
  }

  /** Something happens there. */
  happens(place: Place): void {
    if (place === this.#place) return
    this.#place = place
    this.#offer()
  }

  /** Keeps what is seen, unless it is kept already. */
  keep(): void {
    if (this.#isKept || !this.#place) return
    this.#kept.set(this.#place, this.#seen())
    this.#isKept = true
  }

  /** What is seen is about to be forgotten: another exchange begins. */
  anew(): void {
    this.keep()
    this.#isKept = false
    this.#place = null
  }

  /** Offers to compare as soon as there is one of each. */
  #offer(): void {
    const button = this.#root.querySelector<HTMLElement>('[data-compare-open]')
    if (button) button.hidden = !PLACES.every((place) => place === this.#place || this.#kept.has(place))
  }

  #exchangeAt(place: Place): Exchange {
    const current = place === this.#place && !this.#isKept
    return (current ? this.#seen() : this.#kept.get(place)) ?? { happenings: [], roles: [] }
  }

  #seen(): Exchange {
    const { runs, roles } = this.#now()
    const happenings = [...runs].flatMap(([run, { role }]): Happening[] => {
      const who = { role: role.id, run: run.number }
      const events = run.events.map(({ event, offset }): Happening => ({ ...who, offset, event }))
      const at = Math.max(0, ...run.events.map(({ event }) => event.at)) + 1
      const { code } = run.end ?? {}
      const over: Happening[] =
        code === undefined || code === null ? [] : [{ ...who, offset: 0, event: { kind: 'over', at, code } }]
      return [...events, ...over]
    })
    return { happenings, roles }
  }

  async #show(sheet: HTMLElement): Promise<void> {
    const { showBoth } = await import('./compare-view.ts')
    showBoth(sheet, this.#exchangeAt('real'), this.#exchangeAt('simulated'))
  }
}
