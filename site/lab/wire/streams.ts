/** TCP: the two ends of each connection, and what goes from one to the other. Pure. */
import type { Arrow } from './arrows.ts'
import { portOf } from './endpoint.ts'
import type { End, Moment, MomentOf } from './moments.ts'
import { precede } from './order.ts'

export interface Connection {
  client: End | null
  server: End | null
}

/** The connections: the two ends have the same pair of endpoints, crossed. A pair may come back: in order. */
export function connectionsOf(ends: readonly End[]): Connection[] {
  const waiting = new Map<string, End[]>()
  for (const end of ends) {
    if (end.use !== 'accepted') continue
    const key = `${end.remote} ${end.local}`
    const list = waiting.get(key)
    if (list) list.push(end)
    else waiting.set(key, [end])
  }
  const byTime = (a: End, b: End) => (a.opened?.event.at ?? 0) - (b.opened?.event.at ?? 0)
  for (const list of waiting.values()) if (list.length > 1) list.sort(byTime)
  const connections: Connection[] = []
  const clients = ends.filter(({ use }) => use === 'client')
  for (const client of clients.toSorted(byTime)) {
    const server = (client.local && waiting.get(`${client.local} ${client.remote}`)?.shift()) || null
    if (server) {
      client.peer = server
      server.peer = client
    }
    connections.push({ client, server })
  }
  for (const list of waiting.values()) for (const server of list) connections.push({ client: null, server })
  return connections
}

/** All that goes between the two ends of the connections; says also what comes before what. */
export function streamsOf(connections: readonly Connection[], ends: readonly End[]): Arrow[] {
  const listeners = ends.filter(({ use }) => use === 'listener')
  const arrows: Arrow[] = []
  for (const { client, server } of connections) {
    if (client) arrows.push(opening(client, server, listeners))
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      arrows.push(...bytesBetween(from, to, client, listeners))
      const ending = endingOf(from, to)
      if (ending) arrows.push(ending)
    }
  }
  return arrows
}

/** The listener that a connection goes to: the last one on that port before it was made. */
function listenerFor(client: End, listeners: readonly End[]): End | null {
  const at = (client.opened ?? client.refused ?? client.asked)?.event.at ?? 0
  const port = portOf(client.remote)
  const fits = listeners.filter(({ local }) => portOf(local) === port)
  return fits.findLast(({ opened }) => opened!.event.at <= at) ?? fits[0] ?? null
}

function opening(client: End, server: End | null, listeners: readonly End[]): Arrow {
  const listener = listenerFor(client, listeners)
  // The queue of the system takes it before the program does.
  if (client.opened) precede(listener?.opened ?? null, client.opened)
  precede(client.asked, server?.opened ?? null)
  const arrow = { kind: 'connect', from: client.asked, towards: listener?.role ?? null, ...NOTHING } as const
  if (server) return { ...arrow, to: server.opened, fate: 'arrived' }
  if (client.refused) return { ...arrow, to: null, fate: 'refused' }
  return { ...arrow, to: null, fate: listener ? 'waiting' : 'unobserved' }
}

const NOTHING = { bytes: 0, offset: 0 }

export interface Range {
  moment: Moment
  start: number
  end: number
}

/** The bytes of each send or receive, by their place in the stream. */
export function rangesOf(moments: readonly (MomentOf<'send'> | MomentOf<'receive'>)[]): Range[] {
  let next = 0
  return moments.map((moment) => {
    const start = moment.event.offset ?? next
    next = start + moment.event.bytes
    return { moment, start, end: next }
  })
}

/** An arrow for each run of bytes that left together and arrived together: one send may be cut, several may be joined. */
function bytesBetween(
  from: End | null,
  to: End | null,
  client: End | null,
  listeners: readonly End[],
): Arrow[] {
  const sent = rangesOf(from?.sent ?? [])
  const received = rangesOf(to?.received ?? [])
  const arrows: Arrow[] = []
  const put = (one: Partial<Arrow>, start: number, end: number) =>
    arrows.push({
      kind: 'data',
      from: null,
      to: null,
      fate: 'arrived',
      towards: null,
      ...one,
      bytes: end - start,
      offset: start,
    })
  if (!from) {
    for (const { moment, start, end } of received) put({ to: moment, fate: 'unobserved' }, start, end)
    return arrows
  }
  let first = 0
  for (const { moment, start, end } of sent) {
    if (!to) {
      const listener = from === client ? listenerFor(from, listeners) : null
      put(
        { from: moment, fate: listener ? 'waiting' : 'unobserved', towards: listener?.role ?? null },
        start,
        end,
      )
      continue
    }
    while (first < received.length && received[first]!.end <= start) first += 1
    let covered = start
    for (let at = first; at < received.length && received[at]!.start < end; at += 1) {
      const taken = received[at]!
      const [low, high] = [Math.max(covered, taken.start), Math.min(end, taken.end)]
      if (high <= low) continue
      put({ from: moment, to: taken.moment }, low, high)
      precede(moment, taken.moment)
      covered = high
    }
    if (covered < end) {
      put({ from: moment, fate: to.closed || to.over ? 'lost' : 'waiting', towards: to.role }, covered, end)
    }
  }
  return arrows
}

/** How `from` ended, and how `to` learned it: an orderly end (FIN), or a reset (RST). */
function endingOf(from: End | null, to: End | null): Arrow | null {
  const cause = from?.shutdown ?? from?.closed ?? from?.over ?? null
  if (to?.fin) {
    if (cause?.event.kind === 'over') hasten(cause, to.fin)
    precede(cause, to.fin)
    const deduced = cause?.event.kind === 'over' ? ({ deduced: true } as const) : {}
    const fate = from ? 'arrived' : 'unobserved'
    return { kind: 'fin', from: cause, to: to.fin, fate, towards: null, ...NOTHING, ...deduced }
  }
  const cut = from?.closed ?? from?.over ?? null
  const closed = to && isCutOff(to) ? to.closed : null
  if (!closed) return null
  const told = cut?.event.kind === 'close' && cut.event.reset
  if (cut?.event.kind === 'over') hasten(cut, closed)
  precede(cut, closed)
  const arrow = { kind: 'reset', from: cut, to: closed, fate: 'arrived', towards: null, ...NOTHING } as const
  return told ? arrow : { ...arrow, deduced: true }
}

/** Whether an end of a connection was closed by a reset. */
export function isCutOff({ fin, closed }: End): boolean {
  if (fin || closed?.event.kind !== 'close') return false
  return /RESET|EPIPE|RemoteHostClosed/.test(closed.event.error ?? '')
}

/** The end of a program is known a little later than what it caused. */
function hasten(over: Moment, effect: Moment): void {
  if (over.event.kind === 'over' && over.event.at >= effect.event.at)
    over.event = { ...over.event, at: effect.event.at - 1 }
}
