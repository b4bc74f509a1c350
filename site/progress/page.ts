/** The page « Ma progression »: what is done, what to see again, and the file that keeps it. */
import { checkOf } from '../learner/checks.ts'
import { eraseProgress, exportProgress, importProgress } from '../learner/course.ts'
import { BEAT_NAMES } from '../learner/progress.ts'
import { missedIn } from '../learner/quiz.ts'
import { BEATS, CHECK, PROGRESS } from '../texts.ts'
import { keepShown, progressOfCourse } from './course.ts'
import { say } from './marks.ts'
import { begun, doneIn, type Known, showCourse } from './segments.ts'

class Progress extends HTMLElement {
  #sure = false

  connectedCallback() {
    this.querySelector('[data-do=export]')!.addEventListener('click', () => this.#export())
    this.querySelector('[data-do=erase]')!.addEventListener('click', () => this.#erase())
    this.querySelector('input')!.addEventListener('change', ({ target }) =>
      this.#import(target as HTMLInputElement),
    )
    keepShown(() => this.#show())
  }

  #show() {
    const sections = progressOfCourse()
    const resumed = showCourse(this, sections)
    const sum = (count: (section: Known) => number) =>
      sections.reduce((total, section) => total + count(section), 0)
    say(this.querySelector('[data-count]'), PROGRESS.sections(doneIn(sections).length))
    say(
      this.querySelector('[data-summary]'),
      PROGRESS.summary({
        right: sum(({ quiz }) => quiz.right),
        again: sum(({ quiz }) => quiz.again),
        done: sum(({ exercises }) => exercises.done),
        of: sum(({ exercises }) => exercises.of),
      }),
    )
    this.#showAgain(sections)
    this.#showChecked()
    for (const part of this.querySelectorAll<HTMLElement>('.pd-rows')) {
      const own = sections.filter((section) => section.part === part.dataset.part)
      say(part.querySelector('[data-part-count]'), PROGRESS.partDone(doneIn(own).length, own.length))
    }
    for (const section of sections) {
      const row = this.querySelector<HTMLElement>(`[data-section="${section.section}"]`)!
      row.toggleAttribute('data-here', begun(sections) && section === resumed)
      this.#showRow(row, section)
    }
  }

  #showRow(row: HTMLElement, { beats, quiz, exercises }: Known) {
    for (const mark of row.querySelectorAll<HTMLElement>('[data-beat]')) {
      mark.dataset.done = beats?.[mark.dataset.beat as keyof typeof BEATS] ?? 'todo'
    }
    const played = BEAT_NAMES.filter((beat) => beats?.[beat] === 'done').map((beat) => BEATS[beat])
    say(row.querySelector('[data-beats]'), PROGRESS.beatsDone(played))
    if (quiz.of > 0) say(row.querySelector('[data-quiz]'), PROGRESS.quiz(quiz))
    say(row.querySelector('[data-to-see]'), quiz.again > 0 ? `· ${PROGRESS.again(quiz.again)}` : '')
    say(row.querySelector('[data-exercises]'), PROGRESS.exercises(exercises.done, exercises.of))
    row.toggleAttribute('data-quiz-begun', quiz.right + quiz.again > 0)
    row.toggleAttribute('data-exercises-begun', exercises.done > 0)
  }

  #showAgain(sections: readonly Known[]) {
    const missed = missedIn(sections.map(({ section }) => section))
    const list = this.querySelector<HTMLElement>('.pd-again')!
    list.hidden = missed.size === 0
    say(list.querySelector('[data-again-count]'), PROGRESS.toSeeAgain(missed.size))
    for (const item of list.querySelectorAll<HTMLElement>('[data-question]'))
      item.hidden = !missed.has(item.dataset.question!)
  }

  /** The exercises that were judged: since when each is passed, in how many tries. */
  #showChecked() {
    const items = [...this.querySelectorAll<HTMLElement>('[data-checked]')]
    for (const item of items) {
      const { passed, tries } = checkOf(item.dataset.checked!)
      item.hidden = tries === 0
      const words = passed ? CHECK.passedOn(new Date(passed), tries) : CHECK.tried(tries)
      say(item.querySelector('[data-checked-words]'), words)
    }
    this.querySelector<HTMLElement>('.pd-checked')!.hidden = items.every(({ hidden }) => hidden)
  }

  #export() {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([exportProgress()], { type: 'application/json' }))
    link.download = 'ma-progression.json'
    link.click()
    URL.revokeObjectURL(link.href)
    this.#say(PROGRESS.exported)
  }

  async #import(input: HTMLInputElement) {
    const file = input.files?.[0]
    if (!file) return
    try {
      importProgress(await file.text())
      this.#say(PROGRESS.imported)
    } catch {
      this.#say(PROGRESS.notImported)
    }
    input.value = ''
  }

  #erase() {
    this.#sure = !this.#sure
    if (this.#sure) return this.#say(PROGRESS.eraseSure)
    eraseProgress()
    this.#say(PROGRESS.erased)
  }

  #say(text: string) {
    say(this.querySelector('.pd-said'), text)
  }
}

customElements.define('pd-progress', Progress)
