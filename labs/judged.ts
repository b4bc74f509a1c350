/**
 * What a judge tells the page, in its output beside its text: each criterion once played, then the whole report. A
 * control string holds JSON in ASCII, so that nothing which a judged program sent can end it.
 */
import type { CriterionResult, Report } from './check.ts'

/** Number of the control string: an OSC that no terminal knows, and that the probe does not use. */
export const JUDGED_CODE = 6018
/** Longest source that goes with its report, in characters. */
const SOURCE_MAX = 65_536

export type Judged =
  | { criterion: CriterionResult }
  /** `source` is the text that was judged; absent when it is too long, or when nothing but a command was given. */
  | { report: Report; source?: string }

/** The control string that tells it. */
export function tellJudged(judged: Judged): string {
  const { source, ...rest } = judged as { source?: string }
  const told = source !== undefined && source.length <= SOURCE_MAX ? judged : rest
  const json = JSON.stringify(told).replace(
    /[\x7f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `\x1b]${JUDGED_CODE};${json}\x07`
}

/** What the inside of such a string says; null when it is damaged. */
export function readJudged(payload: string): Judged | null {
  try {
    const value = JSON.parse(payload) as Partial<{ criterion: unknown; report: unknown }> | null
    return typeof value?.criterion === 'object' || typeof value?.report === 'object'
      ? (value as Judged)
      : null
  } catch {
    return null
  }
}
