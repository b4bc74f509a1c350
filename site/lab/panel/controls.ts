/** What a panel finds in its HTML: its elements, its buttons, the line where it says what happened. */
import { showInline } from './show.ts'

export class Controls {
  readonly root: HTMLElement

  constructor(root: HTMLElement) {
    this.root = root
  }

  find(selector: string): HTMLElement & HTMLFormElement {
    return this.root.querySelector<HTMLElement & HTMLFormElement>(selector)!
  }

  button(action: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`[data-action="${action}"]`)
  }

  on(action: string, run: () => void): void {
    this.button(action)?.addEventListener('click', run)
  }

  /** A button that stays down. */
  toggle(action: string, set: (on: boolean) => void): void {
    const button = this.button(action)
    button?.addEventListener('click', () => {
      const on = button.getAttribute('aria-pressed') !== 'true'
      button.setAttribute('aria-pressed', String(on))
      set(on)
    })
  }

  /** Says what happened, in the panel. */
  status(text: string, error = false): void {
    const element = this.find('[data-status]')
    showInline(element, text)
    element.toggleAttribute('data-error', error)
  }
}
