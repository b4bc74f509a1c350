/** Reads what `tcpdump -w` wrote on a loopback interface: the connections and the datagrams, nothing else. */

/** One direction of a connection is that of who asked for it (`client`) or of who was asked (`server`). */
export type Side = 'client' | 'server'

export interface CapturedConnection {
  client: string
  server: string
  /** Bytes that went each way, each counted once. */
  bytes: Record<Side, number>
  /** Who sent data, each time that it changed. */
  turns: Side[]
  reset: boolean
  /** Refused by the system. */
  refused: boolean
}

export interface CapturedDatagram {
  from: string
  to: string
  bytes: number
  payload: Buffer
}

const GLOBAL_HEADER = 24
const PACKET_HEADER = 16
const ETHERNET = 14
const [IPV4, IPV6] = [0x0800, 0x86dd]
const [TCP, UDP] = [6, 17]
const [SYN, RST, ACK] = [2, 4, 16]

interface Packet {
  protocol: number
  from: string
  to: string
  /** From the header of TCP or UDP on. */
  segment: Buffer
}

export class Capture {
  readonly connections: CapturedConnection[] = []
  readonly datagrams: CapturedDatagram[] = []
  readonly #live = new Map<string, CapturedConnection & { seen: Record<Side, number> }>()

  /** A file that ends in the middle of a packet is read up to there. */
  constructor(file: Buffer) {
    for (let at = GLOBAL_HEADER; at + PACKET_HEADER <= file.length; ) {
      const length = file.readUInt32LE(at + 8)
      const frame = file.subarray(at + PACKET_HEADER, at + PACKET_HEADER + length)
      at += PACKET_HEADER + length
      const packet = frame.length === length ? packetOf(frame) : null
      if (packet?.protocol === UDP) this.#datagram(packet)
      if (packet?.protocol === TCP) this.#segment(packet)
    }
  }

  #datagram({ from, to, segment }: Packet): void {
    const payload = segment.subarray(8, segment.readUInt16BE(4))
    this.datagrams.push({ from, to, bytes: payload.length, payload })
  }

  #segment({ from, to, segment }: Packet): void {
    const sequence = segment.readUInt32BE(4)
    const flags = segment[13]!
    const payload = segment.length - (segment[12]! >> 4) * 4
    if ((flags & (SYN | ACK)) === SYN) this.#open(from, to, sequence)
    const side = this.#live.has(`${from} ${to}`) ? 'client' : 'server'
    const connection = this.#live.get(side === 'client' ? `${from} ${to}` : `${to} ${from}`)
    if (!connection) return
    if (flags & SYN && side === 'server') connection.seen.server = sequence + 1
    if (flags & RST) {
      connection.refused ||= side === 'server' && connection.seen.server === -1
      connection.reset = true
    }
    // Sent again, or a probe of an idle connection: nothing new.
    const end = sequence + payload
    if (payload === 0 || end <= connection.seen[side]) return
    connection.bytes[side] += end - Math.max(sequence, connection.seen[side])
    connection.seen[side] = end
    if (connection.turns.at(-1) !== side) connection.turns.push(side)
  }

  #open(client: string, server: string, sequence: number): void {
    const known = this.#live.get(`${client} ${server}`)
    if (known?.seen.client === sequence + 1) return
    const connection = {
      client,
      server,
      bytes: { client: 0, server: 0 },
      turns: [],
      reset: false,
      refused: false,
      seen: { client: sequence + 1, server: -1 },
    }
    this.#live.set(`${client} ${server}`, connection)
    this.connections.push(connection)
  }
}

function packetOf(frame: Buffer): Packet | null {
  const type = frame.readUInt16BE(12)
  const ip = frame.subarray(ETHERNET)
  if (type === IPV4) {
    const header = (ip[0]! & 15) * 4
    const address = (at: number) => [...ip.subarray(at, at + 4)].join('.')
    return packet(ip[9]!, address(12), address(16), ip.subarray(header, ip.readUInt16BE(2)))
  }
  if (type !== IPV6) return null
  const address = (at: number) => {
    const words = Array.from({ length: 8 }, (_, word) => ip.readUInt16BE(at + 2 * word).toString(16))
    return words.join(':') === '0:0:0:0:0:0:0:1' ? '[::1]' : `[${words.join(':')}]`
  }
  return packet(ip[6]!, address(8), address(24), ip.subarray(40, 40 + ip.readUInt16BE(4)))
}

function packet(protocol: number, from: string, to: string, segment: Buffer): Packet | null {
  if (protocol !== TCP && protocol !== UDP) return null
  return {
    protocol,
    from: `${from}:${segment.readUInt16BE(0)}`,
    to: `${to}:${segment.readUInt16BE(2)}`,
    segment,
  }
}
