/** The pane of a role, in the page: its buttons, its state, its notice, its terminal. Decides nothing; « Lancer » and « Relancer » are the panel's. */
import type { Role } from '../../../labs/lab.ts'
import type { End, LiveProgram } from '../../../runner/protocol.ts'
import { LAB, type RoleState, stateWords } from '../../texts.ts'
import type { FeedState, Size } from '../link/source.ts'
import { copyText } from '../terminal/clipboard.ts'
import type { TerminalView } from '../terminal/terminal.ts'
import { GLANCE, Notice } from './notice.ts'
import { isActive } from './states.ts'
import { VariantChoice } from './variant-choice.ts'

/** What the user of a pane wants. */
export interface PaneActions {
  stop(): void
  clear(): void
  /** Keys for the program; false when they were not sent. */
  send(keys: string): boolean
  resize(size: Size): void
  /** Someone is about to launch. */
  warm(): void
  /** The line of its terminal that holds these bytes was chosen. */
  choose(line: { from: number; to: number }): void
  /** The list of what runs gives this pane a program to take up. */
  take(program: LiveProgram): void
}

export class PaneView {
  readonly element: HTMLElement
  /** What it says above the terminal. */
  readonly notice: Notice
  /** Which program it launches. */
  readonly choice: VariantChoice
  readonly #role: Role
  readonly #actions: PaneActions
  #terminal: TerminalView | null = null
  #opening: Promise<TerminalView> | null = null
  #awaited: string | null = null
  #said: readonly (string | Node)[] = []

  constructor(element: HTMLElement, role: Role, actions: PaneActions) {
    this.element = element
    this.notice = new Notice(element.querySelector<HTMLElement>('[data-notice]')!)
    this.choice = new VariantChoice(element, role, () => this.#showWords())
    this.#role = role
    this.#actions = actions
    this.#wireButtons()
    this.#wireLine()
  }

  /** Null until a program has been launched or taken again. */
  get terminal(): TerminalView | null {
    return this.#terminal
  }

  /** Opens the terminal, the first time. Rejects when its script cannot be fetched. */
  async openTerminal(screenReader: boolean): Promise<TerminalView> {
    this.#opening ??= this.#createTerminal(screenReader)
    try {
      this.#terminal = await this.#opening
    } catch (error) {
      this.#opening = null
      throw error
    }
    this.element.dataset.opened = ''
    return this.#terminal
  }

  async #createTerminal(screenReader: boolean): Promise<TerminalView> {
    const { TerminalView } = await import('../terminal/terminal.ts')
    // Its place has a size only once it is shown.
    this.element.dataset.opened = ''
    return TerminalView.open({
      host: this.element.querySelector<HTMLElement>('[data-host]')!,
      label: LAB.terminalLabel(this.#role.title),
      screenReader,
      onInput: (text) => this.#actions.send(text),
      onUselessKey: () => this.notice.show('input', { text: LAB.arrows, lasts: GLANCE }),
      onResize: (size) => this.#actions.resize(size),
      takesKeys: () =>
        isActive(this.element.dataset.state as RoleState) && !this.element.closest('[data-recorded]'),
      onChoose: (line) => this.#actions.choose(line),
      onPlace: (detail) => this.element.dispatchEvent(new CustomEvent('pd:edit', { detail, bubbles: true })),
      // After the terminal, so that Tab goes on and Shift+Tab comes back.
      onLeave: () => this.element.querySelector<HTMLElement>('[data-exit]')?.focus(),
    })
  }

  /** Puts the keyboard where one types; a touch screen would cover the page with its own. */
  focus(): void {
    if (!matchMedia('(pointer: coarse)').matches) this.#terminal?.focus()
  }

  /** Puts the keyboard there unless the learner types elsewhere: half a word would go to each. */
  offerFocus(): void {
    const { activeElement } = document
    const typesElsewhere = activeElement?.matches('input, textarea') && !this.element.contains(activeElement)
    if (!typesElsewhere) this.focus()
  }

  /** Shows the command again, in place of a terminal where nothing ran. */
  closeTerminal(): void {
    delete this.element.dataset.opened
  }

  /** Shows only the head and a line, or all; `line` is asked for when it is folded. True when that changes something. */
  fold(folded: boolean, line: () => string): boolean {
    if (folded === this.element.hasAttribute('data-folded')) return false
    this.element.toggleAttribute('data-folded', folded)
    this.element.querySelector('[data-last]')!.textContent = folded ? line() : ''
    return true
  }

  /** Another terminal has the keyboard: this one neither stops nor interrupts the program, as the next `show` tells. */
  look(looking: boolean): void {
    this.element.toggleAttribute('data-looking', looking)
  }

  /** Before it is launched: the role that it waits for, as the next `show` tells. */
  waitFor(role: string | null): void {
    this.#awaited = role
  }

  show(state: RoleState, end: End | undefined, building?: FeedState['building']): void {
    this.element.dataset.state = state
    const awaits = state === 'idle' && this.#awaited
    this.#said = awaits ? [LAB.waits, awaited(awaits)] : [stateWords(state, end, building)]
    this.#showWords()
    const active = isActive(state)
    this.element.toggleAttribute('data-failed', state === 'ended' && end?.code !== 0)
    const looking = this.element.hasAttribute('data-looking')
    this.#enable('launch', !active)
    this.#enable('stop', active && state !== 'stopping' && !looking)
    this.#enable('restart', state !== 'idle')
    this.#enable('interrupt', active && !looking)
    this.choice.disabled = active
    this.#showSlot(active)
  }

  /** The state, and which file is launched where there are two. */
  #showWords(): void {
    const { words } = this.choice
    this.element
      .querySelector('[data-words]')!
      .replaceChildren(...this.#said, ...(words ? [`, ${words}`] : []))
  }

  /** « Lancer » or « Arrêter », in the same place; the keyboard goes from one to the other. */
  #showSlot(active: boolean): void {
    const [gone, shown] = active ? ['launch', 'stop'] : ['stop', 'launch']
    for (const button of this.#buttons(shown!)) button.hidden = false
    for (const button of this.#buttons(gone!)) {
      const had = document.activeElement === button
      button.hidden = true
      if (had) this.element.querySelector<HTMLElement>(`[data-action="${shown}"]`)?.focus()
    }
  }

  #enable(action: string, enabled: boolean): void {
    for (const button of this.#buttons(action)) button.disabled = !enabled
  }

  #buttons(action: string): NodeListOf<HTMLButtonElement> {
    return this.element.querySelectorAll<HTMLButtonElement>(`[data-action="${action}"]`)
  }

