/** libuv's UDP handle on the virtual machine: what Node's own `dgram` stands on. */
import {
  type Claim,
  type Down,
  type Endpoint,
  ERRNO,
  INTERFACES,
  isAny,
  isGroup,
  MEMBERSHIPS,
  RECEIVE_BUFFER,
  unwrapped,
} from '../../network.ts'
import { canonical, isDotted, isRefusedBySix, type Socket } from '../host.ts'
import { host, loop } from '../realm.ts'
import { Handle } from './handle.ts'
import { type AddressHolder, tell } from './tcp.ts'

/** Flags of `bind`. */
export const UDP_FLAGS = { UV_UDP_IPV6ONLY: 1, UV_UDP_REUSEADDR: 4, UV_UDP_REUSEPORT: 8 } as const

/** Largest payload of one datagram. */
const LARGEST = { v4: 65_507, v6: 65_527 } as const
const READS = 32
/** Linux doubles what is asked, between these bounds. */
const BUFFER = { receive: 2304, send: 4608, most: 4_194_304 } as const

type Datagram = Extract<Down, { t: 'datagram' }>

/** Turns bytes into a Buffer of Node, once it is there. */
let toBuffer: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes
export function setToBuffer(convert: typeof toBuffer): void {
  toBuffer = convert
}

export class UDP extends Handle implements Socket {
  declare onmessage: (size: number, handle: UDP, bytes?: Uint8Array, remote?: object) => void
  readonly #id = host().nextId()
  readonly #groups = new Set<string>()
  #claim: Claim | null = null
  #peer: Endpoint | null = null
  #received: Datagram[] = []
  #scheduled = false
  #broadcast = false
  /** Address of the interface that multicast leaves by. */
  #card = ''
  #sizes = { receive: RECEIVE_BUFFER, send: RECEIVE_BUFFER }

