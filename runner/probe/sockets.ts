/** TCP connections: hooks on the prototype of Node's sockets. No listener is added, no mode is changed. */
import { Socket } from 'node:net'
import type { WireEvent } from '../../labs/trace.ts'
import { previewOf, sizeOf } from './bytes.ts'
import type { Channel } from './channel.ts'
import { now } from './clock.ts'
import { type EmitValues, endOf, endpoint, type InnerSocket, nameOf, wrap } from './internals.ts'
import { Lane } from './lane.ts'
import type { Probe } from './observe.ts'
import { Writes } from './writes.ts'

type Chunk = string | Uint8Array
/** What `_writeGeneric` is given: one chunk, or those of several writes. */
type Corked = readonly ({ chunk: Chunk; encoding: BufferEncoding } | Chunk)[]

/** What is known of one connection. */
export class Connection {
  readonly number: number
  readonly sent: Lane
  readonly received: Lane
  writes = new Writes()
  /** The twin says itself which line of the program writes. */
  twin = false
  /** It is a TCP connection, and something was told of it. */
  told = false
  connected = false
  refused = false
  fin = false
  closed = false
  /** The lines that asked for the connection, and for its end. */
  asked: string | undefined
  ending: string | undefined

  constructor(channel: Channel, number: number) {
    this.number = number
    this.sent = new Lane(channel, 'send', number)
    this.received = new Lane(channel, 'receive', number)
  }

  flush(): void {
    this.sent.flush()
    this.received.flush()
  }

  /** The same socket connects again. */
  restart(asked: string | undefined): void {
    this.asked = asked
    this.sent.offset = 0
    this.received.offset = 0
    if (!this.twin) this.writes = new Writes()
    this.connected = false
    this.refused = false
    this.fin = false
    this.closed = false
    this.ending = undefined
  }
}

const connections = new WeakMap<Socket, Connection>()

/** What is known of a socket, from the first time that something is. */
export function connectionOf(socket: Socket, probe: Probe): Connection {
  let connection = connections.get(socket)
  if (!connection) {
    connection = new Connection(probe.channel, probe.number())
    connections.set(socket, connection)
  }
  return connection
}

export function watchSockets(probe: Probe): void {
  watchConnecting(probe)
  watchWriting(probe)
  watchReading(probe)
  watchClosing(probe)
}

function watchConnecting({ channel, sites, ...rest }: Probe): void {
  const probe = { channel, sites, ...rest }
  wrap<InnerSocket, unknown[], Socket>(Socket.prototype, 'connect', (original) => {
    return function (...values) {
      connectionOf(this, probe).restart(sites.here())
      return original.apply(this, values)
    }
  })
  wrap<InnerSocket, EmitValues, boolean>(Socket.prototype, 'emit', (original) => {
    return function (type, ...values) {
      const connection = type === 'data' ? undefined : connections.get(this)
      if (connection) tellConnecting(this, connection, type, values)
      return original.call(this, type, ...values)
    }
  })

  function tellConnecting(
    socket: InnerSocket,
    connection: Connection,
    type: string | symbol,
    values: unknown[],
  ): void {
    const s = connection.number
    const [address, port, , error] = values as [string, number, unknown, unknown]
    if (type === 'connectionAttempt') {
      connection.told = true
      channel.emit({ k: 'connect', s, r: endpoint(address, port), l: connection.asked })
    } else if (type === 'connectionAttemptFailed' || type === 'connectionAttemptTimeout') {
      connection.refused = true
      const e = type === 'connectionAttemptTimeout' ? 'ETIMEDOUT' : nameOf(error)
      channel.emit({ k: 'refused', s, r: endpoint(address, port), e })
    } else if (type === 'connect' && connection.told) {
      connection.connected = true
      const r = endOf(socket, 'getpeername') ?? ''
      channel.emit({ k: 'connected', s, a: endOf(socket, 'getsockname'), r })
    }
  }
}

