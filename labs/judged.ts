/**
 * What a judge tells the page, in its output beside its text: each criterion once played, then the whole report. A
 * control string holds JSON in ASCII, so that nothing which a judged program sent can end it.
 */
import type { CriterionResult, Report, Verdict } from './check.ts'

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

/** Longest string awaited to its end, in characters: what does not end is not ours. */
const TOLD_MAX = 1 << 20
const OPEN = `\x1b]${JUDGED_CODE};`

/** Finds what a judge tells in what it prints, however that is cut. */
export class JudgedReader {
  #held = ''

  /** What is told in full by now and was not before; what is damaged is left out. */
  push(text: string): Judged[] {
    this.#held += text
    const found: Judged[] = []
    for (;;) {
      const from = this.#held.indexOf(OPEN)
      if (from === -1) {
        this.#held = this.#held.slice(-OPEN.length)
        return found
      }
      const to = this.#held.indexOf('\x07', from)
      if (to === -1) {
        this.#held = this.#held.length - from > TOLD_MAX ? '' : this.#held.slice(from)
        return found
      }
      const judged = readJudged(this.#held.slice(from + OPEN.length, to))
      if (judged) found.push(judged)
      this.#held = this.#held.slice(to + 1)
    }
  }
}

/** The gravest first. */
const GRAVITY: readonly Verdict[] = ['ko', 'unsure', 'ok', 'skipped']

/** The verdict of a sentence that is checked several times: that of its worst check. */
export function verdictOf(checks: readonly Pick<CriterionResult, 'verdict'>[]): Verdict {
  return GRAVITY.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? 'skipped'
}

/** How many of the exercise's sentences were seen as promised, and of how many. */
export function scoreOf({ criteria }: Pick<Report, 'criteria'>): { passed: number; of: number } {
  const sentences = [...Map.groupBy(criteria, ({ say }) => say).values()]
  return {
    passed: sentences.filter((checks) => checks.every(({ verdict }) => verdict === 'ok')).length,
    of: sentences.length,
  }
}
