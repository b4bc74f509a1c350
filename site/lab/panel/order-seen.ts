/**
 * A predicted order beside the figure, the learner's or that of a class: card by card, what was predicted and what was
 * seen; each shows its row.
 */
import type { EventCard } from '../../../labs/activities.ts'
import type { LabRecord } from '../../learner/labs.ts'
import { ORDER } from '../../texts/order.ts'
import { compose } from '../../typography.ts'
import {
  type Compared,
  cardWords,
  compareOrder,
  isAsPredicted,
  isComplete,
  keptOrder,
  type RoleTitles,
  type Seen,
  seenIn,
} from '../wire/cards.ts'
import type { WireView } from '../wire/view.ts'

export interface OrderSeenOptions {
  /** The section of the figure. */
  root: HTMLElement
  cards: readonly EventCard[]
  roles: RoleTitles
  record: LabRecord
  view(): WireView | null
  /** Whether something may still happen. */
  running(): boolean
  /** Whether what a role does is not in the figure. */
  unobserved(role: string): boolean
  /** What it says in one sentence has changed. */
  changed(): void
}

/** What a card has become: as predicted or not, or not known yet. */
interface Told {
  words: string
  state: 'same' | 'different' | 'unknown'
}

/** What a class predicts of what happens from the event of this key on; nothing yet. */
interface ClassOrder {
  order: readonly number[] | null
  from: number
}

export class OrderSeen {
  readonly #options: OrderSeenOptions
  readonly #element: HTMLElement
  /** In place of the learner's. */
  #class: ClassOrder | null = null
  /** Whether nothing is being played, for a class; what was seen is then all that counts, once it is complete. */
  #resting = false
  #over = false
  #seen: Seen
  #shown = ''
  #score = ''
  #right: boolean | undefined

  constructor(options: OrderSeenOptions) {
    this.#options = options
    this.#element = options.root.querySelector<HTMLElement>('[data-wire-order]')!
    this.#seen = options.cards.map(() => null)
  }

  /** In one sentence; empty before anything is seen. */
  get score(): string {
    return this.#score
  }

  /** Whether all was as predicted; undefined while that is not known. */
  get right(): boolean | undefined {
    return this.#right
  }

  /** A class is about to predict in place of the learner, whose prediction then comes back. */
  present(on: boolean): void {
    this.#begin(on ? { order: null, from: 0 } : null)
  }

  /** The class predicts this of what happens from now on. */
  predict(order: readonly number[]): void {
    this.#begin({ order: order.length > 0 ? order : null, from: this.#options.view()?.happened ?? 0 })
  }

  /** Whether nothing is being played. */
  set resting(resting: boolean) {
    this.#resting = resting
    this.refresh()
  }

  #begin(predicted: ClassOrder | null): void {
    this.#class = predicted
    this.#over = false
    this.#seen = this.#options.cards.map(() => null)
    this.#score = ''
    this.#right = undefined
    this.#options.changed()
    this.refresh()
  }

  /** Compares anew: the figure, the state of a program or the prediction may have changed. */
  refresh(): void {
    const { record, cards, view } = this.#options
    const figure = view()
    const order = this.#class ? this.#class.order : record.order
    this.#element.hidden = order === null || !figure
    if (order === null || !figure) return
    if (!this.#over) this.#look(figure)
    const compared = compareOrder(keptOrder(order, cards), this.#seen)
    const told = compared.map((one) => this.#tell(one))
    this.#sum(told)
    const shown = JSON.stringify([told, compared.map(({ seen: at }) => at)])
    if (shown === this.#shown) return
    this.#shown = shown
    const list = this.#element.querySelector('[data-order-list]')!
    list.replaceChildren(...compared.map((one, at) => this.#item(one, told[at]!)))
  }

  #look({ figure, whole }: WireView): void {
    const { cards } = this.#options
    const seen = seenIn(figure, cards, this.#class?.from)
    // What the figure no longer draws has been seen all the same.
    if (whole || this.#seen.every((moment, card) => !moment || seen[card])) this.#seen = seen
    this.#over = this.#class !== null && this.#resting && isComplete(this.#seen, cards)
  }

  #tell(one: Compared): Told {
    const { unobserved, cards } = this.#options
    const { expected, seen } = one
    const running = !this.#over && this.#options.running()
    if (!seen) {
      if (unobserved(cards[one.card]!.role)) return { words: ORDER.unobserved, state: 'unknown' }
      if (!expected) return { words: running ? ORDER.notSeen : ORDER.never, state: 'same' }
      return running
        ? { words: ORDER.notYet, state: 'unknown' }
        : { words: `${ORDER.expected(expected)}, ${ORDER.never}`, state: 'different' }
    }
    if (isAsPredicted(one)) return { words: ORDER.seen(seen), state: 'same' }
    const before = expected ? ORDER.expected(expected) : ORDER.notExpected
    return { words: `${before}, ${ORDER.seen(seen)}`, state: 'different' }
  }

  #sum(told: readonly Told[]): void {
    const same = told.filter(({ state }) => state === 'same').length
    const begun = this.#seen.some((moment) => moment !== null)
    const score = begun ? ORDER.score(same, told.length) : ''
    this.#right = told.some(({ state }) => state === 'unknown') ? undefined : same === told.length
    if (score === this.#score) return
    this.#score = score
    this.#element.querySelector('[data-order-score]')!.textContent = compose(score)
    this.#options.changed()
  }

  #item({ card, expected, moment }: Compared, { words, state }: Told): HTMLElement {
    const { cards, roles, view } = this.#options
    const item = document.createElement('li')
    item.dataset.state = state
    const said = compose(cardWords(cards[card]!, roles))
    const name = document.createElement(moment ? 'button' : 'span')
    name.className = 'order-words'
    name.textContent = said
    if (moment) {
      name.title = ORDER.show
      // The figure may have been computed again since: the event is the same.
      name.addEventListener('click', () => view()?.selectEvent(moment.event))
    }
    const difference = document.createElement('span')
    difference.className = 'order-difference'
    difference.textContent = `${{ same: '✓ ', different: '✕ ', unknown: '' }[state]}${compose(words)}`
    const rank = document.createElement('span')
    rank.className = 'order-rank'
    rank.textContent = expected ? `${expected}.` : '–'
    item.append(rank, name, difference)
    return item
  }
}
