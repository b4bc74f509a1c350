/** What goes from one program to another, or would. */
import type { Cast } from './endpoint.ts'
import type { Moment } from './moments.ts'

/**
 * What became of it. `waiting`: on its way, or in the queue of a socket that nobody reads; `unobserved`: the other end
 * is not a program of the figure; `nobody`: no socket was there to take it; `refused`: a connection only.
 */
export type Fate = 'arrived' | 'waiting' | 'lost' | 'refused' | 'unobserved' | 'nobody'

export interface Arrow {
  kind: 'connect' | 'data' | 'datagram' | 'fin' | 'reset'
  /** Null when an end is not a program of the figure, or when nothing arrived. */
  from: Moment | null
  to: Moment | null
  fate: Fate
  /** The role it goes towards, when nothing arrived there. */
  towards: string | null
  /** Bytes that it carries, and how many of that connection went that way before. */
  bytes: number
  offset: number
  /** A datagram. */
  cast?: Cast
  /** The same datagram was received before; a later one of the same sender was. */
  duplicate?: true
  late?: true
  /** No event tells it: it follows from others. */
  deduced?: true
}
