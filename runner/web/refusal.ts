/** An answer to who will get no other: written on the bare socket, which is then closed. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { securityHeaders } from './security.ts'

/** How long a peer may take to read why it is refused, in ms. */
const READ_WITHIN = 2000

/** The socket already has its listener for errors. */
export function refuse(socket: Duplex, status: number): void {
  const headers = { ...securityHeaders(), Connection: 'close', 'Content-Length': '0' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`)
  setTimeout(() => socket.destroy(), READ_WITHIN).unref()
}
