/** The top of a section: what is done of it, in four states; and that the learner was here, and read it to its end. */
import { BEAT_NAMES } from '../learner/progress.ts'
import { keepLastSection, keepRead } from '../learner/reading.ts'
import { PROGRESS } from '../texts/progress.ts'
import { course, keepShown, progressIn } from './course.ts'
import { mark, say } from './marks.ts'

const states = document.querySelector<HTMLElement>('.pd-states')
const facts = course.find(({ section }) => section === states?.dataset.section)

if (states && facts) {
  keepLastSection(facts.section)
  keepShown(() => {
    const { recall, beats, quiz, exercises } = progressIn(facts)
    const played = BEAT_NAMES.filter((name) => beats?.[name] === 'done').length
    const answered = quiz.right + quiz.again
    show('recall', recall.answered, recall.of, PROGRESS.recall)
    show('beats', played, BEAT_NAMES.length, PROGRESS.beats)
    show('quiz', answered, quiz.of, PROGRESS.quizState)
    show('exercises', exercises.done, exercises.of, PROGRESS.exercisesState)
  })

  const end = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return
    end.disconnect()
    keepRead(facts.section)
  })
  end.observe(document.querySelector('.pagination-links')!)
}

function show(name: string, done: number, of: number, words: (done: number, of: number) => string): void {
  const state = states?.querySelector<HTMLElement>(`[data-state-of="${name}"]`)
  if (!state) return
  mark(state.querySelector('.pd-mark')!, done, of)
  say(state.lastElementChild, words(done, of))
}
