/** The twin of Qt, which says itself what it does on public channels: its signals, its writes, the sockets it takes. */
import { Socket as UdpSocket } from 'node:dgram'
import { subscribe } from 'node:diagnostics_channel'
import { Server, Socket } from 'node:net'
import type { WireEvent } from '../../labs/trace.ts'
import { now } from './clock.ts'
import { datagramsOf } from './dgram.ts'
import { Lane } from './lane.ts'
import type { Probe } from './observe.ts'
import { numberOfServer } from './servers.ts'
import { type Connection, connectionOf } from './sockets.ts'
import { Writes } from './writes.ts'

/** The signals that say something of the network; the others repeat them. */
const SIGNALS = new Set([
  'connected',
  'disconnected',
  'errorOccurred',
  'readyRead',
  'newConnection',
  'acceptError',
])
const STATE = 'stateChanged'
/** The state in which an object begins to connect. */
const BEGINNING = 'HostLookupState'

/** What is known of an object of the twin. */
class Known {
  socket: number | undefined
  connection: Connection | undefined
  signals: Lane | undefined
  /** What it gave to send, which may wait for its connection. */
  writes = new Writes()
}

/** A signal of an object; its name is empty when it says nothing of the network. */
interface Emission {
  name: string
  about: Known
}

export function watchTwin(probe: Probe): void {
  const { channel, sites } = probe
  const objects = new WeakMap<object, Known>()
  const known = (object: object) => {
    const found = objects.get(object)
    if (found) return found
    const about = new Known()
    objects.set(object, about)
    return about
  }
  /** What is known of each signal, looked for at its first emission. */
  const emissions = new WeakMap<object, Emission>()

  subscribe('qt-network.socket', (message) => {
    const { object, socket } = message as { object: object; socket: unknown }
    const about = known(object)
    if (socket instanceof Server) about.socket = numberOfServer(socket)
    else if (socket instanceof UdpSocket) about.socket = datagramsOf(socket)?.number
    else if (socket instanceof Socket) {
      about.connection = connectionOf(socket, probe)
      about.socket = about.connection.number
      about.connection.twin = true
      about.connection.writes = about.writes
    }
    about.signals = about.socket === undefined ? undefined : new Lane(channel, 'signal', about.socket)
  })

  subscribe('qt-network.write', (message) => {
    const { object, bytes } = message as { object: object; bytes: number }
    const { writes, connection } = known(object)
    if (connection?.sent.grouping) writes.count(bytes)
    else writes.note(bytes, sites.sometimes(writes.allowance, now()))
  })

  subscribe('qt-network.signal', (message) => {
    const { emitter, signal, values, connected } = message as {
      emitter: object
      signal: object
      values: readonly unknown[]
      connected: number
    }
    let emission = emissions.get(signal)
    if (!emission) {
      emission = { name: nameOfSignal(emitter, signal), about: known(emitter) }
      emissions.set(signal, emission)
    }
    const { name, about } = emission
    if (name === '') return
    const { socket: s, signals } = about
    if (signals?.join(0, name)) return
    const [value] = values
    if (name === STATE) {
      if (String(value) === BEGINNING) about.writes = new Writes()
      return
    }
    const t = now()
    const event: WireEvent = { k: 'signal', t, s, sig: name, ob: emitter.constructor.name }
    if (connected === 0) event.deaf = 1
    if (value !== undefined) event.val = typeof value === 'number' ? value : String(value)
    if (!signals || signals.take(t)) channel.emit(event)
    else signals.add(t, 0, { sig: name, ob: event.ob }, name)
  })
}

/** The name of a signal, that of the field that holds it; empty when it says nothing of the network. */
function nameOfSignal(emitter: object, signal: object): string {
  const field = Object.entries(emitter).find(([, value]) => value === signal)?.[0] ?? ''
  return field === STATE || SIGNALS.has(field) ? field : ''
}
