/**
 * A `.pcapng` file of what the programs did: packets that could have carried it, for tools that read captures. It is no
 * capture: each packet says in a comment what was observed, or that it is deduced. Pure.
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html
 */
import { CAPTURE } from '../../texts/wire.ts'
import { previewOf } from './bytes.ts'
import { hostOf, plainEndpoint, portOf } from './endpoint.ts'
import type { Figure } from './figure.ts'
import type { End, Moment, MomentOf } from './moments.ts'

/** Link type of packets without any header of a link: they begin with IP. */
const LINKTYPE_RAW = 101
/** Block types, and option codes. */
const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const PACKET = 6
const COMMENT = 1
const NAME = 2
const APPLICATION = 4
const MAGIC = 0x1a2b3c4d

const TCP = 6
const UDP = 17
const FLAGS = { fin: 0x11, syn: 0x02, synAck: 0x12, ack: 0x10, reset: 0x14, push: 0x18 }
/** Most bytes in a packet. */
const SEGMENT = 32_768

type Bytes = Uint8Array<ArrayBuffer>

/** The file; `epoch`: when the clock of the events was 0, in µs since 1970. */
export function captureOf(figure: Figure, epoch: number): Bytes {
  const capture = new Capture(epoch)
  for (const moment of figure.moments) capture.add(moment)
  return capture.file()
}

class Capture {
  readonly #blocks: Bytes[] = []
  readonly #epoch: number
  /** The ends of the connections that have been opened. */
  readonly #open = new Set<End>()
  /** When the last packet went, in µs: the clocks of two programs may disagree, those of a file do not. */
  #latest = 0
  /** Bytes that have left each end of the connections. */
  readonly #sent = new Map<End, number>()

  constructor(epoch: number) {
    this.#epoch = epoch
    const section = [u32(MAGIC), u16(1), u16(0), u32(0xffffffff), u32(0xffffffff)]
    const about = [
      option(COMMENT, text(CAPTURE.about)),
      option(APPLICATION, text(CAPTURE.application)),
      u32(0),
    ]
    this.#block(SECTION, [...section, ...about])
    this.#block(INTERFACE, [u16(LINKTYPE_RAW), u16(0), u32(0), option(NAME, text(CAPTURE.name)), u32(0)])
  }

  file(): Bytes {
    return joined(this.#blocks)
  }

  add(moment: Moment): void {
    const { event, end } = moment
    if (!end) return
    if (event.kind === 'connect') this.#asks(end, event.at)
    else if (event.kind === 'connected' || event.kind === 'accept') this.#opens(end, event.at)
    else if (event.kind === 'send' && end.use === 'udp') this.#datagram(moment as MomentOf<'send'>, end)
    else if (event.kind === 'send') this.#bytes(moment as MomentOf<'send'>, end)
    else if (event.kind === 'shutdown') this.#ending(end, event.at, FLAGS.fin, CAPTURE.deduced('FIN'))
    else if (event.kind === 'close' && end.opened && !end.shutdown) {
      const [flags, name] = event.reset ? [FLAGS.reset, 'RST'] : [FLAGS.fin, 'FIN']
      this.#ending(end, event.at, flags, CAPTURE.deduced(name))
    }
  }

  #asks({ local, remote }: Pick<End, 'local' | 'remote'>, at: number): void {
    this.#tcp(at, local, remote, [0, 0], FLAGS.syn, NONE, CAPTURE.deduced('SYN'))
  }

  /** The first of both ends that knows of the connection: the other one may know of it after bytes went through it. */
  #opens(end: End, at: number): void {
    if (this.#open.has(end)) return
    this.#open.add(end)
    if (end.peer) this.#open.add(end.peer)
    const accepted = end.use === 'accepted'
    const client = accepted ? { local: end.remote, remote: end.local } : end
    if (accepted && !end.peer) this.#asks(client, at)
    this.#tcp(at, client.remote, client.local, [0, 1], FLAGS.synAck, NONE, CAPTURE.deduced('SYN-ACK'))
    this.#tcp(at, client.local, client.remote, [1, 1], FLAGS.ack, NONE, CAPTURE.deduced('ACK'))
  }

