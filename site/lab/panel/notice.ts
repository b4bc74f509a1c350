/** What a pane says above its terminal: one thing at a time, with what can be done about it. */
import { compose } from '../../typography.ts'
import { showInline } from './show.ts'

/** How long a notice that asks for nothing stays, in ms. */
export const GLANCE = 4_000
/** The same, when there is more to read. */
export const LONG_GLANCE = 12_000

/** What a notice is about: it is withdrawn with its subject. */
export type Subject = 'link' | 'input' | 'keyboard' | 'end' | 'copy'

export interface NoticeContent {
  title?: string
  text: string
  actions?: readonly { label: string; run(): void }[]
  /** Something failed: said at once to a screen reader, and brought into view. */
  error?: boolean
  /** Leaves by itself after this time, in ms. */
  lasts?: number
}

export class Notice {
  readonly #element: HTMLElement
  #subject: Subject | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(element: HTMLElement) {
    this.#element = element
  }

  show(subject: Subject, { title, text, actions = [], error = false, lasts }: NoticeContent): void {
    clearTimeout(this.#timer)
    this.#subject = subject
    this.#element.toggleAttribute('data-error', error)
    this.#element.setAttribute('role', error ? 'alert' : 'status')
    const sentence = document.createElement('p')
    showInline(sentence, text)
    this.#element.replaceChildren(...titleOf(title), sentence, ...buttonsOf(actions))
    if (error) this.#element.parentElement?.scrollIntoView({ block: 'nearest' })
    if (lasts !== undefined) this.#timer = setTimeout(() => this.clear(subject), lasts)
  }

  /** Withdraws what it says about these subjects, or about any. */
  clear(...subjects: Subject[]): void {
    if (!this.#subject || (subjects.length > 0 && !subjects.includes(this.#subject))) return
    clearTimeout(this.#timer)
    this.#subject = null
    this.#element.removeAttribute('data-error')
    this.#element.replaceChildren()
  }
}

function titleOf(title: string | undefined): HTMLElement[] {
  if (title === undefined) return []
  return [
    Object.assign(document.createElement('p'), { className: 'notice-title', textContent: compose(title) }),
  ]
}

/** The first is the one that most will want. */
function buttonsOf(actions: NonNullable<NoticeContent['actions']>): HTMLElement[] {
  if (actions.length === 0) return []
  const row = Object.assign(document.createElement('p'), { className: 'notice-actions' })
  for (const [index, { label, run }] of actions.entries()) {
    const className = index === 0 ? 'primary small' : 'small'
    const button = Object.assign(document.createElement('button'), { type: 'button', className })
    button.textContent = compose(label)
    button.addEventListener('click', ({ detail }) => {
      if (detail <= 1) run()
    })
    row.append(button)
  }
  return [row]
}
