/** What the programs and the kernel of one virtual machine say to each other about its network. */

/** Errors as libuv numbers them on Linux. */
export const ERRNO = {
  EACCES: -13,
  EADDRINUSE: -98,
  EADDRNOTAVAIL: -99,
  EAI_NONAME: -3008,
  EALREADY: -114,
  EBADF: -9,
  ECANCELED: -125,
  ECONNREFUSED: -111,
  ECONNRESET: -104,
  EINVAL: -22,
  EMSGSIZE: -90,
  ENETUNREACH: -101,
  ENOBUFS: -105,
  ENODEV: -19,
  ENOTCONN: -107,
  ENOTSUP: -95,
  EOF: -4095,
  EPIPE: -32,
  ETIMEDOUT: -110,
} as const

/** What a TCP socket may send that its peer has not read, in bytes: the default limit of Linux (`tcp_wmem`). */
export const SEND_BUFFER = 4_194_304

/** What a UDP socket keeps for its program before losing datagrams, as the kernel counts it (`rmem_default`). */
export const RECEIVE_BUFFER = 212_992

/** The groups that one socket may join, at most (`igmp_max_memberships`). */
export const MEMBERSHIPS = 20

/** A network interface of the machine, in the form of `os.networkInterfaces()`. */
export interface Interface {
  name: string
  address: string
  netmask: string
  family: 'IPv4' | 'IPv6'
  cidr: string
  internal: boolean
  mac: string
  broadcast?: string
  scopeid?: number
}

/** The one host: a loopback, and a card that is alone on its network. */
export const INTERFACES: readonly Interface[] = [
  {
    name: 'lo',
    address: '127.0.0.1',
    netmask: '255.0.0.0',
    family: 'IPv4',
    cidr: '127.0.0.1/8',
    internal: true,
    mac: '00:00:00:00:00:00',
    broadcast: '127.255.255.255',
  },
  {
    name: 'lo',
    address: '::1',
    netmask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    family: 'IPv6',
    cidr: '::1/128',
    internal: true,
    mac: '00:00:00:00:00:00',
    scopeid: 0,
  },
  {
    name: 'eth0',
    address: '10.7.0.2',
    netmask: '255.255.255.0',
    family: 'IPv4',
    cidr: '10.7.0.2/24',
    internal: false,
    mac: '02:00:00:00:00:01',
    broadcast: '10.7.0.255',
  },
]

/** An address and a port. Addresses are in canonical form; `::ffff:127.0.0.1` is an IPv4 one seen by an IPv6 socket. */
export interface Endpoint {
  address: string
  port: number
}

/** A socket that holds a port. */
export interface Claim extends Endpoint {
  /** Of the socket, unique on the machine. */
  id: number
  transport: 'tcp' | 'udp'
  v6: boolean
  /** An IPv6 socket that leaves the port free for IPv4. */
  v6only: boolean
  /** Asked with SO_REUSEADDR. */
  reuse: boolean
  listening: boolean
  /** The multicast groups that it has joined, in UDP, as the kernel tells them. */
  groups?: readonly string[]
  /** The program. */
  owner: number
}

/** A line of the table of TCP sockets; `state` is numbered as in Linux's `tcp_states.h`. */
export interface TcpRow {
  local: Endpoint
  remote: Endpoint
  state: number
}

/** A program to the kernel. `id` is always a socket of that program. */
export type Up =
  | { t: 'claim'; claim: Claim }
  | { t: 'release'; id: number }
  | { t: 'listen'; id: number; backlog: number }
  | { t: 'connect'; id: number; local: Endpoint; remote: Endpoint }
  | { t: 'accepted'; id: number; listener: number }
  | { t: 'data'; id: number; bytes: Uint8Array }
  /** The program has read so many bytes. */
  | { t: 'consumed'; id: number; size: number }
  | { t: 'fin'; id: number }
  /** `reset`: with an RST, which bytes left unread provoke too. */
  | { t: 'close'; id: number; reset: boolean }
  | { t: 'send'; id: number; local: Endpoint; remote: Endpoint; bytes: Uint8Array; connected: boolean }
  | { t: 'option'; id: number; receiveBuffer?: number; join?: string; leave?: string; loop?: boolean }
  /** The program has read a datagram that cost so much. */
  | { t: 'read'; id: number; cost: number }
  /** The table of TCP sockets is wanted, now and at each change. */
  | { t: 'table' }

/** The kernel to a program. */
export type Down =
  | { t: 'claims'; added: readonly Claim[]; removed: readonly number[] }
  /** Another program got the port first. */
  | { t: 'revoked'; id: number; port: number }
  | { t: 'established'; id: number }
  | { t: 'refused'; id: number; errno: number }
  | { t: 'incoming'; id: number; listener: number; local: Endpoint; remote: Endpoint }
  | { t: 'data'; id: number; bytes: Uint8Array }
  /** The peer has read so many bytes. */
  | { t: 'credit'; id: number; size: number }
  | { t: 'fin'; id: number }
  | { t: 'reset'; id: number }
  | { t: 'datagram'; id: number; bytes: Uint8Array; remote: Endpoint; cost: number }
  /** What an ICMP message tells a connected UDP socket. */
  | { t: 'unreachable'; id: number; errno: number }
  | { t: 'table'; rows: readonly TcpRow[] }

/** The sockets of `owner` are numbered from here; the ends that its connections make on the other side, from its half. */
export const socketIds = (owner: number) => owner * 10_000_000
export const FAR_END = 5_000_000

/** The number of the other end of a connection. */
export function otherEnd(id: number): number {
  return id % socketIds(1) < FAR_END ? id + FAR_END : id - FAR_END
}

/** The IPv4 address that an IPv6 one wraps, or the address itself. */
export function unwrapped(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}

/** Whether the address is an IPv4 one, wrapped or not. */
export function isV4(address: string): boolean {
  return !unwrapped(address).includes(':')
}

/** Whether the address stands for all those of the machine. */
export function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::'
}

/** Whether the address, unwrapped, is that of a multicast group. */
export function isGroup(address: string): boolean {
  return address.includes(':') ? /^ff/i.test(address) : /^2(2[4-9]|3\d)\./.test(address)
}

/** Whether the address, unwrapped, is that of a broadcast. */
export function isBroadcast(address: string): boolean {
  return address === '255.255.255.255' || INTERFACES.some(({ broadcast }) => broadcast === address)
}

/** Whether `wanted` cannot have its port because of `claims`: the rules of bind(2) and listen(2) on Linux. */
export function conflicts(claims: Iterable<Claim>, wanted: Claim): boolean {
  for (const claim of claims) {
    if (claim.id === wanted.id || claim.transport !== wanted.transport || claim.port !== wanted.port) continue
    if (!overlap(claim, wanted)) continue
    const shared = claim.reuse && wanted.reuse && (claim.transport === 'udp' || !claim.listening)
    if (!shared) return true
  }
  return false
}

function overlap(a: Claim, b: Claim): boolean {
  const [four, other] = [!a.v6 || isV4(a.address), !b.v6 || isV4(b.address)]
  if (four !== other) {
    const six = four ? b : a
    return six.address === '::' && !six.v6only
  }
  const [x, y] = [unwrapped(a.address), unwrapped(b.address)]
  return isAny(x) || isAny(y) || x === y
}

/** What Linux counts for a datagram kept in a receive buffer, in bytes: more than its length. */
export function costOf(length: number): number {
  if (length <= 196) return 832
  const needed = length + 380
  let power = 512
  while (power < needed) power *= 2
  return Math.min(power, needed > 8192 ? Math.ceil(needed / 4096) * 4096 : power) + 256
}
