/** « Vérifier » in the exercises of a panel: what it needs is fetched once someone asks for it. */
import type { Lab, VariantId } from '../../../labs/lab.ts'
import type { LiveProgram } from '../../../runner/protocol.ts'
import { checkOf } from '../../learner/checks.ts'
import { readSession } from '../../learner/sessions.ts'
import { SHELL } from '../../texts.ts'
import type { Checking } from '../check/checking.ts'
import { checkRole } from './apart.ts'
import type { Controls } from './controls.ts'
import type { PaneHost } from './pane-host.ts'
import { commandFor, mainFileOf } from './variant-choice.ts'

export interface ChecksOptions {
  controls: Controls
  host: PaneHost
  labId: string
  lab: Lab
  save(): Promise<boolean>
  /** An exercise is passed, given by its id. */
  passed(id: string): void
}

export class Checks {
  readonly #options: ChecksOptions
  readonly #checkings = new Map<HTMLElement, Promise<Checking>>()

  constructor(options: ChecksOptions) {
    this.#options = options
    const { root } = options.controls
    root.addEventListener('click', ({ target }) => this.#onClick(target))
    root.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLSelectElement && target.matches('[data-check-variant]'))
        this.#showFile(target)
    })
    for (const exercise of root.querySelectorAll<HTMLElement>('[data-check]')) {
      // Nobody waits: a click will say that it is missing.
      if (checkOf(idOf(exercise)).tries > 0) void this.#checking(exercise).catch(() => {})
    }
  }

  async dispose(): Promise<void> {
    for (const checking of this.#checkings.values()) (await checking).dispose()
  }

  /** C++ can be built here, or not. */
  offerQt(qt: boolean): void {
    for (const option of this.#options.controls.root.querySelectorAll<HTMLOptionElement>(
      '[data-check-variant] option[value="qt"]',
    )) {
      option.disabled = !qt
      if (qt || !option.selected) continue
      const choice = option.closest('select')!
      choice.selectedIndex = 0
      this.#showFile(choice)
    }
  }

  /** The file to change, and the command that runs it, are those of the language that is judged. */
  #showFile(choice: HTMLSelectElement): void {
    const exercise = choice.closest<HTMLElement>('[data-check]')!
    const variant = choice.value as VariantId
    const file = `exercices/${mainFileOf(exercise.dataset.check!, variant)}`
    const copy = exercise.querySelector<HTMLElement>('[data-copy]')!
    const command = commandFor(copy.dataset.copy!, variant)
    copy.dataset.copy = command
    exercise.querySelector<HTMLElement>('[data-edit]')!.dataset.edit = file
    exercise.querySelector('[data-file-shown]')!.textContent = `travail/${this.#options.labId}/${file}`
    exercise.querySelector('[data-command-shown]')!.textContent = command
  }

  /** Judges an exercise, its place opened. */
  async verify(exercise: HTMLElement): Promise<void> {
    try {
      await (await this.#checking(exercise)).verify()
    } catch {
      this.#options.controls.status(SHELL.partMissing, true)
    }
  }

  /** Finds again the verifications that a reload has left behind; `programs` is all that runs. */
  async resume(programs: readonly LiveProgram[]): Promise<void> {
    const { controls, labId } = this.#options
    for (const exercise of controls.root.querySelectorAll<HTMLElement>('[data-check]')) {
      if (readSession(labId, checkRole(exercise.dataset.check!)))
        await (await this.#checking(exercise)).resume(programs)
    }
  }

  #onClick(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-action]') : null
    const exercise = button?.closest<HTMLElement>('[data-check]')
    if (button?.dataset.action === 'verify' && exercise) void this.verify(exercise)
    else if (button?.dataset.action === 'hint' && exercise) openHint(exercise)
    else if (button?.dataset.action === 'verify-shown') this.#verifyShown(button.dataset.value ?? '')
  }

  /** Asked from the row of one thing at a time: the exercise is opened over the terminals. */
  #verifyShown(id: string): void {
    const { controls } = this.#options
    const exercise = controls.root.querySelector<HTMLDetailsElement>(`[data-exercise-id="${CSS.escape(id)}"]`)
    if (!exercise) return
    const all = controls.button('all')
    if (all?.getAttribute('aria-expanded') === 'false') all.click()
    exercise.open = true
    exercise.scrollIntoView({ block: 'nearest' })
    void this.verify(exercise)
  }

  #checking(exercise: HTMLElement): Promise<Checking> {
    const known = this.#checkings.get(exercise)
    if (known) return known
    const { host, lab, labId, save, passed, controls } = this.#options
    const id = idOf(exercise)
    const checking = import('../check/checking.ts').then(
      ({ Checking }) =>
        new Checking({
          root: exercise,
          panel: controls.root,
          host,
          lab,
          labId,
          exercise: { id },
          save,
          passed: () => passed(id),
        }),
    )
    this.#checkings.set(exercise, checking)
    checking.catch(() => this.#checkings.delete(exercise))
    return checking
  }
}

function idOf(exercise: HTMLElement): string {
  return exercise.dataset.exerciseId!
}

/** Opens the next of the three hints, each inside the one before. */
function openHint(exercise: HTMLElement): void {
  const hints = [...exercise.querySelectorAll<HTMLDetailsElement>('.hint, .hint details')]
  const next = hints.find(({ open }) => !open) ?? hints.at(-1)
  if (!next) return
  next.open = true
  next.scrollIntoView({ block: 'nearest' })
  next.querySelector('summary')?.focus({ preventScroll: true })
}
