/** Free ports for the programs under test. */
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import type { Host } from './host.ts'

/** Outside of the range from which systems draw the ports of clients. */
const FIRST = 20_000
const RANGE = 12_000
const TRIES = 200
/** Given by this process already: a program may not have opened its own yet. */
const given = new Set<number>()

/** A port that nobody holds, in TCP nor in UDP. */
export async function freePort(host: Host): Promise<number> {
  const taken = host.taken()
  for (let i = 0; i < TRIES; i++) {
    const port = FIRST + Math.floor(Math.random() * RANGE)
    if (taken.has(port) || given.has(port)) continue
    if ((await freeOverTcp(port)) && (await freeOverUdp(port))) {
      if (given.size > RANGE / 2) given.clear()
      given.add(port)
      return port
    }
  }
  throw new Error('no free port')
}

function freeOverTcp(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const server = createServer().on('error', () => resolve(false))
  server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)))
  return promise
}

function freeOverUdp(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = createSocket('udp4').on('error', () => resolve(false))
  socket.bind(port, '0.0.0.0', () => socket.close(() => resolve(true)))
  return promise
}
