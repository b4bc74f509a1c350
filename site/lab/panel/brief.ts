/** The consigne: one thing to do at a time, always as high; the full list of a beat opens over the terminals. */
import type { Activities } from '../../../labs/activities.ts'
import type { LabRecord } from '../../learner/labs.ts'
import { MODIFY } from '../../texts/modify.ts'
import { instead } from '../../texts/simulated.ts'
import { LAB, ORDER } from '../../texts.ts'
import type { BeatId, ListId } from './beats.ts'
import { shownOrder } from './options.ts'
import { showInline } from './show.ts'

export interface BriefOptions {
  root: HTMLElement
  record: LabRecord
  activities: Activities | undefined
  /** What « Lancer » says. */
  launch: Readonly<{ say: string; note: string }>
  /** Whether the learner has ticked it. */
  marked(list: ListId, value: string): boolean
  predict(index: number, option: number): void
  /** What the last run says of the order of the cards: nothing yet, or in one sentence, right or not. */
  ordered(): { score: string; right: boolean | undefined }
  /** Puts the keyboard on the cards. */
  arrange(): void
  mark(list: ListId, value: string, on: boolean): void
  /** What is awaited to see a modification done, or who says that it is. */
  modified(title: string): string
}

/** A thing to do; `value` is what is kept once it is done. */
interface Item {
  say: string
  note: string
  /** Said first of the note: what the learner chose was right, or not. */
  right?: boolean
  value?: string
  /** The page sees by itself that it is done. */
  isSeen?: boolean
}

/** There is no runner: nothing but the page runs programs. */
const isAlone = () => document.documentElement.dataset.runner === 'simulated'

export class Brief {
  readonly #options: BriefOptions
  #beat: BeatId = 'launch'
  /** Where one is in each beat. */
  readonly #at: Partial<Record<BeatId, number>> = {}

