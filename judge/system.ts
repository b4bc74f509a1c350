/** What the system says of a program from outside. Linux tells all of it; elsewhere the answers are empty. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { Schedule } from './host.ts'

/** Environment variable that marks every process of a play. */
export const TAG = 'PRISE_DIRECTE_JUGE'
export const isLinux = process.platform === 'linux'
/** States of a TCP socket in /proc/net/tcp. */
const LISTENING = '0A'
const CONNECTING = '02'

interface Row {
  state: string
  localPort: number
  remotePort: number
  inode: string
}

/** A socket that waits on a port. */
export interface Held {
  transport: 'tcp' | 'udp'
  port: number
  inode: string
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function rows(transport: 'tcp' | 'udp'): Row[] {
  if (!isLinux) return []
  const lines = [transport, `${transport}6`].flatMap((file) => read(`/proc/net/${file}`).split('\n').slice(1))
  return lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    const [, local = '', remote = '', state = ''] = fields
    const inode = fields[9]
    return inode ? [{ state, localPort: portOf(local), remotePort: portOf(remote), inode }] : []
  })
}

function portOf(end: string): number {
  return Number.parseInt(end.split(':')[1] ?? '', 16)
}

/** Ports on which somebody waits. */
export function held(transport: 'tcp' | 'udp'): Held[] {
  return rows(transport)
    .filter(({ state }) => transport === 'udp' || state === LISTENING)
    .map(({ localPort, inode }) => ({ transport, port: localPort, inode }))
}

/**
 * How many have joined an IPv4 group, on each interface; null where the system does not tell. /proc/net/igmp writes
 * 239.255.43.21 as 152BFFEF.
 */
export function members(group: string): number | null {
  if (!isLinux) return null
  const name = Buffer.from(group.split('.').map(Number)).reverse().toString('hex').toUpperCase()
  const lines = read('/proc/net/igmp').split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .reduce((sum, [first, users]) => sum + (first === name ? Number(users) : 0), 0)
}

/** Inodes of the TCP sockets that try to connect to a port. */
export function attempts(port: number): string[] {
  return rows('tcp').flatMap((row) =>
    row.state === CONNECTING && row.remotePort === port ? [row.inode] : [],
  )
}

/** Inodes of the sockets that these processes hold. */
export function inodesOf(pids: readonly number[]): Set<string> {
  const inodes = pids.flatMap((pid) =>
    list(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  return new Set(inodes)
}

/** Processes whose environment carries this tag: a launcher's child, or one that left its group. */
export function tagged(tag: string): number[] {
  if (!isLinux) return []
  const entry = `\0${TAG}=${tag}\0`
  return list('/proc')
    .filter((name) => /^\d+$/.test(name) && `\0${read(`/proc/${name}/environ`)}\0`.includes(entry))
    .map(Number)
}

/** What its main thread had of the processors so far; zeros where the system does not tell. */
export function schedule(pid: number): Schedule {
  const [ran = 0, waited = 0] = read(`/proc/${pid}/schedstat`)
    .split(' ')
    .map((ns) => Number(ns) / 1e6)
  return { ran, waited }
}

/** Resident memory in bytes; null where the system does not tell. */
export function residentMemory(pid: number): number | null {
  const pages = read(`/proc/${pid}/statm`).split(' ')[1]
  return pages === undefined ? null : Number(pages) * 4096
}
