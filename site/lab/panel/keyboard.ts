/** Who types in a program that several pages show: this pane, or another one, which it then says. */
import { KEYBOARD } from '../../texts.ts'
import type { PaneView } from './pane-view.ts'

export interface KeyboardEvents {
  /** Asks the source for the keyboard. */
  drive(): void
  changed(): void
}

export class Keyboard {
  readonly #view: PaneView
  readonly #events: KeyboardEvents
  #looking = false
  #alone = false

  constructor(view: PaneView, events: KeyboardEvents) {
    this.#view = view
    this.#events = events
  }

  /** Whether another page commands the program that this pane shows. */
  get looking(): boolean {
    return this.#looking
  }

  /** How many pages show the program: alone, this one takes the keyboard as soon as it is seen. */
  set viewers(count: number) {
    this.#alone = count === 1
    if (document.visibilityState === 'visible') this.takeIfAlone()
  }

  /** Whether what is typed here goes to the program; the keyboard that nobody has any more is taken. */
  mayType(): boolean {
    this.takeIfAlone()
    return !this.#looking
  }

  /** The page that had the keyboard is gone: it is free. */
  takeIfAlone(): void {
    if (!this.#looking || !this.#alone) return
    this.#events.drive()
    this.look(false)
  }

  take(): void {
    this.#events.drive()
    this.look(false)
    this.#view.focus()
  }

  /** The keyboard has gone to another page, or come back. */
  look(looking: boolean): void {
    if (looking === this.#looking) return
    this.#looking = looking
    this.#view.look(looking)
    this.#view.notice.clear('keyboard')
    this.#events.changed()
    if (!looking) return
    const take = { label: KEYBOARD.take, run: () => this.take() }
    this.#view.notice.show('keyboard', { text: KEYBOARD.elsewhere, actions: [take] })
  }
}
