/** The cards of a demonstration: the class puts them in order before a step; « Le fil » then says what came of it. */
import type { EventCard } from '../../../labs/activities.ts'
import type { Lab } from '../../../labs/lab.ts'
import { cardWords } from '../wire/cards.ts'
import { shuffled } from './options.ts'
import type { OrderSeen } from './order-seen.ts'

/** Cards as the screen shows them. */
export interface DealtCard {
  /** Its rank among the cards of the lab. */
  card: number
  words: string
}

export class DemoOrder {
  /** In the order in which they are shown. */
  readonly cards: readonly DealtCard[]
  /** The step before which they are put in order, from 0; -1 without one. */
  readonly before: number
  readonly #seen: OrderSeen
  /** What the class expects, in order. */
  #chosen: number[] = []

  constructor(lab: Lab, cards: readonly EventCard[], seen: OrderSeen) {
    const words = cards.map((card) => cardWords(card, lab.roles))
    this.cards = shuffled(words).map((card) => ({ card, words: words[card]! }))
    this.before = lab.scenario.findIndex(({ order }) => order)
    this.#seen = seen
  }

  get chosen(): readonly number[] {
    return this.#chosen
  }

  /** What the figure says of the order of the class, in one sentence; empty before it says anything. */
  get score(): string {
    return this.#chosen.length > 0 ? this.#seen.score : ''
  }

  /** The demonstration begins, anew, or is over. */
  present(on: boolean): void {
    this.#chosen = []
    this.#seen.present(on)
  }

  /** Puts a card after those that are chosen, or takes it back. */
  choose(card: number): void {
    const others = this.#chosen.filter((one) => one !== card)
    this.#chosen = others.length < this.#chosen.length ? others : [...others, card]
  }

  /** A step is about to be played: what it does counts, from the one that the cards are put in order before. */
  playing(step: number): void {
    if (step === this.before) this.#seen.predict(this.#chosen)
    this.#seen.resting = false
  }

  played(): void {
    this.#seen.resting = true
  }
}
