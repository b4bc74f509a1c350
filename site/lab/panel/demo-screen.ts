/** What the screen of a demonstration says, from where it stands. Pure. */
import type { Expectation, Lab, Step } from '../../../labs/lab.ts'
import { DEMO } from '../../texts.ts'
import type { DemoOrder } from './demo-order.ts'
import { shownOrder } from './options.ts'
import type { RolePane } from './role-pane.ts'

/** An answer of the class, or a way on. */
export interface Card {
  text: string
  chosen?: boolean
  /** Its place in the order of the class, in words. */
  place?: string
  run(): void
}

export interface Screen {
  /** `ordered`: the cards are put in order. */
  kind: 'said' | 'asked' | 'ordered' | 'failed'
  /** Where one is, then what about it. */
  lead: string
  about: readonly string[]
  /** Whether the class had been right. */
  verdict?: { right: boolean; words: string }
  sentence: string
  because?: string
  cards: readonly Card[]
  /** The step that the screen is about, from 0; -1 before the first one. */
  at: number
  played: number
  count: string
  /** What « Suivant » is called; `again` when it begins anew. */
  next: string
  again: boolean
  back: boolean
  busy: boolean
}

/** Where a demonstration stands. */
export interface DemoState {
  lab: Lab
  /** How many steps have been played, and how many the screen has behind it. */
  played: number
  shown: number
  /** In place of the sentence. */
  instead: 'order' | 'question' | 'failure' | null
  /** The programs of before are being stopped, or a step is being played. */
  doing: 'preparing' | 'playing' | null
  failure: { index: number; text: string; ways: readonly Card[] } | null
  /** What the class answered, by step: an index of the options. */
  answers: ReadonlyMap<number, number>
  /** Programs ended before the first step, in words. */
  freed: readonly string[]
  /** While a step is played. */
  awaited: string
  /** The cards of the lab, and what the class makes of them; null without cards. */
  order: Pick<DemoOrder, 'cards' | 'chosen' | 'score'> | null
  answer(option: number): void
  choose(card: number): void
}

export function screenOf(state: DemoState): Screen {
  const { lab, played, shown, instead, doing, failure } = state
  const { scenario } = lab
  const next = scenario[played]
  if (instead === 'failure' && failure && !doing) return { ...common(state, failure.index), ...failed(state) }
  if (doing === 'playing' && next) {
    const about = [does(lab, next), state.awaited].filter(Boolean)
    const said =
      instead === 'question'
        ? asked(state, next)
        : instead === 'order'
          ? ordered(state, next)
          : already(state)
    return { ...common(state, played), ...said, lead: DEMO.step(played + 1), about }
  }
  if (instead === 'question' && next) return { ...common(state, played), ...asked(state, next) }
  if (instead === 'order' && next) return { ...common(state, played), ...ordered(state, next) }
  return shown === 0
    ? { ...common(state, -1), ...opening(state) }
    : { ...common(state, shown - 1), ...already(state) }
}

function common(state: DemoState, at: number) {
  const { lab, played, shown, instead, doing } = state
  const steps = lab.scenario.length
  const again = instead === 'failure' || (shown === steps && !instead)
  return {
    kind: 'said' as Screen['kind'],
    cards: [] as readonly Card[],
    at,
    played,
    count: at < 0 ? DEMO.steps(steps) : DEMO.count(at + 1, steps),
    next: again ? DEMO.again : asksLast(state) ? DEMO.launch : DEMO.next,
    again,
    back: instead !== null || shown > 0,
    busy: doing !== null,
  }
}

/** Whether what is asked is the last thing before the step. */
function asksLast({ lab, played, instead }: DemoState): boolean {
  return instead === 'question' || (instead === 'order' && !lab.scenario[played]?.predict)
}

function opening({ lab, doing, freed }: DemoState) {
  const about = doing ? [DEMO.preparing] : freed.length > 0 ? freed : [DEMO.intro]
  return { lead: DEMO.name, about, sentence: lab.goal }
}

/** The sentence of a step that has been played, and what the class had answered. */
function already({ lab, shown, played, answers, order }: DemoState) {
  const step = lab.scenario[shown - 1]
  if (!step) return { lead: DEMO.name, about: [], sentence: lab.goal }
  const about = [does(lab, step)]
  if (shown === played && order?.score) about.push(DEMO.cards(order.score))
  if (shown < played) about.push(DEMO.past)
  else if (shown === lab.scenario.length) about.push(DEMO.over)
  const said = { lead: DEMO.step(shown), about, sentence: step.say }
  if (!step.predict) return said
  const { options } = step.predict
  const right = options.findIndex((option) => option.right)
  const chosen = answers.get(shown - 1)
  const letter = (option: number) => 'ABCDEFGH'[shownOrder(options).indexOf(option)] ?? ''
  const because = options[right]?.because ?? ''
  if (chosen === undefined) return { ...said, about: [...about, DEMO.answer(letter(right))], because }
  about.push(DEMO.answered(letter(chosen)))
  const verdict = {
    right: chosen === right,
    words: chosen === right ? DEMO.right : DEMO.wrong(letter(right)),
  }
  return { ...said, verdict, because }
}

function asked({ lab, answers, played, answer }: DemoState, step: Step) {
  const { question = '', options = [] } = step.predict ?? {}
  const chosen = answers.get(played)
  const cards = shownOrder(options).map((position) => ({
    text: (options[position]?.text ?? '').replace(/\.$/, ''),
    chosen: position === chosen,
    run: () => answer(position),
  }))
  return { kind: 'asked' as const, lead: DEMO.before, about: [will(lab, step)], sentence: question, cards }
}

/** The cards to put in order: each goes after those already chosen. */
function ordered({ lab, order, choose }: DemoState, step: Step) {
  const cards = (order?.cards ?? []).map(({ card, words }) => {
    const at = order!.chosen.indexOf(card)
    return {
      text: words,
      chosen: at >= 0,
      ...(at >= 0 && { place: DEMO.place(at + 1) }),
      run: () => choose(card),
    }
  })
  return {
    kind: 'ordered' as const,
    lead: DEMO.before,
    about: [will(lab, step), DEMO.howToOrder],
    sentence: DEMO.inWhichOrder,
    cards,
  }
}

function failed({ lab, failure }: DemoState) {
  const { index, text, ways } = failure!
  const step = lab.scenario[index]
  const about = [...(step ? [does(lab, step)] : []), DEMO.failed]
  return { kind: 'failed' as const, lead: DEMO.step(index + 1), about, sentence: text, cards: ways }
}

/** « Client 2 démarre ». */
function does(lab: Lab, { action, role, text }: Step): string {
  return DEMO.does[action](titleOf(lab, role), text ?? '')
}

/** « Client 2 va démarrer ». */
function will(lab: Lab, { action, role, text }: Step): string {
  return DEMO.will[action](titleOf(lab, role), text ?? '')
}

/** What a step being played waits for: a build, a start, or what a role must show. */
export function awaitedOf(
  lab: Lab,
  { state, building }: Pick<RolePane, 'state' | 'building'>,
  step: Step,
  expectation: Expectation | null,
): string {
  if (state === 'building') return DEMO.building(titleOf(lab, step.role), building)
  if (state === 'starting') return DEMO.starting
  if (!expectation) return ''
  const title = titleOf(lab, expectation.role ?? step.role)
  if (expectation.exit !== undefined) return DEMO.awaitsEnd(title)
  return expectation.output ? DEMO.awaitsOutput(title) : DEMO.awaitsEvent(title)
}

export function titleOf(lab: Lab, id: string): string {
  return lab.roles.find((role) => role.id === id)?.title ?? id
}
