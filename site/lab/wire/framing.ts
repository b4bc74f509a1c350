/** The headers of the messages of a stream, where the lab declares how they are written. Pure. */
import type { Framing } from '../../../labs/lab.ts'
import { previewOf } from './bytes.ts'
import type { End, Moment, MomentOf } from './moments.ts'
import { rangesOf } from './streams.ts'

/** A header, or what a send or a receive has of it. */
export interface Header {
  /** Where it begins in the bytes of the event. */
  at: number
  /** How many of its bytes the event has, of `bytes`. */
  here: number
  bytes: number
  /** What it announces: how many bytes follow it. */
  length: number
}

export type Headers = ReadonlyMap<Moment, readonly Header[]>

/**
 * The headers that each send and each receive carries. A stream is followed from its first byte, as long as the bytes of
 * the next header are known and announce no more than the lab allows: one without headers has none.
 */
export function headersOf(ends: readonly End[], framing: Framing): Headers {
  const headers = new Map<Moment, Header[]>()
  for (const { use, sent, received } of ends) {
    if (use === 'udp') continue
    for (const way of [sent, received]) takeWay(way, framing, headers)
  }
  return headers
}

function takeWay(
  way: readonly (MomentOf<'send'> | MomentOf<'receive'>)[],
  { lengthBytes, max }: Framing,
  headers: Map<Moment, Header[]>,
): void {
  const known = new Map<number, number>()
  const ranges = rangesOf(way)
  for (const [rank, { event }] of way.entries()) {
    if (event.times) continue
    for (const [at, byte] of previewOf(event).entries()) known.set(ranges[rank]!.start + at, byte)
  }
  for (let from = 0; ; ) {
    const bytes = Array.from({ length: lengthBytes }, (_, at) => known.get(from + at))
    if (!bytes.every((byte) => byte !== undefined)) return
    const length = bytes.reduce((value, byte) => value * 256 + byte, 0)
    if (length > max) return
    const to = from + lengthBytes
    for (const { moment, start, end } of ranges) {
      const [low, high] = [Math.max(from, start), Math.min(to, end)]
      if (low >= high) continue
      const header = { at: low - start, here: high - low, bytes: lengthBytes, length }
      const list = headers.get(moment)
      if (list) list.push(header)
      else headers.set(moment, [header])
    }
    from = to + length
  }
}
