/**
 * The answers given to questions: one record per section for its quiz (`quiz:8.6.7`), one for the recall that opens
 * it (`rappel:8.6.7`, which asks questions of earlier sections).
 */
import { lasting } from './store.ts'

/** First answer to a question; a missed one that is answered well later becomes `mended`. */
export type Answer = 'right' | 'missed' | 'mended'

/** The options that the learner opened, by their rank in the course's file: shown again with the page. */
type Opened = Record<string, number[]>

const QUIZ = 'quiz:'
const RECALL = 'rappel:'
const OPENED = 'ouvert:'

export function answersOf(section: string): Record<string, Answer> {
  return lasting.readJson(QUIZ + section, {}) as Record<string, Answer>
}

/** Keeps an answer: the first one counts, a later success mends a miss. */
export function keepAnswer(section: string, question: string, right: boolean): void {
  const answers = answersOf(section)
  const before = answers[question]
  if (before === undefined) answers[question] = right ? 'right' : 'missed'
  else if (before === 'missed' && right) answers[question] = 'mended'
  lasting.writeJson(QUIZ + section, answers)
}

/** What was opened in the quiz of a section, by question. */
export function openedIn(section: string): Opened {
  return lasting.readJson(OPENED + section, {}) as Opened
}

export function keepOpened(section: string, question: string, option: number): void {
  lasting.writeJson(OPENED + section, added(openedIn(section), question, option))
}

/** What was opened in the recall of a section, by `section/question`. */
export function recalledIn(section: string): Opened {
  return lasting.readJson(RECALL + section, {}) as Opened
}

export function keepRecalled(section: string, question: string, option: number): void {
  lasting.writeJson(RECALL + section, added(recalledIn(section), question, option))
}

function added(opened: Opened, question: string, option: number): Opened {
  return { ...opened, [question]: [...new Set([...(opened[question] ?? []), option])] }
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
