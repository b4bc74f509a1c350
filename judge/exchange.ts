/** What went between the judge and the program, to show it. */
import type { Bytes, PeerMoment, PeerTrace } from '../labs/check.ts'
import { buffer, count, hexadecimal, number, show } from './words.ts'

/** Something that a peer of the judge did or saw, and when. */
export type PeerEvent =
  | { at: number; kind: 'connect' | 'fin' | 'end' | 'reset' | 'cut' }
  | { at: number; kind: 'sent' | 'got'; data: Bytes }

/** A peer of the judge, as it is shown. */
export interface ShownPeer {
  readonly name: string
  readonly events: readonly PeerEvent[]
  readonly over: 'tcp' | 'udp'
  /** The program connected to it. */
  readonly listens: boolean
  readonly localPort: number
  /** Of the program; 0 before it is heard of. */
  readonly remotePort: number
}

const WORDS = {
  connect: 'connexion établie',
  fin: '→ fin de flux (FIN)',
  end: '← fin de flux (FIN)',
  reset: '→ coupure brutale (RST)',
  cut: '← coupure brutale (RST)',
}
const SHOWN = 6
/** Most peers drawn, and moments of each: those that came last. */
const DRAWN = { peers: 6, moments: 40 }
/** Bytes drawn of each send. */
const PREVIEW = 24

/** The last exchanges of a peer, one a line: time since `start`, direction, bytes, text. */
export function exchange(name: string, events: readonly PeerEvent[], start: number): string[] {
  const lines = events
    .slice(-SHOWN)
    .map((event) => `${number(event.at - start).padStart(6)} ms  ${said(event)}`)
  const hidden = events.length - lines.length
  if (hidden > 0) lines.unshift(`   …  ${count(hidden, 'échange plus tôt', 'échanges plus tôt')}`)
  return [`${name} :`, ...lines]
}

function said(event: PeerEvent): string {
  if (!('data' in event)) return WORDS[event.kind]
  const bytes = buffer(event.data)
  const arrow = event.kind === 'sent' ? '→' : '←'
  const size = count(bytes.length, 'octet').padStart(13)
  return `${arrow} ${size}  ${hexadecimal(bytes, 12).padEnd(37)} ${show(bytes, 24)}`
}

/** What went between these peers and the program, since `start`, to be drawn. */
export function peerTraces(peers: readonly ShownPeer[], start: number): PeerTrace[] {
  return peers
    .filter(({ events }) => events.length > 0)
    .slice(-DRAWN.peers)
    .map(({ name, over, listens, localPort, remotePort, events }) => ({
      name,
      over,
      ...(listens && { listens }),
      localPort,
      remotePort,
      moments: events.slice(-DRAWN.moments).map((event) => momentOf(event, start)),
    }))
}

function momentOf(event: PeerEvent, start: number): PeerMoment {
  const at = Math.round((event.at - start) * 1000) / 1000
  if (!('data' in event)) return { at, kind: event.kind }
  const bytes = buffer(event.data)
  return {
    at,
    kind: event.kind,
    bytes: bytes.length,
    preview: bytes.subarray(0, PREVIEW).toString('base64'),
  }
}
