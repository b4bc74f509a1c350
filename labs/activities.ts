/**
 * What the learner does around a lab, written as data in its `activites.ts`:
 * the beats Prédire, Observer, Modifier and Créer of the panel. Texts are French, with `code` in backquotes.
 * This file imports types only; importing an `activites.ts` runs nothing.
 */
import type { Expectation, ParameterValue, Prediction, VariantId } from './lab.ts'
import type { TracePattern } from './trace.ts'

/** What one program that the learner has launched must have shown: all that is said here, in the same run. */
export interface Sign extends Omit<Expectation, 'role'> {
  /** The id of a role, or the base name of a program: any role that runs it. */
  role: string
  /** It is the learner's copy, changed. */
  copy?: true
  variant?: VariantId
  /** Values that it was started with. */
  given?: Readonly<Record<string, ParameterValue>>
  /** It is over, and never printed this. */
  never?: RegExp
  /** Its sockets did the second thing at least `ms` after the first. */
  apart?: { from: TracePattern; to: TracePattern; ms: number }
}

/** A small change to a program of the lab, and what it must show. */
export interface Modification {
  title: string
  statement: string
  /** The file to edit, relative to the project: `labs/udp/recepteur.ts`. It exists. */
  file: string
  /** The command that runs it: `npm run lab -- udp/recepteur`. */
  command: string
  /** What the unchanged program must print, all the others running; without it, the command finds what it needs. */
  prints?: RegExp
  /** What one should see, disclosed on demand. */
  expected: string
  /**
   * Its check: what the page sees once the change is made, and never before. A test plays both. Without it, nothing in
   * the page can see it: the learner alone says that it is done.
   */
  seen?: readonly Sign[]
}

/** An exercise of the course. */
export interface Exercise {
  /** « EX-8.5.1-2 ». */
  id: string
  title: string
  level: 1 | 2 | 3
  statement: string
  /** In the learner's words: what a peer on the wire will observe. */
  criteria: readonly string[]
  /** From a nudge to almost the answer. */
  hints: readonly [string, string, string]
  /** The starting file, relative to the project: `labs/udp/exercices/journal.ts`. It exists and runs. */
  file: string
  command: string
}

/** What a role must have printed, or how it ended, once « Tout lancer » is over. */
export interface Shown extends Expectation {
  role: string
  /** Typed first, in the terminal of a role: a program that waits for the keyboard shows nothing before. */
  after?: { role: string; type: string }
}

/** What a card may tell. */
export type CardKind =
  | 'listen'
  | 'unlisten'
  | 'bind'
  | 'connect'
  | 'accept'
  | 'refused'
  | 'send'
  | 'receive'
  | 'fin'
  | 'join'

/** Something that a program may do with its sockets, on a card; the page says it as « Le fil » does. */
export interface EventCard {
  /** The role that does it. */
  role: string
  event: Extract<TracePattern, { kind: CardKind }>
  /** The role at the other end of the connection. */
  with?: string
  /** How what is sent or received begins. */
  text?: string
  /** It does not happen. */
  never?: true
}

/** Cards to put in order before the first run; « Le fil » then tells what did happen, and when. */
export interface Ordering {
  /** Says what to type, if the cards need it: what `shown` types. */
  question: string
  /**
   * In the order in which they happen, those that never do last; the page shows them in another one. Each happens after
   * the one before in every run: because it causes it, or because the same program does both. A test sees it.
   */
  cards: readonly EventCard[]
  /** Why in that order. */
  because: string
}

export interface Activities {
  /** What « Tout lancer » shows: without it the questions and the observations would not be true. A test sees it. */
  shown: readonly Shown[]
  /** Asked before the first run. */
  predict: readonly Prediction[]
  /** Asked with them. */
  order: Ordering
  /** What to look at, one sentence each. */
  observe: readonly string[]
  modify: readonly Modification[]
  create: readonly Exercise[]
}

/** Declares the activities of a lab: only checks their type. */
export function defineActivities<const A extends Activities>(activities: A): A {
  return activities
}
