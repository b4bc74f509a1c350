/** The five beats: tabs, what is predicted, observed, done by the learner. Nothing is checked automatically. */
import type { Activities } from '../../../labs/activities.ts'
import type { LabRecord } from '../../learner/labs.ts'
import { LAB } from '../../texts.ts'
import { copyText } from '../terminal/clipboard.ts'
import { showInline } from './show.ts'

export type BeatId = 'predict' | 'launch' | 'observe' | 'modify' | 'create'
const LISTS = { observe: 'observed', modify: 'modified', create: 'created' } as const

export interface BeatsOptions {
  root: HTMLElement
  record: LabRecord
  activities: Activities | undefined
  /** Ids of the roles that « Lancer » must have seen. */
  roles: readonly string[]
  save(): void
}

export class Beats {
  readonly #options: BeatsOptions
  readonly #tabs: HTMLElement[]

  constructor(options: BeatsOptions) {
    this.#options = options
    this.#tabs = [...options.root.querySelectorAll<HTMLElement>('[role="tab"]')]
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
    const invite = this.#options.root.querySelector<HTMLElement>('[data-invite]')
    if (invite) invite.hidden = this.#isDone('predict')
  }

  #isDone(beat: BeatId): boolean {
    const { record, activities, roles } = this.#options
    switch (beat) {
      case 'predict':
        return activities?.predict.every((_, index) => record.predictions[index] !== undefined) ?? true
      case 'launch':
        return roles.every((role) => record.launched.includes(role))
      default: {
        const boxes = this.#boxes(beat)
        return boxes.length > 0 && boxes.every(({ value }) => record[LISTS[beat]].includes(value))
      }
    }
  }

  #boxes(beat: keyof typeof LISTS): HTMLInputElement[] {
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
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '')
      if (panel) panel.hidden = !on
    }
  }

  #wirePredictions(): void {
    const { root, record, save } = this.#options
    for (const question of root.querySelectorAll<HTMLElement>('[data-question]')) {
      const index = question.dataset.question!
      const chosen = record.predictions[index]
      if (chosen !== undefined) this.#reveal(question, chosen)
      question.addEventListener('change', ({ target }) => {
        if (!(target instanceof HTMLInputElement)) return
        record.predictions[index] = Number(target.value)
        save()
        this.#reveal(question, Number(target.value))
        question.querySelector('details')!.open = true
        this.refresh()
      })
    }
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
    const { record, save } = this.#options
    for (const beat of Object.keys(LISTS) as (keyof typeof LISTS)[]) {
      for (const box of this.#boxes(beat)) {
        box.checked = record[LISTS[beat]].includes(box.value)
        box.addEventListener('change', () => {
          const others = record[LISTS[beat]].filter((value) => value !== box.value)
          record[LISTS[beat]] = box.checked ? [...others, box.value] : others
          save()
          this.refresh()
        })
      }
    }
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
