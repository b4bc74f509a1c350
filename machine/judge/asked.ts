/** What the page asks of the judge. */
import type { Report } from '../../labs/check.ts'

/** Names that the page lets the judge start: the program that it judges, and those that it needs. */
export const JUDGED = 'programme'
export const ECHO = 'echo'
export const BLACK_HOLE = 'trou-noir'

export interface Asked {
  /** What is judged, for the learner. */
  name: string
  seed: number
  stopAtFirst?: boolean
  /** What is judged, for the report. */
  source?: Report['source']
  /** Its text. */
  text?: string
}
