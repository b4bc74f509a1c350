/** UDP sockets: hooks on their prototype, and on the system call of each. */
import { Socket } from 'node:dgram'
import { subscribe } from 'node:diagnostics_channel'
import { getSystemErrorName } from 'node:util'
import { hashOf, previewOf } from './bytes.ts'
import type { Channel } from './channel.ts'
import { now } from './clock.ts'
import { type EmitValues, endpoint, nameOf, wrap } from './internals.ts'
import { Lane } from './lane.ts'
import type { Probe } from './observe.ts'
import type { Allowance } from './sites.ts'

/** What Node keeps behind a symbol. */
interface State {
  handle: { send: Send }
  bindState: number
  reuseAddr?: boolean
}
type Send = (
  request: object,
  list: Uint8Array[],
  count: number,
  port: number | boolean,
  ip?: string,
  callback?: boolean,
) => number

const BOUND = 2
/** Most lines remembered for datagrams that have not left: those whose name is being looked for. */
const REMEMBERED = 64

/** What is known of one socket. */
export class Datagrams {
  readonly number: number
  readonly sent: Lane
  readonly received: Lane
  readonly state: State
  readonly allowance: Allowance = { since: Number.NEGATIVE_INFINITY, left: 0 }
  /** The lines that asked for the port, and for each datagram that has not left. */
  asked: string | undefined
  readonly lines: (string | undefined)[] = []
  /** Datagrams that Node gives again to `send` once the socket has a port. */
  queued = 0
  told = false
  closed = false

  constructor(channel: Channel, number: number, state: State) {
    this.number = number
    this.state = state
    this.sent = new Lane(channel, 'send', number)
    this.received = new Lane(channel, 'receive', number)
  }

  flush(): void {
    this.sent.flush()
    this.received.flush()
  }
}

const sockets = new WeakMap<Socket, Datagrams>()

/** What is known of a socket. */
export function datagramsOf(socket: Socket): Datagrams | undefined {
  return sockets.get(socket)
}

export function watchDatagrams(probe: Probe): void {
  subscribe('udp.socket', (message) => {
    const { socket } = message as { socket: Socket }
    const symbol = Object.getOwnPropertySymbols(socket).find(
      ({ description }) => description === 'state symbol',
    )
    const state = symbol && (Reflect.get(socket, symbol) as State | undefined)
    if (!state?.handle) return
    const datagrams = new Datagrams(probe.channel, probe.number(), state)
    sockets.set(socket, datagrams)
    watchSystemCall(socket, datagrams, probe)
  })
  watchSending(probe)
  watchEvents(probe)
  watchGroups(probe)
  watchClosing(probe)
}

function tellBound(socket: Socket, datagrams: Datagrams, { channel }: Probe): void {
  if (datagrams.told) return
  try {
    const { address, port } = socket.address()
    datagrams.told = true
    const reuse = datagrams.state.reuseAddr ? 1 : undefined
    channel.emit({ k: 'bind', s: datagrams.number, a: endpoint(address, port), l: datagrams.asked, reuse })
  } catch {
    // It has no port.
  }
}

/** What really leaves: the name was found, the socket has a port. */
function watchSystemCall(socket: Socket, datagrams: Datagrams, probe: Probe): void {
  const { handle } = datagrams.state
  const { send } = handle
  const { channel } = probe
  const lane = datagrams.sent
  handle.send = function (request, list, count, port, ip, callback) {
    // Before the system call: what is received is never older than what was sent.
    const t = lane.grouping ? 0 : now()
    const result =
      typeof port === 'number'
        ? send.call(this, request, list, count, port, ip, callback)
        : send.call(this, request, list, count, port)
    let b = list[0]?.byteLength ?? 0
    for (let at = 1; at < count; at += 1) b += list[at]!.byteLength
    if (result >= 0 && lane.join(b, ip, Number(port))) return result
    tellSent(
      result,
      list,
      b,
      t || now(),
      typeof port === 'number' ? endpoint(ip!, port) : remoteOf(socket),
      ip,
      port,
    )
    return result
  }

  function tellSent(
    result: number,
    list: Uint8Array[],
    b: number,
    t: number,
    to: string,
    ip: string | undefined,
    port: number | boolean,
  ): void {
    const l = datagrams.lines.shift()
    tellBound(socket, datagrams, probe)
    const s = datagrams.number
    if (result < 0) {
      datagrams.flush()
      channel.emit({ k: 'send-failed', s, t, b, r: to, e: getSystemErrorName(result), l })
    } else if (lane.take(t)) {
      const bytes = list.length === 1 ? list[0]! : Buffer.concat(list)
      channel.emit({ k: 'send', s, t, b, r: to, h: hashOf(bytes), p: previewOf(bytes), l })
    } else {
      datagrams.lines.length = 0
      lane.add(t, b, { r: to, l }, ip, Number(port))
    }
  }
}