  #bytes({ event }: MomentOf<'send'>, end: End): void {
    const bytes = payloadOf(event)
    const comment = CAPTURE.observed([event.site].flat()[0] ?? '')
    for (let from = 0; from < bytes.length; from += SEGMENT) {
      const piece = bytes.slice(from, from + SEGMENT)
      this.#tcp(event.at, end.local, end.remote, this.#numbersOf(end), FLAGS.push, piece, comment)
      this.#sent.set(end, (this.#sent.get(end) ?? 0) + piece.length)
    }
  }

  #ending(end: End, at: number, flags: number, comment: string): void {
    this.#tcp(at, end.local, end.remote, this.#numbersOf(end), flags, NONE, comment)
    this.#sent.set(end, (this.#sent.get(end) ?? 0) + 1)
  }

  #numbersOf(end: End): [number, number] {
    return [1 + (this.#sent.get(end) ?? 0), 1 + ((end.peer && this.#sent.get(end.peer)) ?? 0)]
  }

  #datagram({ event }: MomentOf<'send'>, end: End): void {
    const remote = plainEndpoint(event.remote ?? '')
    const bytes = payloadOf(event).slice(0, 65_507)
    const local = `${/^\d/.test(hostOf(end.local)) && !end.local.startsWith('0.') ? hostOf(end.local) : '127.0.0.1'}:${portOf(end.local)}`
    const header = joined([u16be(portOf(local)), u16be(portOf(remote)), u16be(8 + bytes.length), u16be(0)])
    this.#packet(
      event.at,
      UDP,
      local,
      remote,
      joined([header, bytes]),
      6,
      CAPTURE.observed([event.site].flat()[0] ?? ''),
    )
  }

  #tcp(
    at: number,
    from: string,
    to: string,
    [sequence, acknowledged]: readonly [number, number],
    flags: number,
    bytes: Bytes,
    comment: string,
  ): void {
    if (!from || !to) return
    const header = joined([
      u16be(portOf(from)),
      u16be(portOf(to)),
      u32be(sequence),
      u32be(acknowledged),
      Uint8Array.of(0x50, flags),
      u16be(65_535),
      u32be(0),
    ])
    this.#packet(at, TCP, from, to, joined([header, bytes]), 16, comment)
  }

  /** An IPv4 packet; `checksum` is where that of its content stands. Other addresses than IPv4 are written as loopback. */
  #packet(
    at: number,
    protocol: number,
    from: string,
    to: string,
    content: Bytes,
    checksum: number,
    comment: string,
  ): void {
    const addresses = joined([ip(from), ip(to)])
    const header = joined([
      Uint8Array.of(0x45, 0),
      u16be(20 + content.length),
      u16be(0),
      u16be(0x4000),
      Uint8Array.of(64, protocol),
      u16be(0),
      addresses,
    ])
    header.set(u16be(~sumOf(header) & 0xffff), 10)
    const pseudo = joined([addresses, Uint8Array.of(0, protocol), u16be(content.length)])
    content.set(u16be(~sumOf(content, sumOf(pseudo)) & 0xffff || 0xffff), checksum)
    const packet = joined([header, content])
    const time = Math.max(this.#latest, Math.round(this.#epoch + at))
    this.#latest = time
    const high = Math.floor(time / 2 ** 32)
    const heading = [u32(0), u32(high), u32(time >>> 0), u32(packet.length), u32(packet.length)]
    this.#block(PACKET, [...heading, padded(packet), option(COMMENT, text(comment)), u32(0)])
  }

  #block(type: number, parts: readonly Bytes[]): void {
    const body = joined(parts)
    const length = u32(body.length + 12)
    this.#blocks.push(joined([u32(type), length, body, length]))
  }
}

const NONE: Bytes = new Uint8Array()

/** What was sent; dots for what was not kept. */
function payloadOf(event: { preview?: string; bytes: number }): Bytes {
  const bytes = new Uint8Array(event.bytes).fill(0x2e)
  bytes.set(previewOf(event))
  return bytes
}

function numbered(size: number, value: number, little: boolean): Bytes {
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  if (size === 2) view.setUint16(0, value & 0xffff, little)
  else view.setUint32(0, value >>> 0, little)
  return bytes
}

const u16 = (value: number) => numbered(2, value, true)
const u32 = (value: number) => numbered(4, value, true)
const u16be = (value: number) => numbered(2, value, false)
const u32be = (value: number) => numbered(4, value, false)
const text = (words: string): Bytes => new TextEncoder().encode(words)

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Up to a multiple of 4 bytes. */
function padded(bytes: Bytes): Bytes {
  return joined([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)])
}

function option(code: number, bytes: Bytes): Bytes {
  return joined([u16(code), u16(bytes.length), padded(bytes)])
}

function ip(endpoint: string): Bytes {
  const parts = hostOf(endpoint).split('.').map(Number)
  return parts.length === 4 && parts.every((part) => part >= 0 && part < 256)
    ? Uint8Array.from(parts)
    : Uint8Array.of(127, 0, 0, 1)
}

/** The sum of the Internet's checksums, carried. */
function sumOf(bytes: Uint8Array, from = 0): number {
  let sum = from
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) + (bytes[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return sum
}
