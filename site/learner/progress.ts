/** What a learner has done of a section, from what the course asks and what is remembered. Pure. */
import type { LabRecord } from './labs.ts'
import type { Answer } from './quiz.ts'

export const BEAT_NAMES = ['predict', 'launch', 'observe', 'modify', 'create'] as const
export type BeatName = (typeof BEAT_NAMES)[number]
export type Done = 'done' | 'part' | 'todo'

/** What a lab asks for in a section: how many of each (the cards to put in order are one prediction), the roles to launch, the exercises of that section. */
export interface LabFacts {
  id: string
  predict: number
  roles: string[]
  observe: number
  modify: number
  create: string[]
}

/** What a section asks for. */
export interface SectionFacts {
  section: string
  label: string
  part: string
  /** Its address, under the prefix of the site. */
  href: string
  minutes: number
  /** Questions that open it. */
  recalls: number
  /** Questions of its quiz. */
  questions: number
  labs: LabFacts[]
}

/** What is remembered about a section. */
export interface Remembered {
  answers: Record<string, Answer>
  /** Recall questions answered. */
  recalled: number
  records: LabRecord[]
  /** Its end was on screen. */
  read: boolean
}

export interface SectionProgress {
  state: Done
  recall: { answered: number; of: number }
  /** Null when the section has no lab. */
  beats: Record<BeatName, Done> | null
  /** `right` counts what was missed then mended; `again` is still missed. */
  quiz: { right: number; again: number; of: number }
  exercises: { done: number; of: number }
}

/** The beats that a section waits for; what one creates after that is a bonus. */
const NEEDED: readonly BeatName[] = ['predict', 'launch', 'observe', 'modify']

/** Where the learner is in one section. */
export function progressOf(facts: SectionFacts, kept: Remembered): SectionProgress {
  const answers = Object.values(kept.answers)
  const again = answers.filter((answer) => answer === 'missed').length
  const beats = facts.labs.length > 0 ? beatsOf(facts.labs, kept.records) : null
  const exercises = facts.labs.flatMap(({ create }, at) =>
    create.map((id) => kept.records[at]?.created.includes(id)),
  )
  const answered = facts.questions > 0 && answers.length >= facts.questions
  const played = beats !== null && NEEDED.every((beat) => beats[beat] === 'done')
  const begun = kept.read || answers.length > 0 || Object.values(beats ?? {}).some((done) => done !== 'todo')
  const asks = facts.questions > 0 || beats !== null
  const done = asks ? (facts.questions === 0 || answered) && (beats === null || played) : kept.read
  return {
    state: done ? 'done' : begun ? 'part' : 'todo',
    recall: { answered: Math.min(kept.recalled, facts.recalls), of: facts.recalls },
    beats,
    quiz: { right: answers.length - again, again, of: facts.questions },
    exercises: { done: exercises.filter(Boolean).length, of: exercises.length },
  }
}

/** The beats of the labs of a section: done when done in each; nothing asked is done with the launch. */
function beatsOf(labs: readonly LabFacts[], records: readonly LabRecord[]): Record<BeatName, Done> {
  const each = (count: (lab: LabFacts, record: LabRecord) => readonly [number, number]): Done => {
    const counts = labs.map((lab, at) => count(lab, records[at]!))
    if (counts.every(([done, of]) => done >= of)) return 'done'
    return counts.some(([done]) => done > 0) ? 'part' : 'todo'
  }
  const launch = each(({ roles }, { launched }) => [
    roles.filter((role) => launched.includes(role)).length,
    roles.length,
  ])
  const orLaunch = (done: Done, asked: boolean): Done => (asked ? done : launch)
  const some = (list: 'predict' | 'observe' | 'modify') => labs.some((lab) => lab[list] > 0)
  return {
    predict: orLaunch(
      each(({ predict }, { predictions, order }) => [
        Object.keys(predictions).length + (order ? 1 : 0),
        predict,
      ]),
      some('predict'),
    ),
    launch,
    observe: orLaunch(
      each(({ observe }, { observed }) => [observed.length, observe]),
      some('observe'),
    ),
    modify: orLaunch(
      each(({ modify }, { modified }) => [modified.length, modify]),
      some('modify'),
    ),
    create: orLaunch(
      each(({ create }, { created }) => [create.filter((id) => created.includes(id)).length, create.length]),
      labs.some(({ create }) => create.length > 0),
    ),
  }
}

/**
 * The section to resume: the one opened last unless it is done, else the first after it that is not done. Null when
 * all is done. A new visitor (`last` null) resumes at the first.
 */
export function resumeAt(
  course: readonly { section: string; state: Done }[],
  last: string | null,
): string | null {
  const from = Math.max(
    0,
    course.findIndex(({ section }) => section === last),
  )
  const ordered = [...course.slice(from), ...course.slice(0, from)]
  return ordered.find(({ state }) => state !== 'done')?.section ?? null
}
