/** The session that a pane shows, remembered by the tab: a reload finds it again. */
import { type KeptSession, readSession, writeSession } from '../../learner/sessions.ts'

export class RememberedSession {
  readonly #element: HTMLElement
  readonly #panel: string
  readonly #role: string
  #kept: KeptSession | null = null

  /** `element` says which session it shows, in `data-session`. */
  constructor(element: HTMLElement, panel: string, role: string) {
    this.#element = element
    this.#panel = panel
    this.#role = role
  }

  /** What the pane shows; null when it shows nothing. */
  get kept(): KeptSession | null {
    return this.#kept
  }

  is(session: string): boolean {
    return this.#kept?.session === session
  }

  /** What the page before this one was showing, if anything. */
  left(): KeptSession | null {
    return readSession(this.#panel, this.#role)
  }

  keep(kept: KeptSession): void {
    this.#kept = kept
    this.#element.dataset.session = kept.session
    writeSession(this.#panel, this.#role, kept)
  }

  /** A reload will show what follows this byte only. */
  showFrom(from: number): void {
    if (this.#kept) this.keep({ ...this.#kept, from })
  }

  forget(): void {
    this.#kept = null
    delete this.#element.dataset.session
    writeSession(this.#panel, this.#role, null)
  }
}
