/** The HTTP side: the built pages, and the upgrade to WebSocket. */
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { SUBPROTOCOL, WS_PATH } from '../protocol.ts'
import { Connection, type ConnectionContext } from './connection.ts'
import type { Handler } from './pages.ts'
import { hostAllowed, originAllowed, securityHeaders } from './security.ts'

/** Largest WebSocket message, in bytes, and how many pieces it may come in. */
const PAYLOAD_MAX = 65_536
const FRAGMENTS_MAX = 16
const CHUNKS_MAX = 1024

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split(/[?#]/, 1)[0]!
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end()
}

/** Accepts the WebSockets of the terminals, beside those that another owner of the server accepts. */
export class Terminals {
  readonly #context: ConnectionContext
  readonly #connections = new Set<Connection>()
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: PAYLOAD_MAX,
    maxFragments: FRAGMENTS_MAX,
    maxBufferedChunks: CHUNKS_MAX,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })

  constructor(context: ConnectionContext) {
    this.#context = context
  }

  /** Listens to the upgrades of `server` on `WS_PATH`; the others are refused, or left to their owner when shared. */
  listenOn(server: Server, { shared }: { shared: boolean }): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const ours = pathOf(request) === WS_PATH
      if (!ours && shared) return
      const status = ours ? this.#refusal(request, request.socket.localPort ?? 0) : 404
      if (status) {
        socket.end(
          `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
          () => socket.destroy(),
        )
        return
      }
      request.socket.setNoDelay(true)
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        const connection = new Connection(webSocket, this.#context)
        this.#connections.add(connection)
        webSocket.on('close', () => this.#connections.delete(connection))
      })
    })
  }

  #refusal(request: IncomingMessage, port: number): number | null {
    if (!hostAllowed(request, port)) return 421
    if (!originAllowed(request, port)) return 403
    if (this.#connections.size >= this.#context.limits.sockets) return 503
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
    return offered.includes(SUBPROTOCOL) ? null : 400
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

/** The requests of the production server: checks the host, serves the pages, nothing else. */
export function requestHandler(site: Handler | null, scripts: readonly string[]): Handler {
  return (request, response) => {
    const port = request.socket.localPort ?? 0
    for (const [name, value] of Object.entries(securityHeaders(port, scripts)))
      response.setHeader(name, value)
    if (!hostAllowed(request, port)) return answer(response, 421)
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405)
    if (site) return site(request, response)
    answer(response, 404)
  }
}

const HOSTS = ['127.0.0.1', '::1']

function listen(server: Server, port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen({ port, host, ipv6Only: host === '::1' }, () => {
    server.off('error', reject)
    resolve((server.address() as AddressInfo).port)
  })
  return promise
}

const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'])

/** Listens on both loopback addresses, on the same port. Rejects with EADDRINUSE when either is taken. */
export async function listenOnLoopback(
  handler: Handler,
  port: number,
): Promise<{ servers: Server[]; port: number }> {
  const servers: Server[] = []
  let chosen = port
  try {
    for (const host of HOSTS) {
      const server = createServer(
        { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 },
        handler,
      )
      server.maxHeadersCount = 50
      try {
        chosen = await listen(server, chosen, host)
        servers.push(server)
      } catch (error) {
        // Without IPv6 on this machine, `localhost` is 127.0.0.1 for browsers too.
        if (!NO_IPV6.has((error as NodeJS.ErrnoException).code ?? '')) throw error
      }
    }
    return { servers, port: chosen }
  } catch (error) {
    for (const server of servers) server.close()
    throw error
  }
}
