/** The WebSockets of the pages: who may open one, how many there may be. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Address } from '../address.ts'
import { SUBPROTOCOL, WS_PATH } from '../protocol.ts'
import { Connection, type ConnectionContext } from './connection.ts'
import { refuse } from './refusal.ts'
import { hostAllowed, originAllowed } from './security.ts'

const OPTIONS = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  /** Largest message, in bytes, and how many pieces it may come in. */
  maxPayload: 65_536,
  maxFragments: 16,
  maxBufferedChunks: 1024,
  /** How long a page may take to close its side, in ms. */
  closeTimeout: 2000,
  handleProtocols: (offered: ReadonlySet<string>) =>
    offered.has(SUBPROTOCOL) ? SUBPROTOCOL : (false as const),
}

/** Accepts the WebSockets of the terminals, beside those that another owner of the server accepts. */
export class Terminals {
  readonly #address: Address
  readonly #context: ConnectionContext
  /** In order of arrival. */
  readonly #connections = new Set<Connection>()
  readonly #server = new WebSocketServer(OPTIONS)

  constructor(address: Address, context: ConnectionContext) {
    this.#address = address
    this.#context = context
    this.#server.on('wsClientError', (_error, socket) => refuse(socket, 400))
  }

  /** Listens to the upgrades of `server` on `WS_PATH`; the others are refused, or left to their owner when shared. */
  listenOn(server: Server, { shared }: { shared: boolean }): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // A peer that resets its socket at this very moment must not be the end of us.
      socket.on('error', () => socket.destroy())
      const path = this.#address.within(request.url ?? '').split(/[?#]/, 1)[0]
      if (path !== WS_PATH && shared) return
      const status = path === WS_PATH ? this.#refusal(request) : 404
      if (status) {
        refuse(socket, status)
        return
      }
      request.socket.setNoDelay(true)
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        this.#makeRoom()
        const connection = new Connection(webSocket, this.#context)
        this.#connections.add(connection)
        webSocket.on('close', () => this.#connections.delete(connection))
      })
    })
  }

  #refusal(request: IncomingMessage): number | null {
    if (!hostAllowed(request, this.#address)) return 421
    if (!originAllowed(request, this.#address)) return 403
    const welcomed = [...this.#connections].filter((connection) => connection.isWelcome)
    if (welcomed.length >= this.#context.limits.sockets) return 503
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
    return offered.includes(SUBPROTOCOL) ? null : 400
  }

  /** Who has not shown the token yet never takes the place of a page: the one that has waited longest gives way. */
  #makeRoom(): void {
    const strangers = [...this.#connections].filter((connection) => !connection.isWelcome)
    if (strangers.length >= this.#context.limits.strangers) strangers[0]?.terminate()
  }

  /** Tells every page that the runner stops. */
  close(): void {
    for (const connection of this.#connections) connection.goAway()
  }

  /** Cuts the pages that did not answer. */
  terminate(): void {
    for (const connection of this.#connections) connection.terminate()
  }
}
