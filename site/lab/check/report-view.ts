/** What the judge says of an exercise, in the HTML of `Create.astro`: the criteria are ticked where they are written. */
import type { CriterionResult, PeerTrace, Report } from '../../../labs/check.ts'
import { scoreOf, verdictOf } from '../../../labs/judged.ts'
import { CHECK } from '../../texts.ts'
import { compose } from '../../typography.ts'
import { showInline } from '../panel/show.ts'

export class ReportView {
  readonly #root: HTMLElement
  #results: CriterionResult[] = []

  /** `root` is the element of the exercise. */
  constructor(root: HTMLElement) {
    this.#root = root
  }

  /** A new verification begins. */
  clear(): void {
    this.#results = []
    for (const item of this.#items) {
      delete item.dataset.verdict
      item.querySelector('[data-mark]')!.textContent = ''
      item.querySelector('[data-seen]')!.replaceChildren()
    }
    this.#band('', CHECK.running)
    this.#part('trouble').replaceChildren()
    this.#part('source').replaceChildren()
  }

  /** One more criterion was played. */
  add(result: CriterionResult): void {
    this.#results.push(result)
    this.#tick(this.#results)
  }

  show(report: Report): void {
    this.#results = [...report.criteria]
    const { passed, of } = scoreOf(report)
    const { outcome, trouble, ms, seed } = report
    if (trouble) {
      this.#trouble(trouble.text, trouble.excerpt)
    } else {
      if (outcome === 'unsure') {
        const why = isUnmeasured(report.criteria) ? CHECK.unmeasuredHere : CHECK.unsure
        this.#part('trouble').replaceChildren(element('p', compose(why)))
      }
      const words = `${CHECK.outcomes[outcome]} : ${CHECK.score(passed, of)}`
      this.#band(outcome, words, CHECK.told(Math.max(0.1, ms / 1000), seed))
      this.#tick(report.criteria)
      this.#openFirstFailure()
    }
    const file = report.source?.file
    if (file !== undefined) {
      showInline(this.#part('source'), file.startsWith('labs/') ? CHECK.course(file) : CHECK.yours(file))
    }
  }

  /** The compiler refused the program: the first error, in French where there is a hint. */
  notBuilt({
    file,
    line,
    said,
    hint,
  }: {
    file: string
    line: number
    said: string
    hint: string | null
  }): void {
    this.#trouble(CHECK.notBuilt(file, line, hint), [said])
  }

  /** It was stopped, or could not begin. */
  interrupted(): void {
    this.#band('not-run', CHECK.interrupted)
  }

  get #items(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('[data-criterion]')]
  }

  #part(name: string): HTMLElement {
    return this.#root.querySelector<HTMLElement>(`[data-check-${name}]`)!
  }

  #band(outcome: Report['outcome'] | '', words: string, more = ''): void {
    const band = this.#part('band')
    band.hidden = false
    band.dataset.outcome = outcome
    band.replaceChildren(element('b', compose(words)), element('span', compose(more)))
  }

  /** No criterion was played. */
  #trouble(text: string, lines: readonly string[]): void {
    const excerpt = element('pre', lines.join('\n'))
    excerpt.hidden = lines.length === 0
    this.#part('trouble').replaceChildren(element('p', compose(text)), excerpt)
    this.#band('not-run', CHECK.outcomes['not-run'], CHECK.notPlayed)
  }

  #tick(results: readonly CriterionResult[]): void {
    for (const item of this.#items) {
      const checks = results.filter(({ say }) => say === item.dataset.criterion)
      if (checks.length === 0) continue
      const verdict = verdictOf(checks)
      item.dataset.verdict = verdict
      const shown = checks.find((check) => check.verdict === verdict)
      const mark = shown?.unmeasured ? CHECK.unmeasured : CHECK.marks[verdict]
      item.querySelector('[data-mark]')!.textContent = `${mark} : `
      item.querySelector('[data-seen]')!.replaceChildren(...(shown ? detailOf(shown) : []))
    }
  }

  #openFirstFailure(): void {
    const failed = this.#root.querySelector('[data-verdict="ko"] details')
    failed?.toggleAttribute('open', true)
  }
}

/** Nothing is in doubt but what this machine does not measure. */
function isUnmeasured(criteria: readonly CriterionResult[]): boolean {
  return criteria.every(({ verdict, unmeasured }) => verdict !== 'unsure' || unmeasured)
}

/** What was seen, what was expected, and what went between the judge and the program. */
function detailOf({ observed, expected, exchange, peers }: CriterionResult): HTMLElement[] {
  const [peer, ...lines] = exchange ?? []
  if (!observed && !peer) return []
  const details = element('details')
  details.append(element('summary', observed ? CHECK.whatWasSeen : CHECK.exchange))
  const list = element('dl')
  for (const [term, text] of [
    [CHECK.seen, observed],
    [CHECK.expected, expected],
  ]) {
    if (text) list.append(element('dt', term), element('dd', composeAround(text)))
  }
  if (observed) details.append(list)
  if (peers?.length) details.append(...figureOf(details, peers))
  if (peer) {
    const text = element('pre', lines.map(narrowed).join('\n'))
    text.tabIndex = 0
    details.append(element('p', compose(peer)), text)
  }
  return [details]
}

/** The exchange on « Le fil », drawn once it is in sight. */
function figureOf(details: HTMLDetailsElement, peers: readonly PeerTrace[]): HTMLElement[] {
  const place = element('div')
  place.className = 'still wire'
  const draw = async () => {
    if (!details.open || place.childElementCount > 0) return
    const { drawExchange } = await import('./exchange-drawing.ts')
    drawExchange(place, peers)
  }
  details.addEventListener('toggle', () => void draw())
  return [element('p', compose(CHECK.wire)), place]
}

/** What stands between « and » is what was seen: it stays as it is. */
function composeAround(text: string): string {
  return text
    .split(/(«\s.*?\s»)/s)
    .map((part, rank) => (rank % 2 === 1 ? `«\u00a0${part.slice(2, -2)}\u00a0»` : compose(part)))
    .join('')
}

/** A line of an exchange without the columns that a terminal has room for: its bytes are all in sight. */
function narrowed(line: string): string {
  const text = line.indexOf('«')
  const head = text === -1 ? line : line.slice(0, text)
  return head.trimStart().replace(/ {2,}/g, '  ') + line.slice(head.length)
}

function element<N extends keyof HTMLElementTagNameMap>(name: N, text = ''): HTMLElementTagNameMap[N] {
  return Object.assign(document.createElement(name), { textContent: text })
}
