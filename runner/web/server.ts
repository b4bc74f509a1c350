/** The HTTP server: listens on the loopback addresses only, checks each request, serves the pages and the learner's files. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Address } from '../address.ts'
import { SERVED_BY } from '../protocol.ts'
import { elsewhere } from './elsewhere.ts'
import type { FilesHandler } from './files.ts'
import type { Handler, SiteHandler } from './pages.ts'
import { refuse } from './refusal.ts'
import { frameHeaders, hostAllowed, isFrame, securityHeaders } from './security.ts'

/** What the production server answers. */
export function requestHandler(address: Address, files: FilesHandler, site: SiteHandler | null): Handler {
  return (request, response) => {
    const port = request.socket.localPort ?? 0
    response.setHeader('Server-Timing', SERVED_BY)
    const secure = (scripts?: readonly string[]) => {
      const headers = isFrame(request.url ?? '')
        ? frameHeaders()
        : securityHeaders(address.sockets(port), scripts)
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    }
    secure()
    if (!hostAllowed(request, address)) return answer(response, 421, elsewhere(request, port))
    if (files(request, response)) return
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405)
    if (!site) return answer(response, 404)
    request.url = address.within(request.url ?? '/')
    site(request, response, secure)
  }
}

function answer(response: ServerResponse, status: number, page = ''): void {
  response.writeHead(status, { 'Content-Type': `text/${page ? 'html' : 'plain'}; charset=utf-8` })
  response.end(page)
}

/** The status of a request that Node's parser refuses. */
function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}

function serverOf(handler: Handler): Server {
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 },
    handler,
  )
  server.maxHeadersCount = 50
  // Whatever a peer does to its socket, at any moment, is its own affair.
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else refuse(socket, statusOf(error))
  })
  return server
}

const HOSTS = ['127.0.0.1', '::1']

function listen(server: Server, port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', reject)
  server.listen({ port, host, ipv6Only: host === '::1' }, () => {
    server.off('error', reject)
    // A connection that could not be accepted, for lack of descriptors: the next one may be.
    server.on('error', () => {})
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
      const server = serverOf(handler)
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
