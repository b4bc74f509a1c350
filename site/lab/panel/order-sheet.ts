/**
 * The cards of « Prédire »: moved by buttons, arrow keys or a drag, above a line for what will happen and under it for
 * what will not; kept once, as every prediction.
 */
import type { LabRecord } from '../../learner/labs.ts'
import { ORDER } from '../../texts/order.ts'
import { compose } from '../../typography.ts'

export interface OrderSheetOptions {
  root: HTMLElement
  record: LabRecord
  /** The order has been kept in the record. */
  kept(): void
}

export class OrderSheet {
  readonly #options: OrderSheetOptions
  readonly #root: HTMLElement
  readonly #list: HTMLElement
  readonly #line: HTMLElement

  constructor(options: OrderSheetOptions) {
    this.#options = options
    this.#root = options.root
    this.#list = this.#part('cards')
    this.#line = this.#part('line')
    this.#list.addEventListener('click', ({ target }) => {
      const button = (target as Element).closest<HTMLElement>('[data-order-move]')
      if (button) this.#move(cardOf(button), Number(button.dataset.orderMove))
    })
    this.#list.addEventListener('keydown', (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      const card = cardOf(event.target)
      if (!by || !card) return
      event.preventDefault()
      this.#move(card, by)
    })
    this.#list.addEventListener('pointerdown', (event) => this.#drag(event))
    this.#part('keep').addEventListener('click', () => this.#keep())
    if (options.record.order) this.#lock(options.record.order)
    else this.#markEnds()
  }

  /** Puts the keyboard on the first card. */
  focus(): void {
    this.#root.scrollIntoView({ block: 'nearest' })
    this.#list.querySelector<HTMLElement>('[data-order-move="1"]')?.focus()
  }

  /** The neighbour moves: the card keeps the keyboard. */
  #move(card: HTMLElement | null, by: number): void {
    const neighbour = by < 0 ? card?.previousElementSibling : card?.nextElementSibling
    if (!card || !neighbour) return
    if (by < 0) card.after(neighbour)
    else card.before(neighbour)
    this.#moved(card)
  }

  /** A mouse takes a card anywhere, a finger by its handle: elsewhere it scrolls. */
  #drag(event: PointerEvent): void {
    const { target, pointerId, pointerType, button } = event
    const card = cardOf(target)
    if (!card || button !== 0 || this.#isKept || (target as Element).closest('button')) return
    if (pointerType !== 'mouse' && !(target as Element).closest('[data-order-grip]')) return
    event.preventDefault()
    const ended = new AbortController()
    const { signal } = ended
    this.#list.setPointerCapture(pointerId)
    card.toggleAttribute('data-dragged', true)
    this.#list.addEventListener('pointermove', ({ clientY }) => this.#follow(card, clientY), { signal })
    for (const type of ['pointerup', 'pointercancel'] as const) {
      this.#list.addEventListener(
        type,
        () => {
          ended.abort()
          card.removeAttribute('data-dragged')
          this.#moved(card)
        },
        { signal },
      )
    }
  }

  /** The dragged card takes the place of the one whose middle is passed. */
  #follow(card: HTMLElement, y: number): void {
    const { previousElementSibling: before, nextElementSibling: after } = card
    if (before && y < middleOf(before)) before.before(card)
    else if (after && y > middleOf(after)) after.after(card)
  }

  #moved(card: HTMLElement): void {
    this.#markEnds()
    const expected = this.#expected()
    const at = expected.indexOf(Number(card.dataset.card))
    const words = card.querySelector('.order-words')!.textContent
    this.#say(at < 0 ? ORDER.left(words) : ORDER.placed(words, at + 1, expected.length))
  }

  /** The cards above the line, each by its rank in the lab. */
  #expected(): number[] {
    const all = [...this.#list.children] as HTMLElement[]
    return all.slice(0, all.indexOf(this.#line)).map(({ dataset }) => Number(dataset.card))
  }

  /** The first one goes no higher, the last one no lower: said, and the keyboard stays. */
  #markEnds(): void {
    for (const button of this.#list.querySelectorAll<HTMLElement>('[data-order-move]')) {
      const { previousElementSibling: before, nextElementSibling: after } = cardOf(button)!
      button.ariaDisabled = String(!(button.dataset.orderMove === '-1' ? before : after))
    }
  }

  #keep(): void {
    const { record, kept } = this.#options
    record.order = this.#expected()
    this.#lock(record.order)
    this.#say(ORDER.kept)
    this.#part('said').focus()
    kept()
  }

  /** Shows an order that no longer changes. */
  #lock(order: readonly number[]): void {
    for (const card of order) {
      const element = this.#list.querySelector(`[data-card="${card}"]`)
      if (element) this.#line.before(element)
    }
    const others = this.#list.querySelectorAll<HTMLElement>('[data-card]')
    for (const other of others) if (!order.includes(Number(other.dataset.card))) this.#list.append(other)
    this.#root.toggleAttribute('data-kept', true)
  }

  get #isKept(): boolean {
    return this.#root.hasAttribute('data-kept')
  }

  #say(words: string): void {
    this.#part('said').textContent = compose(words)
  }

  #part(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-order-${name}]`)!
  }
}

function cardOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null
}

function middleOf(element: Element): number {
  const { top, height } = element.getBoundingClientRect()
  return top + height / 2
}
