/** What a run of a lab says of its cards: the order declared is the one seen, and any other is told wrong. */
import assert from 'node:assert/strict'
import type { EventCard } from '../../labs/activities.ts'
import {
  cardWords,
  compareOrder,
  isAsPredicted,
  rightOrder,
  type Seen,
  seenIn,
} from '../../site/lab/wire/cards.ts'
import { figureOf } from '../../site/lab/wire/figure.ts'
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

  const over = seen(bench, cards)
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
