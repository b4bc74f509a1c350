/** The five beats: what is predicted, observed, done by the learner, and what is left. */
import type { Activities } from '../../../labs/activities.ts'
import type { LabRecord } from '../../learner/labs.ts'
import { LAB } from '../../texts.ts'
import { copyText } from '../terminal/clipboard.ts'
import { Brief } from './brief.ts'
import { OrderSheet } from './order-sheet.ts'
import { showInline } from './show.ts'

export type BeatId = 'predict' | 'launch' | 'observe' | 'modify' | 'create'
const LISTS = { observe: 'observed', modify: 'modified', create: 'created' } as const
/** The beats where something is ticked. */
export type ListId = keyof typeof LISTS

export interface BeatsOptions {
  root: HTMLElement
  record: LabRecord
  activities: Activities | undefined
  /** What « Lancer » says. */
  launch: Readonly<{ say: string; note: string }>
  /** Ids of the roles that « Lancer » must have seen. */
  roles: readonly string[]
  /** What the last run says of the order of the cards. */
  ordered(): { score: string; right: boolean | undefined }
  /** What is awaited to see a modification done, or who says that it is. */
  modified(title: string): string
  save(): void
}

export class Beats {
  readonly #options: BeatsOptions
  readonly #tabs: HTMLElement[]
  readonly #brief: Brief
  readonly #order: OrderSheet | null

  constructor(options: BeatsOptions) {
    this.#options = options
    this.#tabs = [...options.root.querySelectorAll<HTMLElement>('[role="tab"]')]
    const { root, record, activities, launch } = options
    this.#brief = new Brief({
      root,
      record,
      activities,
      launch,
      marked: (list, value) => record[LISTS[list]].includes(value),
      predict: (index, option) => this.#predict(index, option),
      ordered: options.ordered,
      arrange: () => this.#order?.focus(),
      mark: (list, value, on) => this.mark(list, value, on),
      modified: options.modified,
    })
    this.#order = this.#orderSheet()
    this.#wireTabs()
    this.#wirePredictions()
    this.#wireLists()
    this.#wireCopies()
    this.#select(this.#tabs.find((tab) => !this.#isDone(idOf(tab))) ?? this.#tabs[0])
    this.refresh()
  }

  /** Ticks what is done and recalls the predictions. */
  refresh(): void {
    for (const tab of this.#tabs) {
      const done = this.#isDone(idOf(tab))
      tab.toggleAttribute('data-done', done)
      tab.querySelector('[data-tick]')!.textContent = done ? '✓' : ''
      tab.querySelector('[data-done-word]')!.textContent = done ? ' (fait)' : ''
    }
    this.#recall()
    this.#brief.refresh()
  }

  /** Goes on to a beat, unless the lab has none such. */
  select(beat: BeatId): void {
    const tab = this.#tabs.find((one) => idOf(one) === beat)
    if (tab) this.#select(tab)
  }

  #isDone(beat: BeatId): boolean {
    const { record, activities, roles } = this.#options
    switch (beat) {
      case 'predict':
        if (!activities) return true
        return (
          activities.predict.every((_, index) => record.predictions[index] !== undefined) && !!record.order
        )
      case 'launch':
        return roles.every((role) => record.launched.includes(role))
      default: {
        const boxes = this.#boxes(beat)
        return boxes.length > 0 && boxes.every(({ value }) => record[LISTS[beat]].includes(value))
      }
    }
  }

  #boxes(beat: ListId): HTMLInputElement[] {
    return [...this.#options.root.querySelectorAll<HTMLInputElement>(`[data-list="${beat}"]`)]
  }

  #wireTabs(): void {
    for (const tab of this.#tabs) {
      tab.addEventListener('click', () => this.#select(tab))
      tab.addEventListener('keydown', (event) => {
        const at = this.#tabs.indexOf(tab)
        const last = this.#tabs.length - 1
        const to = {
          ArrowRight: at === last ? 0 : at + 1,
          ArrowLeft: at === 0 ? last : at - 1,
          Home: 0,
          End: last,
        }
        const index = to[event.key as keyof typeof to]
        if (index === undefined) return
        event.preventDefault()
        this.#select(this.#tabs[index])
        this.#tabs[index]?.focus()
      })
    }
  }

  #select(selected: HTMLElement | undefined): void {
    if (!selected) return
    for (const tab of this.#tabs) {
      const on = tab === selected
      tab.setAttribute('aria-selected', String(on))
      tab.tabIndex = on ? 0 : -1
      if (on) tab.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
    this.#brief.show(idOf(selected))
  }

  #orderSheet(): OrderSheet | null {
    const { root, record, save } = this.#options
    const element = root.querySelector<HTMLElement>('[data-order]')
    if (!element) return null
    return new OrderSheet({
      root: element,
      record,
      kept: () => {
        save()
        this.refresh()
      },
    })
  }

  #wirePredictions(): void {
    const { root, record } = this.#options
    for (const question of root.querySelectorAll<HTMLElement>('[data-question]')) {
      const index = question.dataset.question!
      const chosen = record.predictions[index]
      if (chosen !== undefined) this.#reveal(question, chosen)
      question.addEventListener('change', ({ target }) => {
        if (!(target instanceof HTMLInputElement)) return
        this.#predict(Number(index), Number(target.value))
        question.querySelector('details')!.open = true
      })
    }
  }

  #predict(index: number, option: number): void {
    const { root, record, save } = this.#options
    record.predictions[index] = option
    save()
    const question = root.querySelector<HTMLElement>(`[data-question="${index}"]`)
    if (question) this.#reveal(question, option)
    this.refresh()
  }

  #reveal(question: HTMLElement, chosen: number): void {
    question.dataset.chosen = String(chosen)
    for (const input of question.querySelectorAll<HTMLInputElement>('input[type="radio"]')) {
      input.checked = Number(input.value) === chosen
      input.disabled = true
    }
    const right = question.dataset.right === String(chosen)
    question.querySelector('[data-verdict]')!.textContent = right ? LAB.right : LAB.wrong
  }

  #recall(): void {
    const { root, record, activities } = this.#options
    for (const element of root.querySelectorAll<HTMLElement>('[data-recall]')) {
      const index = element.dataset.recall!
      const option = activities?.predict[Number(index)]?.options[record.predictions[index] ?? -1]
      showInline(element, option ? `${LAB.yourPrediction} ${option.text}` : LAB.noPrediction)
      element.dataset.verdict = option ? (option.right ? 'right' : 'wrong') : 'none'
    }
  }

  #wireLists(): void {
    const { record } = this.#options
    for (const beat of Object.keys(LISTS) as ListId[]) {
      for (const box of this.#boxes(beat)) {
        box.checked = record[LISTS[beat]].includes(box.value)
        box.addEventListener('change', () => this.mark(beat, box.value, box.checked))
      }
    }
  }

  /** Ticks a thing to do, or no longer. */
  mark(list: ListId, value: string, on: boolean): void {
    const { record, save } = this.#options
    const others = record[LISTS[list]].filter((one) => one !== value)
    record[LISTS[list]] = on ? [...others, value] : others
    save()
    for (const box of this.#boxes(list)) if (box.value === value) box.checked = on
    this.refresh()
  }

  #wireCopies(): void {
    for (const button of this.#options.root.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
      button.addEventListener('click', async () => {
        const copied = await copyText(button.dataset.copy ?? '')
        const said = button.parentElement?.querySelector('[data-copied]')
        if (said) said.textContent = copied ? LAB.copied : LAB.copyFailed
      })
    }
  }
}

function idOf(tab: HTMLElement): BeatId {
  return tab.dataset.beat as BeatId
}
