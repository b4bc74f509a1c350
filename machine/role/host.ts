/**
 * The machine as one program sees it: a copy of the table of ports, so that `bind` and `listen` answer at once, as
 * system calls do; the kernel has the last word.
 */
import { LIMITS } from '../limits.ts'
import type { FromProgram } from '../messages.ts'
import {
  type Claim,
  conflicts,
  type Down,
  ERRNO,
  INTERFACES,
  isAny,
  isBroadcast,
  isGroup,
  isV4,
  socketIds,
  type TcpRow,
  type Up,
  unwrapped,
} from '../network.ts'
import type { Loop } from './loop.ts'

/** A socket, as the kernel's messages find it. */
export interface Socket {
  /** An event of the poll phase. */
  event(message: Down): void
  /** Bytes of a connection: they are known when they come. */
  arrive?(bytes: Uint8Array): void
  datagram?(message: Extract<Down, { t: 'datagram' }>): void
}

/** The ports that one program draws from when it asks for any: programs share them out. */
const EPHEMERAL = { first: 32_768, slices: 64, size: 441 } as const

export class Host {
  readonly owner: number
  readonly loop: Loop
  readonly sockets = new Map<number, Socket>()
  readonly claims = new Map<number, Claim>()
  readonly send: (message: Up) => void
  /** Tells who started the program what it wrote in a file. */
  tell: (message: Extract<FromProgram, { t: 'file' }>) => void = () => {}
  /** Called with the number of a port that another program got at the same instant. */
  onRevoked: (port: number) => void = () => {}
  #rows: readonly TcpRow[] = []
  #nextId: number
  #turn = Math.floor(Math.random() * EPHEMERAL.size)

  constructor(owner: number, loop: Loop, send: (message: Up) => void) {
    this.owner = owner
    this.loop = loop
    this.send = send
    this.#nextId = socketIds(owner)
  }

  /** What the kernel knows when the program begins. */
  begin(claims: readonly Claim[], rows: readonly TcpRow[]): void {
    for (const claim of claims) this.claims.set(claim.id, claim)
    this.#rows = rows
  }

  /** The number of a new socket. */
  nextId(): number {
    this.#nextId += 1
    return this.#nextId
  }

  /** The table of TCP sockets, as last told. */
  get rows(): readonly TcpRow[] {
    return this.#rows
  }

  receive(message: Down): void {
    switch (message.t) {
      case 'table':
        this.#rows = message.rows
        return
      case 'claims':
        for (const claim of message.added) this.claims.set(claim.id, claim)
        for (const id of message.removed) this.claims.delete(id)
        return
      case 'revoked':
        this.onRevoked(message.port)
        return
      case 'datagram':
        this.sockets.get(message.id)?.datagram?.(message)
        return
      case 'data':
        this.sockets.get(message.id)?.arrive?.(message.bytes)
        return
      case 'incoming':
        if (!this.sockets.has(message.listener)) return
        this.sockets.set(message.id, new Unaccepted(message.listener))
    }
    const id = message.t === 'incoming' ? message.listener : message.id
    this.loop.poll(() => this.sockets.get(id)?.event(message))
  }

  /** Takes a port: 0, or why bind(2) fails. */
  claim(claim: Claim): number {
    if (claim.port > 0 && claim.port < 1024) return ERRNO.EACCES
    if (conflicts(this.claims.values(), claim)) return ERRNO.EADDRINUSE
    if (this.sockets.size > LIMITS.sockets) return ERRNO.EADDRINUSE
    this.claims.set(claim.id, claim)
    this.send({ t: 'claim', claim })
    return 0
  }

  release(id: number): void {
    if (this.claims.delete(id)) this.send({ t: 'release', id })
  }

  /** A port that nobody holds, or 0. */
  freePort(wanted: Omit<Claim, 'id' | 'port' | 'reuse' | 'listening' | 'owner'>): number {
    const first = EPHEMERAL.first + ((this.owner * 397) % EPHEMERAL.slices) * EPHEMERAL.size
    for (let tried = 0; tried < EPHEMERAL.size; tried += 1) {
      const port = first + (this.#turn % EPHEMERAL.size)
      this.#turn += 1
      const claim = { ...wanted, id: 0, port, reuse: false, listening: false, owner: this.owner }
      if (!conflicts(this.claims.values(), claim)) return port
    }
    return 0
  }

  /** Whether a socket may be bound to this address. */
  has(address: string): boolean {
    const plain = unwrapped(address)
    return isAny(plain) || plain.startsWith('127.') || INTERFACES.some((one) => one.address === plain)
  }

  /** The address that what goes to `address` leaves from, or the error of connect(2) and sendto(2). */
  sourceFor(address: string): string | number {
    const plain = unwrapped(address)
    if (plain === '::') return '::1'
    if (plain === '0.0.0.0' || plain.startsWith('127.')) return '127.0.0.1'
    const own = INTERFACES.find((one) => one.address === plain)
    if (own) return own.address
    if (!isV4(plain)) return ERRNO.ENETUNREACH
    const card =
      isGroup(plain) || plain === '255.255.255.255'
        ? INTERFACES.find(({ internal, family }) => family === 'IPv4' && !internal)
        : INTERFACES.find((one) => one.family === 'IPv4' && sameNetwork(one.address, plain, one.netmask))
    return card?.address ?? ERRNO.ENETUNREACH
  }

  /** Whether sending there needs SO_BROADCAST. */
  isBroadcast(address: string): boolean {
    return isBroadcast(unwrapped(address))
  }
}

/** What comes for a connection that the program has not accepted yet. */
export class Unaccepted implements Socket {
  readonly listener: number
  readonly #bytes: Uint8Array[] = []
  readonly #events: Down[] = []

  constructor(listener: number) {
    this.listener = listener
  }

  arrive(bytes: Uint8Array): void {
    this.#bytes.push(bytes)
  }

  event(message: Down): void {
    this.#events.push(message)
  }

  /** Gives all of it to the socket that the program accepts. */
  moveTo(socket: Socket): void {
    for (const bytes of this.#bytes) socket.arrive?.(bytes)
    for (const event of this.#events) socket.event(event)
  }
}

function number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function sameNetwork(a: string, b: string, mask: string): boolean {
  return ((number(a) & number(mask)) | 0) === ((number(b) & number(mask)) | 0)
}

/** Linux refuses a wrapped IPv4 address to a socket that is IPv6 only. */
export function isRefusedBySix(address: string, v6only: boolean): boolean {
  return v6only && address.startsWith('::ffff:')
}

const V4 = /^\d{1,3}(\.\d{1,3}){3}$/

/** Whether a text is a dotted IPv4 address. */
export function isDotted(address: string): boolean {
  return V4.test(address)
}

/** An IPv6 address in canonical form, without its zone; a wrapped IPv4 one keeps its dots. */
export function canonical(address: string): string {
  const [plain = ''] = address.split('%')
  const wrapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)
  if (wrapped) return `::ffff:${wrapped[1]}`
  return URL.canParse(`http://[${plain}]/`) ? new URL(`http://[${plain}]/`).hostname.slice(1, -1) : plain
}