function remoteOf(socket: Socket): string {
  try {
    const { address, port } = socket.remoteAddress()
    return endpoint(address, port)
  } catch {
    return ''
  }
}

type SendValues = [message: unknown, a?: unknown, b?: unknown, c?: unknown, d?: unknown, e?: unknown]

function watchSending({ sites }: Probe): void {
  wrap<Socket, SendValues, void>(Socket.prototype, 'send', (original) => {
    return function (message, a, b, c, d, e) {
      const datagrams = sockets.get(this)
      if (datagrams && !datagrams.sent.grouping) noteLine(datagrams, message)
      original.call(this, message, a, b, c, d, e)
      if (datagrams && datagrams.state.bindState !== BOUND) datagrams.queued += 1
    }
  })

  function noteLine(datagrams: Datagrams, message: unknown): void {
    // Node gives it again, as a list, once the socket has a port.
    if (datagrams.queued > 0 && datagrams.state.bindState === BOUND && Array.isArray(message)) {
      datagrams.queued -= 1
      return
    }
    if (datagrams.lines.length >= REMEMBERED) datagrams.lines.length = 0
    datagrams.lines.push(sites.sometimes(datagrams.allowance, now()))
  }
  wrap<Socket, unknown[], Socket>(Socket.prototype, 'bind', (original) => {
    return function (...values) {
      const datagrams = sockets.get(this)
      if (datagrams) datagrams.asked ??= sites.here()
      return original.apply(this, values)
    }
  })
}

function watchEvents(probe: Probe): void {
  const { channel } = probe
  wrap<Socket, EmitValues, boolean>(Socket.prototype, 'emit', (original) => {
    return function (type, ...values) {
      const datagrams = sockets.get(this)
      if (type === 'message' && datagrams)
        tellReceived(datagrams, values[0] as Uint8Array, values[1] as Remote)
      else if (datagrams) tell(this, datagrams, type, values[0])
      return original.call(this, type, ...values)
    }
  })

  function tellReceived({ number: s, received: lane }: Datagrams, bytes: Uint8Array, from: Remote): void {
    const b = bytes.byteLength
    if (lane.join(b, from.address, from.port)) return
    const t = now()
    const r = endpoint(from.address, from.port)
    if (lane.take(t)) channel.emit({ k: 'receive', s, t, b, r, h: hashOf(bytes), p: previewOf(bytes) })
    else lane.add(t, b, { r }, from.address, from.port)
  }

  function tell(socket: Socket, datagrams: Datagrams, type: string | symbol, value: unknown): void {
    const s = datagrams.number
    if (type === 'listening') tellBound(socket, datagrams, probe)
    else if (type === 'connect') channel.emit({ k: 'connected', s, r: remoteOf(socket) })
    else if (type === 'error') {
      const { syscall, address, port } = (value ?? {}) as {
        syscall?: string
        address?: string
        port?: number
      }
      datagrams.told = true
      const a = address && port !== undefined ? endpoint(address, port) : undefined
      channel.emit({ k: 'error', s, e: nameOf(value), c: syscall, a })
    }
  }
}

interface Remote {
  address: string
  port: number
}

const MEMBERSHIPS = [
  ['addMembership', 'join'],
  ['dropMembership', 'leave'],
] as const

function watchGroups({ channel, sites }: Probe): void {
  for (const [name, k] of MEMBERSHIPS) {
    wrap<Socket, [group: string, through?: string], void>(Socket.prototype, name, (original) => {
      return function (group, through) {
        const event = { k, s: sockets.get(this)?.number, g: String(group), if: through, l: sites.here() }
        try {
          original.call(this, group, through)
        } catch (error) {
          channel.emit({ ...event, e: nameOf(error) })
          throw error
        }
        channel.emit(event)
      }
    })
  }
}

function watchClosing({ channel, sites }: Probe): void {
  wrap<Socket, unknown[], Socket>(Socket.prototype, 'close', (original) => {
    return function (...values) {
      const datagrams = sockets.get(this)
      if (datagrams?.told && !datagrams.closed) {
        datagrams.closed = true
        datagrams.flush()
        channel.emit({ k: 'close', s: datagrams.number, l: sites.here() })
      }
      return original.apply(this, values)
    }
  })
}
