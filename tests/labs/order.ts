/** What a run of a lab, or its scenario, says of its cards: the order declared is the one seen, and any other is told wrong. */
import assert from 'node:assert/strict'
import type { EventCard } from '../../labs/activities.ts'
import type { Lab } from '../../labs/lab.ts'
import {
  cardWords,
  compareOrder,
  isAsPredicted,
  isComplete,
  rightOrder,
  type Seen,
  seenIn,
} from '../../site/lab/wire/cards.ts'
import { figureOf } from '../../site/lab/wire/figure.ts'
import type { Happening } from '../../site/lab/wire/moments.ts'
import type { RunnerStage } from '../stage.ts'
import type { Bench } from './panes.ts'

/** Waits for all the cards that happen, ends the programs, and compares. */
export async function checkOrder(bench: Bench, cards: readonly EventCard[]): Promise<void> {
  const roles = bench.roles.panes.map(({ role }) => role)
  const words = cards.map((card) => cardWords(card, roles))
  const missing = () =>
    words.filter((_, card) => !cards[card]!.never && seen(bench, cards)[card] === null).join(' · ')
  try {
    await bench.roles.panes[0]!.until(() => missing() === '')
  } catch {
    assert.fail(`never seen: ${missing()}\n${bench.transcript()}`)
  }
  for (const pane of bench.roles.panes) await pane.stop()

  checkSeen(seen(bench, cards), cards, words)
}

function checkSeen(over: Seen, cards: readonly EventCard[], words: readonly string[]): void {
  const differences = (order: readonly number[]) =>
    compareOrder(order, over)
      .filter((one) => !isAsPredicted(one))
      .map(({ card, expected, seen }) => `${words[card]}: declared ${expected}, seen ${seen}`)
  const right = rightOrder(cards)
  assert.deepEqual(differences(right), [])
  for (let at = 1; at < right.length; at += 1) {
    const wrong = right.with(at, right[at - 1]!).with(at - 1, right[at]!)
    assert.equal(differences(wrong).length, 2, `${words[right[at]!]} sooner`)
  }
}

/** Which moment of the run so far each card stands for. */
function seen(bench: Bench, cards: readonly EventCard[]): Seen {
  const happenings = bench.roles.all.flatMap((pane, run) =>
    (pane.events ?? []).map(({ event, offset }) => ({ role: pane.role.id, run, offset, event })),
  )
  return seenIn(figureOf(happenings), cards)
}

/** A scenario being played, as « Le fil » gathers it: its cards are compared as a demonstration does, between two steps. */
export class ScenarioOrder {
  readonly #lab: Lab
  readonly #cards: readonly EventCard[]
  readonly #stage: RunnerStage
  readonly #happenings: Happening[] = []
  /** How many programs each role has started, and how many events are known of the last one. */
  readonly #runs = new Map<string, number>()
  readonly #known = new Map<string, number>()
  /** The first happening that counts; null before the step that the cards are put in order before. */
  #from: number | null = null
  #compared = false

  constructor(lab: Lab, cards: readonly EventCard[], stage: RunnerStage) {
    this.#lab = lab
    this.#cards = cards
    this.#stage = stage
  }

  /** Step `index` is about to be played. */
  playing(index: number): void {
    const { role, action, order } = this.#lab.scenario[index]!
    if (order) this.#from = this.#happenings.length
    if (action !== 'start') return
    this.#runs.set(role, (this.#runs.get(role) ?? 0) + 1)
    this.#known.set(role, 0)
  }

  /** A step has been played: all that was to happen may have been seen, in the order declared. */
  played(): void {
    for (const [rank, { id: role }] of this.#lab.roles.entries()) {
      const run = 100 * rank + (this.#runs.get(role) ?? 0)
      const trace = this.#stage.trace(role) ?? []
      for (const { event, offset } of trace.slice(this.#known.get(role) ?? 0))
        this.#happenings.push({ role, run, offset, event })
      this.#known.set(role, trace.length)
    }
    if (this.#compared || this.#from === null) return
    const seen = seenIn(figureOf(this.#happenings), this.#cards, this.#from)
    this.#compared = isComplete(seen, this.#cards)
    if (this.#compared) checkSeen(seen, this.#cards, this.#words)
  }

  /** The scenario is over: what its programs did may still be on its way. */
  async over(): Promise<void> {
    if (!this.#asked) return
    for (this.played(); !this.#compared; this.played()) {
      await this.#stage.change().catch(() => {
        const seen = seenIn(figureOf(this.#happenings), this.#cards, this.#from ?? 0)
        const missing = this.#words.filter((_, card) => !this.#cards[card]!.never && !seen[card])
        assert.fail(`the scenario never shows: ${missing.join(' · ')}`)
      })
    }
  }

  get #asked(): boolean {
    return this.#lab.scenario.some(({ order }) => order)
  }

  get #words(): string[] {
    return this.#cards.map((card) => cardWords(card, this.#lab.roles))
  }
}
