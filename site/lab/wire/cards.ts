/** The cards that a learner puts in order before a run, and what the run says of that order. Pure. */
import type { EventCard } from '../../../labs/activities.ts'
import { fits } from '../../../labs/trace.ts'
import { CARD } from '../../texts/order.ts'
import { previewOf, textOf } from './bytes.ts'
import type { Figure } from './figure.ts'
import type { End, Moment } from './moments.ts'

/** What a card says, in the words of the figure: « Serveur envoie « OCCUPÉ » à Client 2 ». */
export function cardWords({ role, event, with: other, text }: EventCard, roles: RoleTitles): string {
  const far = other === undefined ? '' : titleOf(other, roles)
  return CARD[event.kind](titleOf(role, roles), far, saidBy(event, text))
}

export type RoleTitles = readonly { id: string; title: string }[]

/** « Récepteur 1 » for « Récepteur 1 (toutes les adresses) ». */
function titleOf(role: string, roles: RoleTitles): string {
  return (roles.find(({ id }) => id === role)?.title ?? role).replace(/ \(.*\)$/, '')
}

/** What a card says of an event besides who does it. */
function saidBy(event: EventCard['event'], text: string | undefined): string {
  if (text !== undefined) return `« ${text} »`
  return event.kind === 'join' ? (event.group ?? '') : ''
}

/** What a run says of the cards: for each, the moment that it stands for, or null. */
export type Seen = readonly (Moment | null)[]

/** The first moment that each card stands for, in the figure or, in it, from the moment of this key on. */
export function seenIn(figure: Figure, cards: readonly EventCard[], from = 0): Seen {
  const beyond = beyondRelays(figure.ends)
  const moments = figure.moments.filter(({ key }) => key >= from)
  return cards.map((card) => moments.find((moment) => isOf(card, moment, beyond)) ?? null)
}

/** Whether all that was to happen has been seen. */
export function isComplete(seen: Seen, cards: readonly EventCard[]): boolean {
  return cards.every(({ never }, card) => never || seen[card])
}

/** For an end of a connection to a relay, the end of the other connection that the relay passes it on to. */
type Beyond = ReadonlyMap<End, End>

/** A program that makes a connection after each one that it takes is a relay: the first goes on as the first, and so on. */
function beyondRelays(ends: readonly End[]): Beyond {
  const beyond = new Map<End, End>()
  for (const own of Map.groupBy(ends, ({ run }) => run).values()) {
    const taken = own.filter(({ use }) => use === 'accepted')
    const made = own.filter(({ use }) => use === 'client')
    for (const [rank, { opened, peer }] of taken.entries()) {
      const next = made[rank]
      if (!next?.asked || !opened || next.asked.rank < opened.rank || !peer) continue
      if (!next.peer) continue
      beyond.set(peer, next.peer)
      beyond.set(next.peer, peer)
    }
  }
  return beyond
}

function isOf(card: EventCard, { role, event, end }: Moment, beyond: Beyond): boolean {
  if (role !== card.role || event.kind === 'over' || !fits(event, card.event)) return false
  const far = end && [end.peer, beyond.get(end)]
  if (card.with !== undefined && !far?.some((other) => other?.role === card.with)) return false
  if (card.text === undefined) return true
  return 'bytes' in event && textOf(previewOf(event)).startsWith(card.text)
}

/** What became of a card: at its place, at another one, not where it was expected, or not at all. */
export interface Compared {
  /** Its rank among the cards of the lab. */
  card: number
  /** From 1; null when it was not to happen, or did not. */
  expected: number | null
  seen: number | null
  moment: Moment | null
}

/** A predicted order beside what was seen: the cards expected, in that order, then those that were not. */
export function compareOrder(order: readonly number[], seen: Seen): Compared[] {
  const happened = seen
    .map((moment, card) => ({ moment, card }))
    .filter(({ moment }) => moment !== null)
    .sort((a, b) => a.moment!.rank - b.moment!.rank)
    .map(({ card }) => card)
  const others = seen.map((_, card) => card).filter((card) => !order.includes(card))
  return [...order, ...others].map((card, at) => ({
    card,
    expected: at < order.length ? at + 1 : null,
    seen: seen[card] ? happened.indexOf(card) + 1 : null,
    moment: seen[card] ?? null,
  }))
}

/** Whether a card is where it was expected, or as absent. */
export function isAsPredicted({ expected, seen }: Compared): boolean {
  return expected === seen
}

/** An order kept by the browser, without what the lab no longer has. */
export function keptOrder(order: readonly number[], cards: readonly EventCard[]): number[] {
  return [...new Set(order)].filter((card) => cards[card] !== undefined)
}

/** The order that is right. */
export function rightOrder(cards: readonly EventCard[]): number[] {
  return cards.flatMap(({ never }, card) => (never ? [] : card))
}
