/** What a row says: words at its left, a note at its right, errors apart; and one whole sentence for who listens. Pure. */

import { NOTED, SAID } from '../../texts/wire.ts'
import { bytesInWords } from '../../texts.ts'
import type { Arrow } from './arrows.ts'
import { previewOf, textOf } from './bytes.ts'
import { hostOf, plainEndpoint, portOf } from './endpoint.ts'
import type { MomentOf } from './moments.ts'
import type { Relayed } from './relays.ts'
import { isFailure, type Row } from './rows.ts'
import { isCutOff } from './streams.ts'

export interface Words {
  /** « Client 1 se connecte », or what is sent: « BIENVENUE ». */
  main: string
  /** Bytes that travel: said louder. */
  payload: boolean
  /** Said near the lane it concerns, where the lane says who. */
  short: string
  /** « 9 octets », « doublon ». */
  notes: readonly string[]
  /** Names of signals. */
  signals: readonly string[]
  errors: readonly string[]
}

export interface Naming {
  /** « Client 1 » for `client-1`. */
  titleOf(role: string): string
  relayed: Relayed
}

/** Longest payload shown on a line, in characters. */
const PAYLOAD_MAX = 30

const NONE = { payload: false, notes: [], signals: [], errors: [] }

export function wordsOf(row: Row, naming: Naming): Words {
  const said = { ...NONE, ...saidOf(row, naming) }
  const all = [...row.signals, ...row.joinedSignals]
  const failed = all.filter(isFailure)
  const errors = failed.map(errorName)
  return {
    ...said,
    short: said.short ?? said.main,
    notes: said.notes.filter(Boolean),
    signals: all.filter((signal) => !failed.includes(signal)).map(signalName),
    errors: [...new Set([...said.errors, ...errors])],
  }
}

/** What an error signal says. */
export function errorName({ event }: MomentOf<'signal'>): string {
  return String(event.value ?? event.signal)
}

export function signalName({ event: { signal, times } }: MomentOf<'signal'>): string {
  return times ? `${signal} ×${times}` : signal
}

type Said = Partial<Words> & { main: string }

function saidOf(row: Row, naming: Naming): Said {
  const { moment, out } = row
  const { event, end } = moment
  const role = naming.titleOf(moment.role)
  switch (event.kind) {
    case 'listen':
      return { main: SAID.listens(role, portOf(event.local)), short: SAID.listening(portOf(event.local)) }
    case 'bind':
      return { main: SAID.binds(role, portOf(event.local)), short: SAID.bound(portOf(event.local)) }
    case 'unlisten':
      return { main: SAID.stopsListening(role), short: SAID.notListening }
    case 'connect':
      return {
        main: SAID.connects(role),
        short: SAID.connection,
        notes: out[0]?.fate === 'waiting' && end?.opened ? [NOTED.notAccepted] : [],
      }
    case 'connected':
      return { main: SAID.connected(role), short: SAID.isConnected }
    case 'accept':
      return { main: SAID.accepts(role), short: SAID.accepted }
    case 'refused':
      return { main: SAID.refused(role), short: SAID.isRefused, errors: [event.error] }
    case 'drop':
      return { main: SAID.drops(role), short: SAID.dropped }
    case 'send':
      return sendOf(row, event, naming)
    case 'receive':
      return receiveOf(row, event, role, naming)
    case 'send-failed':
      return { main: SAID.noSend(role), short: SAID.notSent, errors: [event.error] }
    case 'shutdown':
      return { main: SAID.shutsDown(role), short: SAID.end }
    case 'fin':
      return { main: SAID.seesEnd(role), short: SAID.endSeen }
    case 'close': {
      const cut = end !== null && isCutOff(end)
      const main = event.reset ? SAID.resets(role) : cut ? SAID.isCut(role) : SAID.closes(role)
      const short = out.some(({ kind }) => kind === 'reset')
        ? SAID.reset
        : out.length > 0
          ? SAID.end
          : SAID.closed
      // That it was refused is said already.
      return { main, short, errors: event.error && !end?.refused ? [event.error] : [] }
    }
    case 'join':
    case 'leave': {
      const joins = event.kind === 'join'
      const main = (joins ? SAID.joins : SAID.leaves)(role, event.group)
      const short = (joins ? SAID.joined : SAID.left)(event.group)
      return { main, short, errors: event.error ? [event.error] : [] }
    }
    case 'error':
      return { main: SAID.fails(role), short: SAID.failed, errors: [event.error] }
    case 'exit':
      return ending(role, event.code ?? 0)
    case 'over':
      return ending(role, event.code)
    case 'signal':
      return { main: role, short: '', signals: [event.signal] }
    case 'hello':
      return { main: role }
  }
}

