/** UDP: which datagram received is which datagram sent. Pure. */
import type { Arrow } from './arrows.ts'
import { castOf, hostOf, plainEndpoint, portOf } from './endpoint.ts'
import type { End, MomentOf } from './moments.ts'
import { precede } from './order.ts'

interface Sent {
  moment: MomentOf<'send'>
  from: End
  /** Plain. */
  remote: string
  rank: number
  /** The sockets that received it. */
  takers: End[]
}

/** How much later than its receipt a sending may seem to be, in µs: the clock is read around the calls. */
const SLACK = 50_000

/** All the datagrams; says also what comes before what. */
export function datagramsOf(ends: readonly End[]): Arrow[] {
  const sockets = ends.filter(({ use }) => use === 'udp')
  const sent: Sent[] = sockets.flatMap((from) =>
    from.sent.map((moment, rank) => ({
      moment,
      from,
      remote: plainEndpoint(moment.event.remote ?? from.remote),
      rank,
      takers: [],
    })),
  )
  sent.sort((a, b) => a.moment.event.at - b.moment.event.at)
  const byName = new Map<string, Sent[]>()
  for (const one of sent) {
    const key = nameOf(portOf(one.from.local), portOf(one.remote), one.moment)
    const list = byName.get(key)
    if (list) list.push(one)
    else byName.set(key, [one])
  }
  const arrows: Arrow[] = []
  const latest = new Map(sockets.map((socket) => [socket, takeReceipts(socket, byName, arrows)]))
  for (const one of sent) if (one.takers.length === 0) arrows.push(notTaken(one, sockets, latest))
  return arrows
}

/** What tells a datagram from the others between two ports: a group of many says only where it goes. */
function nameOf(from: number, to: number, { event }: MomentOf<'send'> | MomentOf<'receive'>): string {
  return event.times ? `${from} ${to} many` : `${from} ${to} ${event.bytes} ${event.hash}`
}

/** For each socket that sends, the rank of its latest datagram that another one received. */
type Latest = ReadonlyMap<End, number>

/** What a socket received: each time the first datagram of that name which it had not; one already taken is a copy. */
function takeReceipts(socket: End, byName: ReadonlyMap<string, Sent[]>, arrows: Arrow[]): Latest {
  const next = new Map<string, number>()
  const latest = new Map<End, number>()
  for (const moment of socket.received) {
    const { event } = moment
    const remote = plainEndpoint(event.remote ?? '')
    const name = nameOf(portOf(remote), portOf(socket.local), moment)
    const candidates = byName.get(name) ?? []
    const at = next.get(name) ?? 0
    const inTime = (one: Sent | undefined) =>
      one && one.moment.event.at <= (event.until ?? event.at) + SLACK ? one : undefined
    const match = inTime(candidates[at])
    const source = match ?? inTime(candidates[0])
    const arrow: Arrow = {
      kind: 'datagram',
      from: source?.moment ?? null,
      to: moment,
      fate: source ? 'arrived' : 'unobserved',
      towards: null,
      bytes: event.bytes,
      offset: 0,
      ...(source && { cast: castOf(source.remote) }),
    }
    arrows.push(arrow)
    if (!source) continue
    precede(source.moment, moment)
    if (!match) {
      if (!event.times) arrow.duplicate = true
      continue
    }
    next.set(name, at + 1)
    match.takers.push(socket)
    const before = latest.get(match.from) ?? -1
    if (match.rank < before) arrow.late = true
    latest.set(match.from, Math.max(before, match.rank))
  }
  return latest
}

/** A datagram that nobody received, or not yet. Nothing can be said of a group: who is a member may not be observed. */
function notTaken(
  { moment, from, remote, rank }: Sent,
  sockets: readonly End[],
  latest: ReadonlyMap<End, Latest>,
): Arrow {
  const { event } = moment
  const cast = castOf(remote)
  const arrow: Arrow = {
    kind: 'datagram',
    from: moment,
    to: null,
    fate: 'nobody',
    towards: null,
    bytes: event.bytes,
    offset: 0,
    cast,
  }
  const there = sockets.filter(
    (one) => one !== from && portOf(one.local) === portOf(remote) && isOpenAt(one, event.at),
  )
  const target = cast === 'unicast' ? there.find((one) => reaches(one, remote)) : undefined
  if (!target) {
    // Another role may have had that port before: that is where it goes.
    const former =
      cast === 'unicast' && sockets.findLast((one) => one !== from && portOf(one.local) === portOf(remote))
    return former ? { ...arrow, towards: former.role } : arrow
  }
  // One socket hands over in order what another one sends it here: what a later one has passed will not come.
  const passed = (latest.get(target)?.get(from) ?? -1) > rank
  const lost = !event.times && (passed || target.closed || target.over)
  return { ...arrow, fate: lost ? 'lost' : 'waiting', towards: target.role }
}

function isOpenAt({ opened, closed, over }: End, at: number): boolean {
  if (!opened || opened.event.at > at) return false
  return !(closed && closed.event.at < at) && !(over && over.event.at < at)
}

/** Whether a socket takes what is sent to this address. */
function reaches({ local }: End, remote: string): boolean {
  const [own, host] = [hostOf(local), hostOf(remote)]
  return own === '0.0.0.0' || own === '[::]' || own === host
}
