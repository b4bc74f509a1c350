/** TCP servers: hooks on the prototype of Node's servers. */
import { Server, Socket } from 'node:net'
import {
  type EmitValues,
  endOf,
  endpoint,
  type InnerServer,
  type InnerSocket,
  nameOf,
  wrap,
} from './internals.ts'
import type { Probe } from './observe.ts'
import { connectionOf } from './sockets.ts'

/** What is known of one server. */
interface Listener {
  number: number
  /** The line that asked for it. */
  asked: string | undefined
  told: boolean
}

const listeners = new WeakMap<Server, Listener>()

/** The number of the socket of a server; undefined when it never listened. */
export function numberOfServer(server: Server): number | undefined {
  return listeners.get(server)?.number
}

export function watchServers(probe: Probe): void {
  const { channel, sites } = probe
  wrap<InnerServer, unknown[], Server>(Server.prototype, 'listen', (original) => {
    return function (...values) {
      const listener = listeners.get(this) ?? { number: probe.number(), asked: undefined, told: false }
      listeners.set(this, listener)
      listener.asked = sites.here()
      listener.told = false
      const result = original.apply(this, values)
      tellListening(this, listener)
      return result
    }
  })
  wrap<InnerServer, [], Server>(Server.prototype, 'close', (original) => {
    return function (...values) {
      const listener = listeners.get(this)
      if (listener?.told && this.listening)
        channel.emit({ k: 'unlisten', s: listener.number, l: sites.here() })
      return original.apply(this, values)
    }
  })
  // The accepted connection is told before the program, which may write to it at once, hears of it.
  wrap<InnerServer, EmitValues, boolean>(Server.prototype, 'emit', (original) => {
    return function (type, ...values) {
      const listener = listeners.get(this)
      if (listener) tell(this, listener, type, values[0])
      return original.call(this, type, ...values)
    }
  })

  /** Once only: now when the system answered at once, or with the event of Node. */
  function tellListening(server: Server, listener: Listener): void {
    const address = server.listening ? server.address() : null
    if (listener.told || address === null || typeof address === 'string') return
    listener.told = true
    channel.emit({
      k: 'listen',
      s: listener.number,
      a: endpoint(address.address, address.port),
      l: listener.asked,
    })
  }

  function tell(server: InnerServer, listener: Listener, type: string | symbol, value: unknown): void {
    const s = listener.number
    if (type === 'listening') tellListening(server, listener)
    else if (type === 'connection' && listener.told && value instanceof Socket) {
      const local = endOf(value as InnerSocket, 'getsockname') ?? ''
      const remote = endOf(value as InnerSocket, 'getpeername') ?? ''
      const connection = connectionOf(value, probe)
      connection.told = true
      connection.connected = true
      channel.emit({ k: 'accept', s: connection.number, by: s, a: local, r: remote })
    } else if (type === 'drop' && value) {
      const { localAddress, localPort, remoteAddress, remotePort } = value as Record<string, string & number>
      channel.emit({
        k: 'drop',
        s,
        a: endpoint(localAddress!, localPort!),
        r: endpoint(remoteAddress!, remotePort!),
      })
    } else if (type === 'error') {
      const { syscall, address, port } = (value ?? {}) as {
        syscall?: string
        address?: string
        port?: number
      }
      const a = address && port !== undefined ? endpoint(address, port) : undefined
      channel.emit({ k: 'error', s, e: nameOf(value), c: syscall, a })
    }
  }
}
