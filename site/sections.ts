/** The sections of the course and what each asks for, read from the pages, the quizzes and the labs they name. */
import type { Activities } from '../labs/activities.ts'
import type { Lab } from '../labs/lab.ts'
import { quizOf, quizzes } from './data.ts'
import type { LabFacts, SectionFacts } from './learner/progress.ts'
import { linkTo } from './links.ts'
import { candidates, RECALLED } from './quiz/schedule.ts'
import { type PageHead, pageHeads } from './sidebar.ts'

const LABS = import.meta.glob<{ default: Lab }>('../labs/*/lab.ts', { eager: true })
const ACTIVITIES = import.meta.glob<{ default: Activities }>('../labs/*/activites.ts', { eager: true })

export interface CourseSection extends SectionFacts {
  /** The whole title; `label` is the short one. */
  title: string
  /** Titles of its labs. */
  labTitles: string[]
}

/** The sections in the order of the course. */
export function courseSections(): CourseSection[] {
  const heads = pageHeads('content').filter(({ section }) => section !== undefined)
  const order = heads.map(({ section }) => section!)
  const questions = quizzes().flatMap((quiz) =>
    quiz.questions.map(({ id }) => ({ id, section: quiz.section })),
  )
  return heads.map((head) => ({
    ...factsOf(head),
    recalls: Math.min(RECALLED, candidates(head.section!, order, questions).length),
    title: head.title,
    labTitles: head.labs.map((id) => LABS[`../labs/${id}/lab.ts`]!.default.title),
  }))
}

function factsOf({ section, slug, title, part, duration, labs }: PageHead) {
  return {
    section: section!,
    label: title,
    part,
    href: linkTo(`/${slug}/`),
    minutes: duration ?? 0,
    questions: quizOf(section!)?.questions.length ?? 0,
    labs: labs.map((id) => labFacts(id, section!)),
  }
}

/** A lab shown in two sections has exercises for each: their ids say which. */
function labFacts(id: string, section: string): LabFacts {
  const lab = LABS[`../labs/${id}/lab.ts`]?.default
  const activities = ACTIVITIES[`../labs/${id}/activites.ts`]?.default
  if (!lab)
    throw new Error(`<Lab id="${id}" /> : labs/${id}/lab.ts n'existe pas. Corrigez le nom, ou créez le labo.`)
  return {
    id,
    roles: lab.roles.map((role) => role.id),
    // The questions, then the cards.
    predict: activities ? activities.predict.length + 1 : 0,
    observe: activities?.observe.length ?? 0,
    modify: activities?.modify.length ?? 0,
    create:
      activities?.create.map((item) => item.id).filter((name) => name.startsWith(`EX-${section}-`)) ?? [],
  }
}

/** What the scripts of a page know of the course: the facts only. */
export function courseFacts(): SectionFacts[] {
  return courseSections().map(({ title, labTitles, ...facts }) => facts)
}