function ending(role: string, code: number): Said {
  return { main: SAID.ends(role, code), short: SAID.ended(code) }
}

/** « BIENVENUE », cut when it is long. */
export function quoted(event: { preview?: string; bytes: number }): string {
  const bytes = previewOf(event)
  const more = event.bytes > bytes.length
  const characters = [...textOf(bytes, more)]
  const cut = more || characters.length > PAYLOAD_MAX
  return `« ${characters.slice(0, PAYLOAD_MAX).join('')}${cut ? '…' : ''} »`
}

function sendOf({ out, moment, joined }: Row, event: MomentOf<'send'>['event'], naming: Naming): Said {
  const { bytes, times = 1, remote, cuts } = event
  const notes = [sizeOf(bytes)]
  const fate = out.find((arrow) => arrow.fate !== 'arrived')
  if (cuts && cuts.length > 1) notes.push(NOTED.cuts(cuts.length))
  const cast = out[0]?.cast
  if (cast === 'multicast' && remote) notes.push(NOTED.multicast(hostOf(plainEndpoint(remote))))
  if (cast === 'broadcast') notes.push(NOTED.broadcast)
  if (naming.relayed.copies.has(moment)) notes.push(NOTED.duplicate)
  if (fate) notes.push(fateOf(fate))
  if (joined && naming.relayed.kept.has(joined)) notes.push(NOTED.notRelayed)
  const main = times > 1 ? SAID.sendsMany(times) : bytes === 0 ? SAID.empty : quoted(event)
  return { main, short: main, payload: true, notes }
}

function fateOf({ fate, cast }: Arrow): string {
  if (fate === 'nobody') return cast === 'unicast' ? NOTED.nobody : NOTED.noMember
  return { waiting: NOTED.onTheWay, lost: NOTED.lost, unobserved: NOTED.outside, refused: '', arrived: '' }[
    fate
  ]
}

function receiveOf(row: Row, event: MomentOf<'receive'>['event'], role: string, naming: Naming): Said {
  const { bytes, times = 1 } = event
  if (times > 1)
    return { main: SAID.receivesMany(role, times), short: SAID.receivedMany(times), notes: [sizeOf(bytes)] }
  const notes: string[] = []
  const [first] = row.into
  if (first?.kind === 'data') {
    const whole = first.from?.event.kind === 'send' ? first.from.event.bytes : 0
    if (row.into.length > 1) notes.push(NOTED.joined(row.into.length))
    else if (whole > bytes) notes.push(NOTED.part(bytes, whole))
  }
  if (first?.fate === 'unobserved') notes.push(NOTED.outside)
  if (first?.duplicate) notes.push(NOTED.duplicate)
  if (first?.late) notes.push(NOTED.late)
  if (naming.relayed.kept.has(row.moment)) notes.push(NOTED.notRelayed)
  return { main: SAID.receives(role, bytes), short: SAID.received(bytes), notes }
}

function sizeOf(bytes: number): string {
  return bytes < 10_000 ? NOTED.octets(bytes) : bytesInWords(bytes)
}

/** All that a row says, in one sentence. */
export function sentenceOf(row: Row, words: Words, naming: Naming): string {
  const { moment } = row
  const [arrow] = row.out
  const to = arrow?.to?.role ?? arrow?.towards
  const receivers = [...new Set(row.out.flatMap((one) => (one.to ? [one.to.role] : [])))]
  const names = receivers.length > 0 ? receivers : to ? [to] : []
  const main = words.payload
    ? SAID.sends(
        naming.titleOf(moment.role),
        names.map((name) => naming.titleOf(name)).join(', '),
        words.main,
      )
    : words.main
  const heard = row.joinedSignals.map(signalName)
  const own = words.signals.slice(0, words.signals.length - heard.length)
  const notes = [...words.notes, ...own, ...words.errors].join(', ')
  // Whose signals these are is seen from their place.
  const there =
    heard.length > 0 && row.joined ? `${naming.titleOf(row.joined.role)} : ${heard.join(', ')}` : ''
  return [main, notes, there].filter(Boolean).join(' ; ')
}
