/** What a program that passes datagrams on does of them: kept for itself, or sent more than once. Pure. */
import { plainEndpoint } from './endpoint.ts'
import type { End, Moment, MomentOf } from './moments.ts'

export interface Relayed {
  /** Received, and not sent since. */
  kept: ReadonlySet<Moment>
  /** Sent again. */
  copies: ReadonlySet<Moment>
}

type Datagram = MomentOf<'receive'> | MomentOf<'send'>

/**
 * Each sending of such a program answers for the first datagram with that content which it had received and not sent. A
 * program is one that has sent to another what it had received: an echo sends it back.
 */
export function relayedBy(ends: readonly End[]): Relayed {
  const relayed = { kept: new Set<Moment>(), copies: new Set<Moment>() }
  const runs = new Map<number, Datagram[]>()
  for (const { use, run, received, sent } of ends) {
    if (use !== 'udp') continue
    const list = runs.get(run) ?? []
    for (const moment of [...received, ...sent]) if (!moment.event.times) list.push(moment)
    runs.set(run, list)
  }
  for (const moments of runs.values()) {
    moments.sort((a, b) => a.event.order - b.event.order)
    takeRun(moments, relayed)
  }
  return relayed
}

function takeRun(moments: readonly Datagram[], relayed: { kept: Set<Moment>; copies: Set<Moment> }): void {
  const kept = new Set<Moment>()
  const copies: Moment[] = []
  const waiting = new Map<string, MomentOf<'receive'>[]>()
  let passesOn = false
  for (const moment of moments) {
    const name = `${moment.event.bytes} ${moment.event.hash}`
    const had = waiting.get(name)
    if (moment.event.kind === 'receive') {
      kept.add(moment)
      if (had) had.push(moment as MomentOf<'receive'>)
      else waiting.set(name, [moment as MomentOf<'receive'>])
      continue
    }
    const source = had?.shift()
    if (source) {
      kept.delete(source)
      passesOn ||= plainEndpoint(source.event.remote ?? '') !== plainEndpoint(moment.event.remote ?? '')
    } else if (had) copies.push(moment)
  }
  if (!passesOn) return
  for (const moment of kept) relayed.kept.add(moment)
  for (const moment of copies) relayed.copies.add(moment)
}
