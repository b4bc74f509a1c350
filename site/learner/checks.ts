/** What the judge has said of the learner's exercises: one record per exercise (`verification:EX-8.6.7-1`). */
import type { Report } from '../../labs/check.ts'
import { lasting } from './store.ts'

/** What was judged last: enough to hand it in. */
export interface JudgedProgram {
  report: Report
  source: string
  variant: 'ts' | 'node' | 'qt'
}

export interface CheckRecord {
  /** How many times it was judged, until it passed. */
  tries: number
  /** When it passed for the first time, as ISO 8601. */
  passed?: string
  /** The last one that passed, or the last one. */
  last?: JudgedProgram
}

const PREFIX = 'verification:'
/** Tries after which the solution is no secret any more. */
const SECRET_TRIES = 3

export function checkOf(exercise: string): CheckRecord {
  return lasting.readJson(PREFIX + exercise, { tries: 0 }) as CheckRecord
}

/** Notes what the judge said: a try counts until the first success; a success is never replaced by a failure. */
export function keepCheck(exercise: string, judged: JudgedProgram, date = new Date()): CheckRecord {
  const before = checkOf(exercise)
  const passes = judged.report.outcome === 'passed'
  const kept: CheckRecord = {
    ...before,
    tries: before.tries + (before.passed ? 0 : 1),
    ...(passes && !before.passed && { passed: date.toISOString() }),
    ...((passes || !before.passed) && { last: judged }),
  }
  lasting.writeJson(PREFIX + exercise, kept)
  return kept
}

/** Whether the solution may be shown. */
export function isSolutionOpen({ passed, tries }: CheckRecord): boolean {
  return passed !== undefined || tries >= SECRET_TRIES
}
