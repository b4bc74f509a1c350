/**
 * « Démonstration »: plays the lab's scenario in the terminals of the panel, one step for each press of →.
 * Asks the step's prediction first, then plays, waits for what the step expects, and says its sentence.
 */
import type { Lab, Prediction, Step } from '../../../labs/lab.ts'
import { Scenario, ScenarioError, type Stage } from '../../../labs/scenario.ts'
import { LAB } from '../../texts.ts'
import { shownOrder } from './options.ts'
import { showInline } from './show.ts'

export interface DemoOptions {
  bar: HTMLElement
  lab: Lab
  stage: Stage
  /** Before the first step: the terminals must be free. */
  prepare(): Promise<void>
  /** The terminal where the step happens. */
  show(role: string): void
  quit(): void
}

export class Demo {
  readonly #options: DemoOptions
  readonly #bar: HTMLElement
  #scenario: Scenario
  #busy = false
  /** The step whose prediction has been answered. */
  #asked = -1
  /** Raised by « Recommencer » and « Quitter »: what a former scenario still says is ignored. */
  #run = 0

  constructor(options: DemoOptions) {
    this.#options = options
    this.#bar = options.bar
    this.#scenario = new Scenario(options.lab, options.stage)
    this.#on('next', () => void this.#next())
    this.#on('again', () => void this.open())
    this.#on('quit', () => this.close())
    this.#bar.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close()
      if (event.key !== 'ArrowRight' || event.target instanceof HTMLInputElement) return
      event.preventDefault()
      void this.#next()
    })
  }

  /** Shows the bar, ready for the first step. */
  async open(): Promise<void> {
    this.#run += 1
    const run = this.#run
    this.#asked = -1
    this.#scenario = new Scenario(this.#options.lab, this.#options.stage)
    this.#bar.hidden = false
    this.#part('predict').replaceChildren()
    this.#say(LAB.demoIntro)
    this.#progress()
    this.#bar.focus({ preventScroll: true })
    this.#setBusy(true)
    await this.#options.prepare()
    if (run === this.#run) this.#setBusy(false)
  }

  close(): void {
    this.#run += 1
    this.#bar.hidden = true
    this.#options.quit()
  }

  async #next(): Promise<void> {
    const { next: index, step } = this.#scenario
    if (this.#busy || index === null || !step) return
    if (step.predict && this.#asked !== index) return this.#ask(index, step.predict)
    await this.#play(index, step)
  }

  async #play(index: number, step: Step): Promise<void> {
    const run = this.#run
    this.#setBusy(true)
    this.#part('status').textContent = LAB.demoPlaying
    this.#options.show(step.role)
    let failure: string | null = null
    try {
      await this.#scenario.play()
    } catch (error) {
      const role = error instanceof ScenarioError ? (error.expectation.role ?? step.role) : step.role
      const title = this.#options.lab.roles.find(({ id }) => id === role)?.title ?? role
      failure = error instanceof ScenarioError ? LAB.notObserved(title) : LAB.demoRefused(title)
    }
    if (run !== this.#run) return
    this.#part('status').textContent = ''
    this.#part('predict').replaceChildren()
    this.#say(failure ?? step.say)
    this.#bar.toggleAttribute('data-failed', failure !== null)
    this.#progress(index + 1)
    this.#setBusy(false, failure !== null || this.#scenario.next === null)
    if (!failure && this.#scenario.next === null) this.#part('status').textContent = LAB.demoOver
  }

  #ask(index: number, prediction: Prediction): void {
    this.#asked = index
    this.#say(LAB.demoAsk)
    const question = document.createElement('fieldset')
    const legend = document.createElement('legend')
    showInline(legend, prediction.question)
    question.append(legend)
    for (const position of shownOrder(prediction.options)) {
      const option = prediction.options[position]!
      const label = document.createElement('label')
      const radio = Object.assign(document.createElement('input'), {
        type: 'radio',
        name: `${this.#bar.id}-${index}`,
        value: String(position),
      })
      const text = document.createElement('span')
      showInline(text, option.text)
      label.append(radio, text)
      question.append(label)
    }
    question.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement) this.#answer(question, prediction, Number(target.value))
    })
    this.#part('predict').replaceChildren(question)
    question.querySelector('input')?.focus({ preventScroll: true })
  }

  #answer(question: HTMLFieldSetElement, prediction: Prediction, chosen: number): void {
    question.disabled = true
    for (const label of question.querySelectorAll('label')) {
      const position = Number(label.querySelector('input')?.value)
      const option = prediction.options[position]
      if (!option) continue
      label.dataset.verdict = option.right ? 'right' : position === chosen ? 'wrong' : 'other'
      const because = document.createElement('p')
      because.className = 'because'
      showInline(because, option.because)
      label.after(because)
    }
    this.#say(prediction.options[chosen]?.right ? LAB.right : LAB.wrong)
    this.#bar.focus({ preventScroll: true })
  }

  #say(text: string): void {
    this.#bar.removeAttribute('data-failed')
    showInline(this.#part('say'), text)
  }

  #progress(done = 0): void {
    const count = this.#options.lab.scenario.length
    this.#part('progress').textContent = done === 0 ? `${count} étapes` : LAB.demoStep(done, count)
    this.#bar.style.setProperty('--done', String(done / count))
  }

  #setBusy(busy: boolean, over = false): void {
    this.#busy = busy || over
    this.#bar.toggleAttribute('data-busy', busy)
    const next = this.#bar.querySelector<HTMLButtonElement>('[data-demo="next"]')!
    const hadFocus = next === document.activeElement
    next.disabled = this.#busy
    if (hadFocus && over) this.#bar.focus({ preventScroll: true })
  }

  #part(name: string): HTMLElement {
    return this.#bar.querySelector<HTMLElement>(`[data-demo-${name}]`)!
  }

  #on(action: string, run: () => void): void {
    this.#bar.querySelector(`[data-demo="${action}"]`)?.addEventListener('click', run)
  }
}
