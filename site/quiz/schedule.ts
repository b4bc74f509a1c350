/** Which questions open a section: those missed two sections earlier first, then one from each of the last two. Pure. */

export interface Asked {
  section: string
  id: string
}

/** How many sections later a missed question comes back. */
export const LATER = 2
/** Recall questions that open a section. */
export const RECALLED = 2

/** The questions that may open `section`: those of the two sections before it that have a quiz, nearest last. */
export function candidates<Q extends Asked>(
  section: string,
  course: readonly string[],
  questions: readonly Q[],
): Q[] {
  const rank = course.indexOf(section)
  const withQuiz = course
    .slice(0, rank)
    .filter((name) => questions.some((question) => question.section === name))
  const recent = new Set(withQuiz.slice(-LATER))
  return questions.filter((question) => recent.has(question.section))
}

/** The two to ask: what was missed, oldest first, then the first question of each section in turn. */
export function choose<Q extends Asked>(possible: readonly Q[], missed: ReadonlySet<string>): Q[] {
  const again = possible.filter(({ section, id }) => missed.has(`${section}/${id}`))
  const firsts = possible.filter(
    (question, at) => possible.findIndex(({ section }) => section === question.section) === at,
  )
  const rest = possible.filter((question) => !firsts.includes(question))
  return [...new Set([...again, ...firsts, ...rest])].slice(0, RECALLED)
}
