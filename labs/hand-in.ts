/**
 * What a learner hands in for an exercise: one file, with the program, what the judge said of it, and its seed. It proves
 * nothing by itself: playing the same program again with the same seed does.
 */
import type { Report } from './check.ts'

export const HAND_IN = 'prise-directe-rendu-1'
/** Longest file, in bytes. */
export const HAND_IN_MAX = 512 * 1024

export interface HandIn {
  format: typeof HAND_IN
  /** When it was made, as ISO 8601. */
  date: string
  /** Absent unless the learner typed it. */
  name?: string
  variant: 'ts' | 'node' | 'qt'
  /** The program that was judged. */
  source: string
  /** Its `command`, which names the learner's machine, is left out. */
  report: Report
}

/** Puts together what is handed in. */
export function handIn({
  report,
  source,
  variant,
  name = '',
}: Pick<HandIn, 'report' | 'source' | 'variant' | 'name'>): HandIn {
  const typed = name.trim()
  return {
    format: HAND_IN,
    date: new Date().toISOString(),
    ...(typed && { name: typed }),
    variant,
    source,
    report: { ...report, command: [] },
  }
}

export type HandInProblem = 'too-large' | 'not-json' | 'not-a-hand-in'

const VARIANTS: readonly unknown[] = ['ts', 'node', 'qt']
const OUTCOMES: readonly unknown[] = ['passed', 'failed', 'unsure', 'not-run']
const NAME_MAX = 80

/** Reads the text of such a file, written by anybody: only what a replay needs is looked at, and checked. */
export function readHandIn(text: string): HandIn | HandInProblem {
  if (text.length > HAND_IN_MAX) return 'too-large'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'not-json'
  }
  const given = isRecord(value) ? value : {}
  const report = isRecord(given.report) ? given.report : {}
  const isOne =
    given.format === HAND_IN &&
    typeof given.date === 'string' &&
    (given.name === undefined || (typeof given.name === 'string' && given.name.length <= NAME_MAX)) &&
    VARIANTS.includes(given.variant) &&
    typeof given.source === 'string' &&
    typeof report.exercise === 'string' &&
    Number.isSafeInteger(report.seed) &&
    OUTCOMES.includes(report.outcome) &&
    Array.isArray(report.criteria) &&
    report.criteria.every(
      (one) => isRecord(one) && typeof one.id === 'string' && typeof one.verdict === 'string',
    )
  return isOne ? (value as HandIn) : 'not-a-hand-in'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