  #wireButtons(): void {
    const actions: Record<string, () => void> = {
      stop: () => this.#actions.stop(),
      clear: () => this.#actions.clear(),
      copy: () => void this.#copy(),
      interrupt: () => this.#actions.send('\x03'),
    }
    this.element.addEventListener('pd:take', ({ detail }: CustomEventInit<LiveProgram>) => {
      if (detail) this.#actions.take(detail)
    })
    this.element.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-action]') : null
      if (!button) return
      button.closest<HTMLElement>('[data-menu]')?.hidePopover()
      actions[button.dataset.action ?? '']?.()
    })
    for (const button of this.#buttons('launch')) {
      for (const type of ['pointerenter', 'focus']) {
        button.addEventListener(type, () => this.#actions.warm())
      }
    }
  }

  /** The line under the terminal: for touch screens, and for who prefers a field. */
  #wireLine(): void {
    const form = this.element.querySelector('form[data-line]')
    const input = form?.querySelector('input')
    form?.addEventListener('submit', (event) => {
      event.preventDefault()
      if (!input) return
      if (this.#actions.send(`${input.value}\r`)) input.value = ''
    })
  }

  async #copy(): Promise<void> {
    const copied = await copyText(this.#terminal?.text() ?? '')
    this.notice.show('copy', { text: copied ? LAB.copied : LAB.copyFailed, lasts: GLANCE })
  }
}

/** The name of the role that one waits for: left to the chip of the target where the head is short. */
function awaited(role: string): HTMLElement {
  const name = Object.assign(document.createElement('span'), { textContent: ` ${role}` })
  name.dataset.awaited = ''
  return name
}
