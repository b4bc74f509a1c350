/** What a relay does of the datagrams it receives: kept for itself, or sent more than once. Pure. */
import type { End, Moment, MomentOf } from './moments.ts'

export interface Relayed {
  /** Received, and not sent since. */
  kept: ReadonlySet<Moment>
  /** Sent again. */
  copies: ReadonlySet<Moment>
}

/** Each sending of a relay answers for the first datagram with that content which it had received and not sent. */
export function relayedBy(ends: readonly End[], relays: ReadonlySet<string>): Relayed {
  const kept = new Set<Moment>()
  const copies = new Set<Moment>()
  const runs = new Map<number, (MomentOf<'receive'> | MomentOf<'send'>)[]>()
  for (const { use, role, run, received, sent } of ends) {
    if (use !== 'udp' || !relays.has(role)) continue
    runs.set(run, [...(runs.get(run) ?? []), ...received, ...sent])
  }
  for (const moments of runs.values()) {
    const waiting = new Map<string, Moment[]>()
    for (const moment of moments.sort((a, b) => a.event.order - b.event.order)) {
      const { kind, bytes, hash, times } = moment.event
      if (times) continue
      const name = `${bytes} ${hash}`
      const had = waiting.get(name)
      if (kind === 'send') {
        const source = had?.shift()
        if (source) kept.delete(source)
        else if (had) copies.add(moment)
        continue
      }
      kept.add(moment)
      if (had) had.push(moment)
      else waiting.set(name, [moment])
    }
  }
  return { kept, copies }
}
