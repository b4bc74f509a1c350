/**
 * The demonstration over the whole screen: the panel itself comes above the page, which is out of reach meanwhile; its
 * terminals stay where they are in the document. Shows what it is told, tells what is pressed.
 */
import { compose } from '../../typography.ts'
import type { Card, Screen } from './demo-screen.ts'
import { showInline } from './show.ts'

export interface DemoActions {
  next(): void
  previous(): void
  quit(): void
}

/** Sizes of the sentence, in px: the first that lets it fit. */
const SIZES = [32, 28, 24, 20, 17]
const LETTERS = 'ABCDEFGH'
/** What has keys of its own. */
const TYPED_IN = 'input, textarea, select, .xterm'

export class DemoView {
  readonly #panel: HTMLElement
  readonly #root: HTMLElement
  /** The steps that ask a question first. */
  readonly #asks: readonly boolean[]
  readonly #actions: DemoActions
  #cards: readonly Card[] = []
  /** « Suivant » begins anew: no key does it by mistake. */
  #again = false
  #closing = new AbortController()

  constructor(panel: HTMLElement, asks: readonly boolean[], actions: DemoActions) {
    this.#panel = panel
    this.#root = panel.querySelector<HTMLElement>('[data-demo]')!
    this.#asks = asks
    this.#actions = actions
    for (const action of ['previous', 'next', 'quit'] as const) {
      const button = this.#button(action)
      button.addEventListener('click', ({ detail }) => {
        if (detail <= 1 && button.ariaDisabled !== 'true') actions[action]()
      })
    }
  }

  /** Takes the whole screen and the keys, until it is closed; `close` gives the keyboard back to who had it. */
  open(): void {
    if (!this.#root.hidden) return
    const before = document.activeElement
    this.#closing = new AbortController()
    const { signal } = this.#closing
    this.#root.hidden = false
    this.#panel.popover = 'manual'
    this.#panel.showPopover()
    const byHand = this.#panel.querySelectorAll<HTMLElement>('.role-head')
    for (const element of [...around(this.#panel), ...byHand]) {
      element.inert = true
      signal.addEventListener('abort', () => {
        element.inert = false
      })
    }
    document.addEventListener('keydown', (event) => this.#onKey(event), { signal })
    addEventListener('resize', () => this.#fit(), { signal })
    signal.addEventListener('abort', () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    })
    this.#button('next').focus({ preventScroll: true })
  }

  close(): void {
    this.#root.hidden = true
    this.#panel.removeAttribute('popover')
    this.#closing.abort()
  }

  show(screen: Screen): void {
    this.#root.dataset.kind = screen.kind
    this.#root.toggleAttribute('data-busy', screen.busy)
    this.#showLead(screen)
    showInline(this.#part('say'), screen.sentence)
    showInline(this.#part('because'), screen.because ?? '')
    this.#showCards(screen.cards)
    for (const [index, segment] of [...this.#root.querySelectorAll('.demo-segments > i')].entries()) {
      segment.className = index === screen.at ? 'here' : index < screen.played ? 'played' : ''
      segment.toggleAttribute('data-asks', index >= screen.played && this.#asks[index] === true)
    }
    this.#part('count').textContent = screen.count
    this.#part('next').textContent = compose(screen.next)
    this.#again = screen.again
    this.#enable('next', !screen.busy)
    this.#enable('previous', screen.back && !screen.busy)
    this.#fit()
  }

  /** How many programs run, in words; nothing when none does. */
  showRunning(words: string): void {
    this.#part('running').textContent = words
    this.#part('running').hidden = words === ''
  }

  #showLead({ lead, about, verdict }: Screen): void {
    const first = Object.assign(document.createElement('b'), { textContent: compose(lead) })
    const rest = document.createElement('span')
    showInline(rest, about.map((words) => ` · ${words}`).join(''))
    const nodes: Node[] = [first, rest]
    if (verdict) {
      const words = Object.assign(document.createElement('b'), { textContent: compose(verdict.words) })
      words.dataset.verdict = verdict.right ? 'right' : 'wrong'
      nodes.push(document.createTextNode(' '), words)
    }
    this.#part('lead').replaceChildren(...nodes)
  }

  #showCards(cards: readonly Card[]): void {
    this.#cards = cards
    const letters = this.#root.dataset.kind !== 'failed'
    const focused = [...this.#part('cards').children].indexOf(document.activeElement!)
    this.#part('cards').replaceChildren(
      ...cards.map(({ text, chosen, place, run }, index) => {
        const button = Object.assign(document.createElement('button'), { type: 'button' })
        if (letters)
          button.append(Object.assign(document.createElement('b'), { textContent: LETTERS[index] }))
        const words = document.createElement('span')
        showInline(words, text)
        button.append(words)
        if (place) button.append(Object.assign(document.createElement('i'), { textContent: place }))
        if (chosen !== undefined) button.setAttribute('aria-pressed', String(chosen))
        button.addEventListener('click', run)
        return button
      }),
    )
    const again = this.#part('cards').children[focused]
    if (again instanceof HTMLElement) again.focus({ preventScroll: true })
  }

  /** The largest sentence that leaves its row as high as it is. */
  #fit(): void {
    const top = this.#root.querySelector<HTMLElement>('.demo-top')!
    for (const size of SIZES) {
      top.style.setProperty('--say', `${size}px`)
      if (top.scrollHeight <= top.clientHeight) return
    }
  }

  #onKey(event: KeyboardEvent): void {
    const { key, target, ctrlKey, altKey, metaKey } = event
    if (ctrlKey || altKey || metaKey || (target instanceof Element && target.closest(TYPED_IN))) return
    const card = this.#cards[key.length === 1 ? LETTERS.indexOf(key.toUpperCase()) : -1]
    if (key === 'Escape') this.#actions.quit()
    else if (key === 'ArrowRight' || key === 'PageDown') this.#press('next', event)
    else if (key === 'ArrowLeft' || key === 'PageUp') this.#press('previous', event)
    else if (card && !event.repeat) card.run()
    else return
    event.preventDefault()
  }

  /** A key held down presses once. */
  #press(action: 'next' | 'previous', { repeat }: KeyboardEvent): void {
    if (repeat || (action === 'next' && this.#again)) return
    if (this.#button(action).ariaDisabled !== 'true') this.#actions[action]()
  }

  /** Disabled in words only: it keeps the keyboard. */
  #enable(action: 'next' | 'previous', enabled: boolean): void {
    this.#button(action).ariaDisabled = String(!enabled)
  }

  #button(action: keyof DemoActions): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-demo-do="${action}"]`)!
  }

  #part(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-demo-${name}]`)!
  }
}

/** All that stands beside an element or beside those that hold it. */
function around(element: HTMLElement): HTMLElement[] {
  const parent = element.parentElement
  if (!parent) return []
  const beside = [...parent.children].filter(
    (other): other is HTMLElement => other instanceof HTMLElement && other !== element && !other.inert,
  )
  return parent === document.body ? beside : [...beside, ...around(parent)]
}