function watchWriting({ channel, sites }: Probe): void {
  /** The program gives bytes: they leave later, from where its line can no longer be seen. */
  const note = (socket: Socket, chunk: unknown, encoding: unknown) => {
    const connection = connections.get(socket)
    if (!connection || connection.twin || (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk))) return
    const size = sizeOf(
      chunk as Chunk,
      typeof encoding === 'string' ? (encoding as BufferEncoding) : undefined,
    )
    const { writes } = connection
    if (connection.sent.grouping) writes.count(size)
    else writes.note(size, sites.sometimes(writes.allowance, now()))
  }
  wrap<InnerSocket, [chunk: unknown, encoding?: unknown, done?: unknown], boolean>(
    Socket.prototype,
    'write',
    (original) => {
      return function (chunk, encoding, done) {
        note(this, chunk, encoding)
        return original.call(this, chunk, encoding, done)
      }
    },
  )
  wrap<InnerSocket, [chunk?: unknown, encoding?: unknown, done?: unknown], Socket>(
    Socket.prototype,
    'end',
    (original) => {
      return function (chunk, encoding, done) {
        const connection = connections.get(this)
        if (connection) {
          note(this, chunk, encoding)
          connection.ending ??= sites.here()
        }
        return original.call(this, chunk, encoding, done)
      }
    },
  )
  wrap<
    InnerSocket,
    [several: boolean, data: Chunk | Corked, encoding: BufferEncoding, done: unknown],
    unknown
  >(Socket.prototype, '_writeGeneric', (original) => {
    return function (several, data, encoding, done) {
      const connection = connections.get(this)
      // While connecting, it is called once to wait and once again to send.
      if (connection?.told && !this.connecting && this._handle) tellSent(connection, several, data, encoding)
      return original.call(this, several, data, encoding, done)
    }
  })

  function tellSent(
    connection: Connection,
    several: boolean,
    data: Chunk | Corked,
    encoding: BufferEncoding,
  ): void {
    const parts = several ? (data as Corked) : [data as Chunk]
    let b = 0
    for (const part of parts) b += sizeOfPart(part, encoding)
    const lane = connection.sent
    const o = lane.offset
    lane.offset += b
    if (lane.join(b)) return
    const t = now()
    if (lane.take(t)) {
      const chunks = parts.map((part) => chunkOf(part, encoding))
      const { sites: l, cuts } = connection.writes.of(o, o + b)
      const event: WireEvent = { k: 'send', s: connection.number, t, o, b, p: firstOf(chunks) }
      if (l.length > 0) event.l = l.length === 1 ? l[0] : l
      if (cuts.length > 0) event.w = cuts
      channel.emit(event)
    } else lane.add(t, b, { o, l: connection.writes.of(o, o + b).sites[0] })
  }
}

function sizeOfPart(part: Corked[number], encoding: BufferEncoding): number {
  return typeof part === 'object' && 'chunk' in part
    ? sizeOf(part.chunk, part.encoding)
    : sizeOf(part, encoding)
}

function chunkOf(part: Corked[number], encoding: BufferEncoding): { chunk: Chunk; encoding: BufferEncoding } {
  return typeof part === 'object' && 'chunk' in part ? part : { chunk: part, encoding }
}

/** The first bytes of chunks that leave together. */
function firstOf(chunks: readonly { chunk: Chunk; encoding: BufferEncoding }[]): string {
  if (chunks.length === 1) return previewOf(chunks[0]!.chunk, chunks[0]!.encoding)
  const few = chunks
    .slice(0, 8)
    .map(({ chunk, encoding }) => Buffer.from(previewOf(chunk, encoding), 'base64'))
  return previewOf(Buffer.concat(few))
}

function watchReading({ channel }: Probe): void {
  wrap<InnerSocket, [chunk: Uint8Array | string | null, encoding?: unknown], boolean>(
    Socket.prototype,
    'push',
    (original) => {
      return function (chunk, encoding) {
        const connection = connections.get(this)
        if (connection?.told) tellReceived(connection, chunk)
        return original.call(this, chunk, encoding)
      }
    },
  )

  function tellReceived(connection: Connection, chunk: Uint8Array | string | null): void {
    const { number: s, received: lane } = connection
    if (chunk === null) {
      if (connection.fin) return
      connection.fin = true
      connection.flush()
      channel.emit({ k: 'fin', s, o: lane.offset })
      return
    }
    const b = sizeOf(chunk)
    const o = lane.offset
    lane.offset += b
    if (lane.join(b)) return
    const t = now()
    if (lane.take(t)) channel.emit({ k: 'receive', s, t, o, b, p: previewOf(chunk) })
    else lane.add(t, b, { o })
  }
}

function watchClosing({ channel, sites }: Probe): void {
  wrap<InnerSocket, [done: unknown], unknown>(Socket.prototype, '_final', (original) => {
    return function (done) {
      const connection = connections.get(this)
      if (connection?.told && !this.connecting && this._handle) {
        connection.flush()
        channel.emit({ k: 'shutdown', s: connection.number, o: connection.sent.offset, l: connection.ending })
      }
      return original.call(this, done)
    }
  })
  wrap<InnerSocket, [], Socket>(Socket.prototype, 'resetAndDestroy', (original) => {
    return function () {
      const connection = connections.get(this)
      if (connection) connection.ending = sites.here()
      return original.call(this)
    }
  })
  wrap<InnerSocket, [error: unknown, done: unknown], void>(Socket.prototype, '_destroy', (original) => {
    return function (error, done) {
      const connection = connections.get(this)
      if (connection?.told && !connection.closed && this._handle) tellClosed(this, connection, error)
      return original.call(this, error, done)
    }
  })

  function tellClosed(socket: InnerSocket, connection: Connection, error: unknown): void {
    connection.closed = true
    connection.flush()
    const { number: s, received, sent } = connection
    const event: WireEvent = { k: 'close', s, i: received.offset, q: sent.offset }
    if (socket.resetAndClosing) event.rst = 1
    if (error) event.e = nameOf(error)
    if (socket.bytesRead > received.offset) event.unseen = socket.bytesRead - received.offset
    if (!error && !connection.fin) event.l = connection.ending ?? sites.here()
    channel.emit(event)
  }
}