  constructor() {
    super()
    host().sockets.set(this.#id, this)
  }

  active(): boolean {
    return !this.closed && this.reading
  }

  open(): number {
    return ERRNO.EINVAL
  }

  bind(address: string, port: number, flags = 0): number {
    return isDotted(address) ? this.#bind({ address, port }, flags, false) : ERRNO.EINVAL
  }

  bind6(address: string, port: number, flags = 0): number {
    return this.#bind({ address: canonical(address), port }, flags, true)
  }

  #bind({ address, port: wanted }: Endpoint, flags: number, v6: boolean): number {
    if (this.#claim) return ERRNO.EINVAL
    const shared = host().isBroadcast(address) || isGroup(address)
    if (!shared && !host().has(address)) return ERRNO.EADDRNOTAVAIL
    const v6only = v6 && (flags & UDP_FLAGS.UV_UDP_IPV6ONLY) !== 0
    if (isRefusedBySix(address, v6only)) return ERRNO.EINVAL
    const claim: Claim = {
      id: this.#id,
      transport: 'udp',
      address,
      port: wanted || host().freePort({ transport: 'udp', address, v6, v6only }),
      v6,
      v6only,
      reuse: (flags & UDP_FLAGS.UV_UDP_REUSEADDR) !== 0,
      listening: false,
      owner: host().owner,
    }
    const error = host().claim(claim)
    if (error === 0) this.#claim = claim
    return error
  }

  connect(address: string, port: number): number {
    return this.#connect({ address, port }, () => this.bind('0.0.0.0', 0))
  }

  connect6(address: string, port: number): number {
    return this.#connect({ address: canonical(address), port }, () => this.bind6('::', 0))
  }

  #connect(peer: Endpoint, bind: () => number): number {
    const source = host().sourceFor(peer.address)
    if (typeof source === 'number') return source
    if (!this.#claim) bind()
    this.#peer = peer
    return 0
  }

  disconnect(): number {
    if (!this.#peer) return ERRNO.ENOTCONN
    this.#peer = null
    return 0
  }

  /** `rest` is (port, address, wantsCallback), or (wantsCallback) for a connected socket. Gives the size plus one. */
  send(_request: unknown, list: Uint8Array[], _count: number, ...rest: unknown[]): number {
    return this.#send(list, rest, false)
  }

  send6(_request: unknown, list: Uint8Array[], _count: number, ...rest: unknown[]): number {
    return this.#send(list, rest, true)
  }

  #send(list: Uint8Array[], rest: unknown[], v6: boolean): number {
    const to = rest.length === 1 ? this.#peer : { address: String(rest[1]), port: Number(rest[0]) }
    if (!to || isDotted(to.address) === v6) return ERRNO.EINVAL
    const address = v6 ? canonical(to.address) : to.address
    const size = list.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (size > (address.includes(':') && !address.startsWith('::ffff:') ? LARGEST.v6 : LARGEST.v4))
      return ERRNO.EMSGSIZE
    const bound = this.#claim ? 0 : v6 ? this.bind6('::', 0) : this.bind('0.0.0.0', 0)
    if (bound !== 0) return bound
    if (host().isBroadcast(address) && !this.#broadcast) return ERRNO.EACCES
    const source = this.#card && isGroup(unwrapped(address)) ? this.#card : host().sourceFor(address)
    if (typeof source === 'number') return source
    const { address: own, port } = this.#claim!
    host().send({
      t: 'send',
      id: this.#id,
      local: { address: isAny(own) ? source : own, port },
      remote: { address: isAny(address) ? source : address, port: to.port },
      bytes: joined(list, size),
      connected: this.#peer !== null,
    })
    return size + 1
  }

  recvStart(): number {
    this.reading = true
    this.#schedule()
    return 0
  }

  recvStop(): number {
    this.reading = false
    loop.wake()
    return 0
  }

  datagram(message: Datagram): void {
    if (this.closed) return
    if (this.#peer && message.remote.port !== this.#peer.port) {
      this.#free(message)
      return
    }
    this.#received.push(message)
    this.#schedule()
  }

  event(message: Down): void {
    if (message.t === 'unreachable' && this.reading && !this.closed) this.onmessage(message.errno, this)
  }

  #free({ cost }: Datagram): void {
    host().send({ t: 'read', id: this.#id, cost })
  }

  #schedule(): void {
    if (this.#scheduled || !this.reading || this.closed || this.#received.length === 0) return
    this.#scheduled = true
    let left = READS
    const read = () => {
      const message = this.reading && !this.closed ? this.#received.shift() : undefined
      left -= 1
      this.#scheduled = false
      if (!message) return
      this.#free(message)
      if (left > 0 && this.#received.length > 0) {
        this.#scheduled = true
        loop.again(read)
      } else this.#schedule()
      this.#deliver(message)
    }
    loop.poll(read)
  }

  #deliver({ bytes, remote: { address, port } }: Datagram): void {
    const family = address.includes(':') ? 'IPv6' : 'IPv4'
    this.onmessage(bytes.length, this, toBuffer(bytes), { address, family, port, size: bytes.length })
  }

  protected override release(): void {
    if (this.#claim) host().release(this.#id)
    this.#claim = null
    this.#received = []
    host().sockets.delete(this.#id)
  }

  getsockname(holder: AddressHolder): number {
    return tell(this.#claim, holder, ERRNO.EBADF)
  }

  getpeername(holder: AddressHolder): number {
    return tell(this.#peer, holder, ERRNO.ENOTCONN)
  }

  setBroadcast(on: number): number {
    this.#broadcast = on !== 0
    return 0
  }

  setTTL(): number {
    return 0
  }

  setMulticastTTL(): number {
    return 0
  }

  setMulticastLoopback(on: number): number {
    host().send({ t: 'option', id: this.#id, loop: on !== 0 })
    return 0
  }

  setMulticastInterface(address: string): number {
    if (address.includes(':')) return 0
    if (address !== '0.0.0.0' && !INTERFACES.some((one) => one.address === address))
      return ERRNO.EADDRNOTAVAIL
    this.#card = address === '0.0.0.0' ? '' : address
    return 0
  }

  addMembership(group: string, card?: string): number {
    if (!isGroup(group) || isDotted(group) === Boolean(this.#claim?.v6)) return ERRNO.EINVAL
    if (card && isDotted(card) && !INTERFACES.some((one) => one.address === card)) return ERRNO.ENODEV
    if (this.#groups.has(group)) return ERRNO.EADDRINUSE
    if (this.#groups.size >= MEMBERSHIPS) return ERRNO.ENOBUFS
    this.#groups.add(group)
    host().send({ t: 'option', id: this.#id, join: group })
    return 0
  }

  dropMembership(group: string): number {
    if (!this.#groups.delete(group)) return ERRNO.EADDRNOTAVAIL
    host().send({ t: 'option', id: this.#id, leave: group })
    return 0
  }

  addSourceSpecificMembership(): number {
    return ERRNO.ENOTSUP
  }

  dropSourceSpecificMembership(): number {
    return ERRNO.ENOTSUP
  }

  /** Reads the size of a buffer, or sets it when `size` is not 0. */
  bufferSize(size: number, receive: boolean): number {
    const kind = receive ? 'receive' : 'send'
    if (size === 0) return this.#sizes[kind]
    this.#sizes[kind] = Math.max(Math.min(size, BUFFER.most) * 2, BUFFER[kind])
    if (receive) host().send({ t: 'option', id: this.#id, receiveBuffer: this.#sizes[kind] })
    return this.#sizes[kind]
  }

  getSendQueueSize(): number {
    return 0
  }

  getSendQueueCount(): number {
    return 0
  }
}

function joined(list: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size)
  let at = 0
  for (const { buffer, byteOffset, byteLength } of list) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return all
}
