/**
 * What one test at a time may use on a machine, whatever the program or the working copy that plays it: holding a
 * loopback port is holding the right to it.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Lab } from '../labs/lab.ts'

/** The ports that the scenarios of Qt name. */
export const QT_PORTS = 20_999
/** The groups of the labs: once one program has joined, the group reaches all those of its port (IP_MULTICAST_ALL, ip(7)). */
export const GROUPS = 20_998
const NOTHING = () => {}

/** Plays when nobody else holds `right`. */
export async function exclusive<T>(right: number, play: () => Promise<T>): Promise<T> {
  const release = await hold(right)
  try {
    return await play()
  } finally {
    release()
  }
}

/** Waits until nobody else holds `right`, and takes it; gives back what releases it. */
async function hold(right: number): Promise<() => void> {
  const waiting = new Set<Socket>()
  const lock = await acquire(right, waiting)
  return () => {
    lock.close()
    for (const socket of waiting) socket.destroy()
  }
}

/** Holds the groups, where the programs of a lab join one: a parameter of it is an IPv4 group (RFC 5771). */
export function holdFor({ parameters }: Lab): Promise<() => void> {
  const isGroup = (value: unknown) => /^2(2[4-9]|3\d)(\.\d+){3}$/.test(`${value}`)
  const joins = Object.values(parameters).some(({ default: value }) => isGroup(value))
  return joins ? hold(GROUPS) : Promise.resolve(NOTHING)
}

async function acquire(right: number, waiting: Set<Socket>): Promise<Server> {
  for (;;) {
    const lock = createServer((socket) => waiting.add(socket.on('error', () => {})))
    const held = await new Promise<boolean>((resolve, reject) => {
      lock.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') resolve(false)
        else reject(error)
      })
      lock.listen(right, '127.0.0.1', () => resolve(true))
    })
    if (held) return lock
    // Whoever holds it cuts this connection when it is done.
    await new Promise((resolve) =>
      connect(right, '127.0.0.1')
        .on('error', () => {})
        .on('close', resolve),
    )
  }
}
