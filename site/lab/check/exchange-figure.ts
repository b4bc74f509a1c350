/**
 * The exchange that a judge saw, as « Le fil » draws one: a lane for each of its peers, and one for the program, whose
 * moments are what follows from what the peers saw, since nothing observes it.
 */
import type { PeerMoment, PeerTrace } from '../../../labs/check.ts'
import type { TraceEvent } from '../../../labs/trace.ts'
import { CHECK } from '../../texts.ts'
import { type Figure, figureOf } from '../wire/figure.ts'
import type { LaneRole } from '../wire/lanes.ts'
import type { Happening } from '../wire/moments.ts'

const PROGRAM = 'programme'
const placeOf = (port: number) => `127.0.0.1:${port}`
const roleOf = (rank: number) => `pair-${rank + 1}`

/** What one end did, before who, where and when is known. */
type Did<E = TraceEvent> = E extends TraceEvent ? Omit<E, 'process' | 'order' | 'at' | 'socket'> : never
/** What a peer did and what the program did, the cause first. */
type Both = readonly (readonly [who: 'peer' | 'program', did: Did])[]

/** What the peers and the program did, and the lanes: the program in the middle. */
export function exchangeOf(peers: readonly PeerTrace[]): { figure: Figure; roles: readonly LaneRole[] } {
  const happenings: Happening[] = []
  const tell = (rank: number | null, socket: number, at: number, did: Did) => {
    const [role, run] = rank === null ? [PROGRAM, 0] : [roleOf(rank), rank + 1]
    const event = { ...did, socket, process: String(run), order: happenings.length, at } as TraceEvent
    happenings.push({ role, run, offset: 0, event })
  }
  const said = peers.flatMap((peer, rank) => {
    const both = peer.over === 'udp' ? datagrams(peer, rank) : stream(peer)
    return peer.moments.map((moment) => ({ rank, moment, both }))
  })
  const first = Math.min(...said.map(({ moment }) => moment.at)) * 1000 - 1
  for (const [rank, { over, listens, localPort, remotePort }] of peers.entries()) {
    const local = placeOf(remotePort)
    const isFirst = firstAt(peers, rank) === rank
    if (over === 'udp') {
      tell(rank, 1, first, { kind: 'bind', local: placeOf(localPort) })
      if (isFirst) tell(null, rank + 1, first, { kind: 'bind', local })
    } else if (!listens && isFirst) tell(null, 0, first, { kind: 'listen', local })
  }
  for (const { rank, moment, both } of said.toSorted((a, b) => a.moment.at - b.moment.at)) {
    const socket = (peers[rank]!.over === 'udp' ? firstAt(peers, rank) : rank) + 1
    for (const [after, [who, did]] of both(moment).entries())
      tell(who === 'peer' ? rank : null, who === 'peer' ? 1 : socket, moment.at * 1000 + after, did)
  }
  const lanes = peers.map(({ name }, rank) => ({ role: roleOf(rank), title: CHECK.peer(name) }))
  const program = { role: PROGRAM, title: CHECK.judgedProgram }
  return { figure: figureOf(happenings), roles: lanes.toSpliced(Math.ceil(lanes.length / 2), 0, program) }
}

/** The first peer that talks with the same port of the program as the one of this rank. */
function firstAt(peers: readonly PeerTrace[], rank: number): number {
  const { over, remotePort } = peers[rank]!
  return peers.findIndex((peer) => peer.over === over && peer.remotePort === remotePort)
}

/** Tells the moments of a connection, each with how many bytes went before. */
function stream({ listens, localPort, remotePort }: PeerTrace): (moment: PeerMoment) => Both {
  let [sent, got] = [0, 0]
  const [own, its] = [placeOf(localPort), placeOf(remotePort)]
  return (moment) => {
    switch (moment.kind) {
      case 'connect':
        if (listens)
          return [
            ['program', { kind: 'connect', remote: own }],
            ['program', { kind: 'connected', remote: own, local: its }],
            ['peer', { kind: 'accept', server: 0, local: own, remote: its }],
          ]
        return [
          ['peer', { kind: 'connect', remote: its }],
          ['peer', { kind: 'connected', remote: its, local: own }],
          ['program', { kind: 'accept', server: 0, local: its, remote: own }],
        ]
      case 'sent': {
        const { bytes, preview } = moment
        const data = { bytes, preview, offset: sent }
        sent += bytes
        return [
          ['peer', { kind: 'send', ...data }],
          ['program', { kind: 'receive', ...data }],
        ]
      }
      case 'got': {
        const { bytes, preview } = moment
        const data = { bytes, preview, offset: got }
        got += bytes
        return [
          ['program', { kind: 'send', ...data }],
          ['peer', { kind: 'receive', ...data }],
        ]
      }
      case 'fin':
        return [
          ['peer', { kind: 'shutdown', offset: sent }],
          ['program', { kind: 'fin', offset: sent }],
        ]
      case 'end':
        return [
          ['program', { kind: 'shutdown', offset: got }],
          ['peer', { kind: 'fin', offset: got }],
        ]
      case 'reset':
        return [
          ['peer', { kind: 'close', reset: true }],
          ['program', { kind: 'close', error: 'ECONNRESET' }],
        ]
      case 'cut':
        return [
          ['program', { kind: 'close', reset: true }],
          ['peer', { kind: 'close', error: 'ECONNRESET' }],
        ]
    }
  }
}

/** Tells the datagrams of a peer: each is one that the program sends, or receives. */
function datagrams({ localPort, remotePort }: PeerTrace, rank: number): (moment: PeerMoment) => Both {
  let count = 0
  const [own, its] = [placeOf(localPort), placeOf(remotePort)]
  return (moment) => {
    if (moment.kind !== 'sent' && moment.kind !== 'got') return []
    const { bytes, preview } = moment
    const data = { bytes, preview, hash: rank * 1000 + count++ }
    const fromPeer = moment.kind === 'sent'
    return [
      [fromPeer ? 'peer' : 'program', { kind: 'send', ...data, remote: fromPeer ? its : own }],
      [fromPeer ? 'program' : 'peer', { kind: 'receive', ...data, remote: fromPeer ? own : its }],
    ]
  }
}