  constructor(options: BriefOptions) {
    this.#options = options
    for (const button of options.root.querySelectorAll<HTMLElement>('[data-brief-step]')) {
      button.addEventListener('click', () => this.#go(this.#index + Number(button.dataset.briefStep)))
    }
    this.#part('done').addEventListener('click', () => this.#toggleDone())
    options.root.addEventListener('click', ({ target }) => this.#follow(target))
    this.#wireAll()
  }

  /** Shows a beat, at the first thing left to do. */
  show(beat: BeatId): void {
    this.#beat = beat
    for (const sheet of this.#options.root.querySelectorAll<HTMLElement>('[data-sheet]')) {
      sheet.hidden = sheet.dataset.sheet !== beat
    }
    const items = this.#items()
    const left = items.findIndex((_, index) => !this.#isDone(index))
    this.#at[beat] ??= Math.max(0, left)
    this.#go(this.#index)
  }

  /** The exercise that is worked on in the full list is the thing to do: it is verified from the brief too. */
  #follow(target: EventTarget | null): void {
    const exercise = target instanceof Element ? target.closest<HTMLElement>('[data-exercise-id]') : null
    const index = exercise
      ? this.#items().findIndex(({ value }) => value === exercise.dataset.exerciseId)
      : -1
    if (index < 0 || index === this.#index) return
    this.#at[this.#beat] = index
    this.refresh()
  }

  /** Shows again what may have changed. */
  refresh(): void {
    const items = this.#items()
    const item = items[this.#index]
    if (!item) return
    showInline(this.#part('say'), item.say)
    const note = this.#part('note')
    showInline(note, item.note)
    if (item.right !== undefined) note.prepend(verdict(item.right), ' ')
    this.#showOptions()
    this.#part('at').textContent = items.length > 1 ? LAB.at(this.#index + 1, items.length) : ''
    const verify = this.#part('verify')
    verify.hidden = this.#beat !== 'create' || !this.#isChecked(item.value)
    verify.dataset.value = item.value ?? ''
    const done = this.#part('done')
    done.hidden = item.value === undefined
    done.setAttribute('aria-pressed', String(this.#isDone(this.#index)))
    done.querySelector('span')!.textContent = this.#doneWords(item)
    for (const button of this.#options.root.querySelectorAll<HTMLButtonElement>('[data-brief-step]')) {
      button.hidden = items.length < 2
      button.disabled = items[this.#index + Number(button.dataset.briefStep)] === undefined
    }
  }

  /** What is done is said first: the row shows one line. */
  #modified(title: string, statement: string): string {
    const { marked, modified } = this.#options
    const words = modified(title)
    return (marked('modify', title) ? [words, statement] : [statement, words]).join(' ').trim()
  }

  #doneWords({ isSeen }: Item): string {
    if (this.#beat === 'observe') return LAB.seen
    return isSeen && !this.#isDone(this.#index) ? MODIFY.elsewhere : LAB.done
  }

  get #index(): number {
    return this.#at[this.#beat] ?? 0
  }

  #go(index: number): void {
    this.#at[this.#beat] = Math.min(Math.max(0, index), this.#items().length - 1)
    this.#options.root.querySelector('[data-status]')!.textContent = ''
    this.refresh()
  }

  #items(): readonly Item[] {
    const { activities, launch } = this.#options
    switch (this.#beat) {
      case 'launch':
        return [launch]
      case 'predict':
        return [
          ...(activities?.predict ?? []).map(({ question }, index) => ({
            say: question,
            note: this.#chosen(index)?.because ?? '',
            ...this.#rightOf(index),
          })),
          ...(activities ? [this.#order(activities.order.question)] : []),
        ]
      case 'observe':
        return (activities?.observe ?? []).map((say, index) => ({
          say,
          note: [this.#predicted(index), isAlone() ? instead(say) : ''].filter(Boolean).join(' '),
          ...this.#rightOf(index),
          value: String(index),
        }))
      case 'modify':
        return (activities?.modify ?? []).map(({ title, statement, seen }) => ({
          say: title,
          note: this.#modified(title, statement),
          value: title,
          isSeen: seen !== undefined,
        }))
      case 'create':
        return (activities?.create ?? []).map(({ id, title, statement }) => ({
          say: `\`${id}\` ${title}`,
          note: statement,
          value: id,
        }))
    }
  }

  #isDone(index: number): boolean {
    const { record, marked } = this.#options
    if (this.#beat === 'predict')
      return this.#isOrder(index) ? record.order !== null : record.predictions[index] !== undefined
    const value = this.#items()[index]?.value
    return this.#beat !== 'launch' && value !== undefined && marked(this.#beat, value)
  }

  /** The cards come after the questions. */
  #isOrder(index: number): boolean {
    return this.#beat === 'predict' && index === this.#options.activities?.predict.length
  }

  #order(say: string): Item {
    const { score, right } = this.#options.ordered()
    const note = score ? `${ORDER.title} : ${score}.` : ORDER.kept
    return { say, note, ...(right !== undefined && { right }) }
  }

  /** Whether a judge plays this exercise. */
  #isChecked(id = ''): boolean {
    return this.#options.root.querySelector(`[data-exercise-id="${CSS.escape(id)}"][data-check]`) !== null
  }

  #rightOf(index: number): Pick<Item, 'right'> {
    const option = this.#chosen(index)
    return option ? { right: option.right ?? false } : {}
  }

  /** A prediction recalled while one observes. */
  #predicted(index: number): string {
    const question = this.#options.activities?.predict[index]?.question
    const option = this.#chosen(index)
    return question && option ? LAB.predicted(question, option.text) : ''
  }

  #chosen(index: number) {
    const { record, activities } = this.#options
    return activities?.predict[index]?.options[record.predictions[index] ?? -1]
  }

  #showOptions(): void {
    const { activities, predict } = this.#options
    const index = this.#index
    const options = activities?.predict[index]?.options ?? []
    const asked = this.#beat === 'predict' && !this.#isDone(index)
    const brief = this.#options.root.querySelector('[data-brief]')!
    brief.toggleAttribute('data-asks', asked)
    const shown = asked ? `${index}` : ''
    const row = this.#part('options')
    // The keyboard stays on the option where it is.
    if (row.dataset.shown === shown) return
    row.dataset.shown = shown
    if (asked && this.#isOrder(index)) {
      row.replaceChildren(this.#option(ORDER.arrange, () => this.#arrange()))
      return
    }
    row.replaceChildren(
      ...(asked ? shownOrder(options) : []).map((position) => {
        return this.#option(options[position]!.text, () => {
          predict(index, position)
          this.#options.root.querySelector<HTMLElement>('[data-brief-step="1"]:enabled')?.focus()
        })
      }),
    )
  }

  #option(text: string, choose: () => void): HTMLElement {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'small' })
    showInline(button, text)
    button.addEventListener('click', choose)
    return button
  }

  #arrange(): void {
    this.#openAll(true)
    this.#options.arrange()
  }

  #toggleDone(): void {
    const value = this.#items()[this.#index]?.value
    if (value === undefined || this.#beat === 'launch' || this.#beat === 'predict') return
    const on = !this.#isDone(this.#index)
    this.#options.mark(this.#beat, value, on)
    const next = this.#items().findIndex((_, index) => index > this.#index && !this.#isDone(index))
    if (on && next > 0) this.#go(next)
  }

  /** « Tout voir »: left by Escape, by its button, or by going on with the terminals. */
  #wireAll(): void {
    this.#allButton.addEventListener('click', () => this.#openAll(!this.#isAllOpen))
    this.#options.root.addEventListener('keydown', ({ key, target }) => {
      if (key !== 'Escape' || !this.#isAllOpen) return
      if (target instanceof Element && target.closest('.xterm, [popover]')) return
      this.#openAll(false)
      this.#allButton.focus()
    })
    this.#options.root.addEventListener('pd:launched', () => this.#openAll(false))
  }

  get #allButton(): HTMLElement {
    return this.#options.root.querySelector<HTMLElement>('[data-action="all"]')!
  }

  get #isAllOpen(): boolean {
    return this.#allButton.getAttribute('aria-expanded') === 'true'
  }

  #openAll(on: boolean): void {
    this.#options.root.querySelector('[data-all]')!.toggleAttribute('data-open', on)
    this.#allButton.setAttribute('aria-expanded', String(on))
  }

  #part(name: string): HTMLElement {
    return this.#options.root.querySelector<HTMLElement>(`[data-brief-${name}]`)!
  }
}

function verdict(right: boolean): HTMLElement {
  const words = document.createElement('b')
  words.textContent = right ? `✓ ${LAB.right}` : LAB.wrong
  words.toggleAttribute('data-right', right)
  return words
}
