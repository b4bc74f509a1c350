/** The answers given to the quizzes: one record per section (`quiz:8.6.7`). */
import { lasting } from './store.ts'

/** First answer to a question; a missed one that is answered well later becomes `mended`. */
export type Answer = 'right' | 'missed' | 'mended'

const PREFIX = 'quiz:'

export function answersOf(section: string): Record<string, Answer> {
  return lasting.readJson(PREFIX + section, {}) as Record<string, Answer>
}

/** Keeps an answer: the first one counts, a later success mends a miss. */
export function keepAnswer(section: string, question: string, right: boolean): void {
  const answers = answersOf(section)
  const before = answers[question]
  if (before === undefined) answers[question] = right ? 'right' : 'missed'
  else if (before === 'missed' && right) answers[question] = 'mended'
  lasting.writeJson(PREFIX + section, answers)
}

/** The questions still missed in these sections, as `section/question`. */
export function missedIn(sections: Iterable<string>): Set<string> {
  const missed = [...sections].flatMap((section) =>
    Object.entries(answersOf(section))
      .filter(([, answer]) => answer === 'missed')
      .map(([question]) => `${section}/${question}`),
  )
  return new Set(missed)
}
