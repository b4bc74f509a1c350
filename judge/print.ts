/** A report in a terminal, in French. */
import type { Exercise } from '../labs/activities.ts'
import type { CriterionResult, Report } from '../labs/check.ts'
import { scoreOf, verdictOf } from '../labs/judged.ts'
import { milliseconds } from './words.ts'

/** A criterion this long says how long it took, in ms. */
const LONG = 1500
const SYMBOLS = { ok: ['32', '✓'], ko: ['31;1', '✗'], unsure: ['33', '?'], skipped: ['2', '·'] } as const
const OUTCOMES = {
  passed: ['32;1', 'Réussi'],
  unsure: ['33', 'Indécis'],
  failed: ['1', 'Pas encore'],
} as const

/** What to do when nothing could be told. */
const QUIET = 'Fermez ce qui occupe la machine, puis relancez.'
const ELSEWHERE = 'Le cours lancé sous Linux la mesure.'

export class Printer {
  readonly #isColored: boolean
  readonly #givesHints: boolean

  /** Without hints where the page gives them, one at a time. */
  constructor(isColored: boolean, givesHints: boolean) {
    this.#isColored = isColored
    this.#givesHints = givesHints
  }

  #paint(color: string, text: string): string {
    return this.#isColored ? `\x1b[${color}m${text}\x1b[0m` : text
  }

  /** What is judged. */
  heading({ id, title, level }: Exercise, judged: string): string {
    return `${this.#paint('1', french(`${id} · ${title}`))} ${'★'.repeat(level)}\n${this.#paint('2', judged)}\n`
  }

  /** One line for a sentence, from the results of all its checks. */
  sentence(results: readonly CriterionResult[]): string {
    const verdict = verdictOf(results)
    const ms = results.reduce((sum, result) => sum + result.ms, 0)
    const lasted = verdict === 'ok' && ms > LONG ? this.#paint('2', `  (joué en ${milliseconds(ms)})`) : ''
    const isUnmeasured = verdict === 'unsure' && results.some(({ unmeasured }) => unmeasured)
    const why = verdict === 'skipped' ? 'non joué' : isUnmeasured ? 'non mesuré ici' : ''
    const where = why && this.#paint('2', `  (${why})`)
    const [color, symbol] = SYMBOLS[verdict]
    return `${this.#paint(color, symbol)} ${french(results[0]?.say ?? '')}${lasted}${where}`
  }

  /** What comes after the sentences: the trouble, or the first failure, its exchange and a hint; then the outcome. */
  details(report: Report): string {
    const { trouble, criteria, outcome } = report
    if (trouble) {
      const said = trouble.excerpt.map((line) => `    ${line}`)
      const none = this.#paint('2', 'Aucun critère n’a pu être joué.')
      return ['', this.#paint('31;1', french(trouble.text)), ...said, '', none].join('\n')
    }
    const [color, word] = OUTCOMES[outcome === 'not-run' ? 'unsure' : outcome]
    const failed = criteria.find(({ verdict }) => verdict === 'ko')
    const unsure = criteria.filter(({ verdict }) => verdict === 'unsure')
    return [
      ...(failed ? this.#failure(failed) : []),
      ...unsure.flatMap(({ observed, unmeasured }) => [
        '',
        french(`${this.#paint('33', 'Indécis')}  ${observed}. ${unmeasured ? ELSEWHERE : QUIET}`),
      ]),
      '',
      `${this.#paint(color, word)} : ${this.#score(report)}`,
    ].join('\n')
  }

  #failure({ observed = '', expected = '', hint = '', exchange = [] }: CriterionResult): string[] {
    const [peer, ...lines] = exchange
    return [
      '',
      `${this.#paint('1', 'Vu')}       ${french(observed)}`,
      `${this.#paint('1', 'Attendu')}  ${french(expected)}`,
      ...(peer ? ['', `  ${french(peer)}`, ...lines.map((line) => `  ${this.#paint('2', line)}`)] : []),
      ...(this.#givesHints ? ['', `${this.#paint('1', 'Piste')}    ${french(hint)}`] : []),
    ]
  }

  #score(report: Report): string {
    const { ms, seed } = report
    const { passed, of } = scoreOf(report)
    const seconds = Math.max(0.1, ms / 1000)
      .toFixed(1)
      .replace('.', ',')
    return french(`${passed}/${of} critère${passed > 1 ? 's' : ''} en ${seconds} s · graine ${seed}`)
  }
}

/** No-break spaces where French wants them, outside of code; the backquotes of code go. */
function french(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part.slice(1, -1) : noBreak(part)))
    .join('')
}

function noBreak(text: string): string {
  return text
    .replace(/ ([;!?])/g, '\u202f$1')
    .replace(/ ([:»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
}
