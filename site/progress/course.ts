/** The course as the scripts of a page know it: its facts, written in the page, and what is remembered of each section. */
import { readRecord } from '../learner/labs.ts'
import { progressOf, type SectionFacts, type SectionProgress } from '../learner/progress.ts'
import { answersOf, recalledIn } from '../learner/quiz.ts'
import { isRead } from '../learner/reading.ts'
import { KEPT } from '../learner/store.ts'

export const course: readonly SectionFacts[] = JSON.parse(document.getElementById('pd-course')!.textContent)

export function progressIn(facts: SectionFacts): SectionProgress {
  return progressOf(facts, {
    answers: answersOf(facts.section),
    recalled: Object.keys(recalledIn(facts.section)).length,
    records: facts.labs.map(({ id }) => readRecord(id)),
    read: isRead(facts.section),
  })
}

/** The whole course, in order. */
export function progressOfCourse(): (SectionFacts & SectionProgress)[] {
  return course.map((facts) => ({ ...facts, ...progressIn(facts) }))
}

/** Shows the progress now, and whenever something is remembered, here or in another tab. */
export function keepShown(show: () => void): void {
  show()
  document.addEventListener(KEPT, show)
  addEventListener('storage', show)
}
