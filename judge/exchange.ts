/** What went between the judge and the program, to show it. */
import type { Bytes } from '../labs/check.ts'
import { buffer, count, hexadecimal, number, show } from './words.ts'

/** Something that a peer of the judge did or saw, and when. */
export type PeerEvent =
  | { at: number; kind: 'connect' | 'fin' | 'end' | 'reset' | 'cut' }
  | { at: number; kind: 'sent' | 'got'; data: Bytes }

const WORDS = {
  connect: 'connexion établie',
  fin: '→ fin de flux (FIN)',
  end: '← fin de flux (FIN)',
  reset: '→ coupure brutale (RST)',
  cut: '← coupure brutale (RST)',
}
const SHOWN = 6

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
