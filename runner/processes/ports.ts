/** Whether a port of this machine is taken, and by whom. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename } from 'node:path'
import type { Port } from '../protocol.ts'
import { tagIn } from './table.ts'

/** A process that holds a port. */
export interface Holder {
  pid: number
  /** Its executable: `node`, `python3.11`. */
  name: string
  /** Value of `TAG` in its environment, where the system lets us read it. */
  tag: string | null
}

/** Some systems let a program take a port on one address while another holds it on all, or the reverse. */
const ADDRESSES = ['0.0.0.0', '127.0.0.1', '::', '::1']

/** Whether a program could not take this port, on IPv4 or on IPv6: asked to the system, by trying. */
export async function isTaken(port: Port): Promise<boolean> {
  const errorOf = port.over === 'tcp' ? listenError : bindError
  for (const address of ADDRESSES) {
    if ((await errorOf(port.number, address)) === 'EADDRINUSE') return true
  }
  return false
}

/** The error of a TCP server that listens there, or null. */
async function listenError(port: number, host: string): Promise<string | null> {
  const server = createServer()
  try {
    server.listen({ port, host, ipv6Only: host.includes(':'), exclusive: true })
    await once(server, 'listening')
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? null
  } finally {
    server.close()
  }
}

/** The error of a UDP socket that binds there, or null. */
async function bindError(port: number, address: string): Promise<string | null> {
  const ipv6Only = address.includes(':')
  const socket = createSocket({ type: ipv6Only ? 'udp6' : 'udp4', ipv6Only })
  try {
    socket.bind({ port, address, exclusive: true })
    await once(socket, 'listening')
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? null
  } finally {
    socket.close()
  }
}

/** The processes that hold a port, as far as the system lets us see them; none where it is not Linux. */
export async function holdersOf(port: Port): Promise<Holder[]> {
  if (process.platform !== 'linux') return []
  const sockets = await socketsOf(port)
  if (sockets.size === 0) return []
  const pids = (await namesIn('/proc')).filter((name) => /^\d+$/.test(name))
  const holders = await Promise.all(pids.map((pid) => holderOf(pid, sockets)))
  return holders.filter((holder) => holder !== null)
}

/** What `/proc/<pid>/fd` says of the sockets on a port: `socket:[inode]`. */
async function socketsOf({ number, over }: Port): Promise<Set<string>> {
  const local = `:${number.toString(16).toUpperCase().padStart(4, '0')}`
  const sockets = new Set<string>()
  for (const table of [over, `${over}6`]) {
    const text = await readFile(`/proc/net/${table}`, 'latin1').catch(() => '')
    for (const line of text.split('\n').slice(1)) {
      const [, address, , state, , , , , , inode] = line.trim().split(/\s+/)
      const open = over === 'udp' || state === LISTENING
      if (open && address?.endsWith(local)) sockets.add(`socket:[${inode}]`)
    }
  }
  return sockets
}

/** State of a TCP socket that listens, in `/proc/net/tcp`. */
const LISTENING = '0A'

async function holderOf(pid: string, sockets: ReadonlySet<string>): Promise<Holder | null> {
  const folder = `/proc/${pid}/fd`
  for (const name of await namesIn(folder)) {
    const link = await readlink(`${folder}/${name}`).catch(() => '')
    if (!sockets.has(link)) continue
    const command = await readlink(`/proc/${pid}/exe`).catch(() =>
      readFile(`/proc/${pid}/comm`, 'utf8').catch(() => ''),
    )
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
    const tag = tagIn(Number(pid), environment.split('\0'))
    return { pid: Number(pid), name: basename(command.trim()), tag }
  }
  return null
}

/** The names in a folder; none when it cannot be read. */
async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}
