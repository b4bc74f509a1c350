/** From what the programs did to the figure of their exchange: all in one order, and arrows between them. Pure. */
import type { Arrow } from './arrows.ts'
import { datagramsOf } from './datagrams.ts'
import { type End, gather, type Happening, type Moment } from './moments.ts'
import { ordered } from './order.ts'
import { type Relayed, relayedBy } from './relays.ts'
import { type Connection, connectionsOf, streamsOf } from './streams.ts'

export interface Figure {
  /** In order. */
  moments: readonly Moment[]
  ends: readonly End[]
  connections: readonly Connection[]
  arrows: readonly Arrow[]
  relayed: Relayed
  /** Events that could not be told, or kept. */
  lost: number
}

/** The figure of what happened, in whatever order it arrived. */
export function figureOf(happenings: readonly Happening[]): Figure {
  const stages = figureInStages(happenings)
  for (;;) {
    const { done, value } = stages.next()
    if (done) return value
  }
}

/** The same, with a rest between two stages, for a long one: whoever makes it may do something else meanwhile. */
export function* figureInStages(happenings: readonly Happening[]): Generator<void, Figure> {
  const { processes, ends, moments } = gather(happenings)
  yield
  const connections = connectionsOf(ends)
  const arrows = streamsOf(connections, ends)
  yield
  for (const arrow of datagramsOf(ends)) arrows.push(arrow)
  yield
  const lost = moments.reduce((sum, { event }) => sum + ((event.kind !== 'over' && event.lost) || 0), 0)
  const inOrder = ordered(processes)
  yield
  return { moments: inOrder, ends, connections, arrows, relayed: relayedBy(ends), lost }
}
