/** libuv's TCP handle on the virtual machine: what Node's own `net` stands on. Answers are immediate. */
import {
  type Claim,
  conflicts,
  type Down,
  type Endpoint,
  ERRNO,
  isAny,
  otherEnd,
  SEND_BUFFER,
} from '../../network.ts'
import { canonical, isDotted, isRefusedBySix, type Socket, Unaccepted } from '../host.ts'
import { host, loop } from '../realm.ts'
import { type Request, STATE, streamBaseState, WriteWrap } from './handle.ts'
import { StreamHandle } from './stream.ts'

/** Flag of `bind6`: UV_TCP_IPV6ONLY. */
const V6_ONLY = 1
const LONGEST_QUEUE = 4096
/** What Linux takes of one write before it sees that the other end answers by an RST. */
const FIRST_BURST = 524_288

/** Where `getsockname` and `getpeername` write. */
export interface AddressHolder {
  address?: string
  port?: number
  family?: 'IPv4' | 'IPv6'
}

export class TCP extends StreamHandle implements Socket {
  declare onconnection: (status: number, client?: TCP) => void
  #id = host().nextId()
  #claim: Claim | null = null
  #local: Endpoint | null = null
  #remote: Endpoint | null = null
  #listening = false
  #connecting: Request | null = null
  #connected = false
  /** Told by `listen` or `connect`, as libuv does. */
  #delayedError = 0
  /** Sent bytes that the peer has not read. */
  #inFlight = 0
  #waiting: { bytes: Uint8Array; request: WriteWrap }[] = []
  #shutdown: Request | null = null
  #finSent = false
  #peerEnded = false
  /** The connection was reset: what the next write says. */
  #broken = 0
  /** The other end, in this program, is closed: the next bytes will be answered by an RST. */
  #peerLeft = false

  constructor() {
    super()
    host().sockets.set(this.#id, this)
  }

  /** Bytes accepted that have not left. */
  get writeQueueSize(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes.length, 0)
  }

  override active(): boolean {
    const busy = this.#listening || this.#connecting !== null || this.#waiting.length > 0
    return !this.closed && (busy || this.reading || this.#shutdown !== null)
  }

  open(): number {
    return ERRNO.EINVAL
  }

  bind(address: string, port: number): number {
    return isDotted(address) ? this.#bind({ address, port }, false, false) : ERRNO.EINVAL
  }

  bind6(address: string, port: number, flags = 0): number {
    return this.#bind({ address: canonical(address), port }, true, (flags & V6_ONLY) !== 0)
  }

  #bind(wanted: Endpoint, v6: boolean, v6only: boolean): number {
    if (this.#claim || isRefusedBySix(wanted.address, v6only)) return ERRNO.EINVAL
    if (!host().has(wanted.address)) return ERRNO.EADDRNOTAVAIL
    const error = this.#hold(wanted, v6, v6only, true)
    if (error !== ERRNO.EADDRINUSE) return error
    this.#delayedError = error
    return 0
  }

  #hold({ address, port: wanted }: Endpoint, v6: boolean, v6only: boolean, reuse: boolean): number {
    const port = wanted || host().freePort({ transport: 'tcp', address, v6, v6only })
    this.#local = { address, port }
    const claim: Claim = {
      id: this.#id,
      transport: 'tcp',
      address,
      port,
      v6,
      v6only,
      reuse,
      listening: false,
      owner: host().owner,
    }
    const error = host().claim(claim)
    if (error === 0) this.#claim = claim
    return error
  }

  listen(backlog: number): number {
    if (this.#delayedError) return this.#delayedError
    if (!this.#claim) return ERRNO.EINVAL
    if (conflicts(host().claims.values(), { ...this.#claim, listening: true })) return ERRNO.EADDRINUSE
    this.#claim.listening = true
    this.#listening = true
    host().send({ t: 'listen', id: this.#id, backlog: Math.min(backlog, LONGEST_QUEUE) })
    return 0
  }

  connect(request: Request, address: string, port: number): number {
    return this.#connect(request, { address, port }, false)
  }

  connect6(request: Request, address: string, port: number): number {
    return this.#connect(request, { address: canonical(address), port }, true)
  }

  #connect(request: Request, { address, port }: Endpoint, v6: boolean): number {
    if (this.#connecting) return ERRNO.EALREADY
    if (this.#delayedError) {
      loop.poll(() => request.oncomplete?.(this.#delayedError, this, request, true, true))
      return 0
    }
    const source = host().sourceFor(address)
    if (typeof source === 'number') return source
    const from = v6 && isDotted(source) ? `::ffff:${source}` : source
    if (!this.#claim) this.#hold({ address: from, port: 0 }, v6, false, false)
    else if (isAny(this.#local!.address)) this.#local = { address: source, port: this.#claim.port }
    const target = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address
    this.#remote = { address: target, port }
    this.#connecting = request
    host().send({ t: 'connect', id: this.#id, local: this.#local!, remote: this.#remote })
    return 0
  }

  /** Becomes the near end of a connection that a listening socket takes. */
  #adopt({ id, local, remote }: Extract<Down, { t: 'incoming' }>): void {
    const early = host().sockets.get(id)
    host().sockets.delete(this.#id)
    host().sockets.set(id, this)
    this.#id = id
    this.#local = local
    this.#remote = remote
    this.#connected = true
    if (early instanceof Unaccepted) early.moveTo(this)
  }

  event(message: Down): void {
    switch (message.t) {
      case 'established':
        this.#connected = this.#connecting !== null && this.#broken === 0
        this.#answer(this.#broken, this.#connected)
        return
      case 'refused':
        this.#answer(message.errno, false)
        return
      case 'incoming':
        this.#accept(message)
        return
      case 'credit':
        this.#inFlight -= message.size
        this.#flush()
        return
      case 'fin':
        this.#peerEnded = true
        this.ended = true
        this.tellNow()
        return
      case 'reset':
        this.#onReset()
        return
    }
  }

  #answer(status: number, open: boolean): void {
    const request = this.#connecting
    this.#connecting = null
    request?.oncomplete?.(status, this, request, open, open)
  }

  #accept(message: Extract<Down, { t: 'incoming' }>): void {
    if (this.closed) return
    host().send({ t: 'accepted', id: message.id, listener: this.#id })
    const client = new TCP()
    client.#adopt(message)
    this.onconnection(0, client)
  }

  #onReset(): void {
    this.#broken = this.#peerEnded ? ERRNO.EPIPE : ERRNO.ECONNRESET
    if (!this.#peerEnded) {
      this.failure = ERRNO.ECONNRESET
      this.drop()
      this.schedule()
    }
    const waiting = this.#waiting
    this.#waiting = []
    for (const { request } of waiting) request.done(this.#broken)
    this.#shutdown?.oncomplete?.(ERRNO.ENOTCONN)
    this.#shutdown = null
  }

  protected override consumed(size: number): void {
    host().send({ t: 'consumed', id: this.#id, size })
  }

  protected override put(bytes: Uint8Array): number | WriteWrap {
    streamBaseState[STATE.written] = bytes.length
    streamBaseState[STATE.error] = 0
    streamBaseState[STATE.async] = 0
    if (!this.#connected) return ERRNO.EPIPE
    if (this.#broken) {
      const error = this.#broken
      this.#broken = ERRNO.EPIPE
      return error
    }
    if (this.#finSent || this.#shutdown) return ERRNO.EPIPE
    this.bytesWritten += bytes.length
    if (this.#peerLeft) this.#broken = ERRNO.EPIPE
    const buffer = this.#peerLeft ? FIRST_BURST : SEND_BUFFER
    const room = this.#waiting.length > 0 ? 0 : buffer - this.#inFlight
    if (bytes.length <= room) {
      this.#ship(bytes)
      return 0
    }
    if (room > 0) this.#ship(bytes.subarray(0, room))
    const request = new WriteWrap()
    this.#waiting.push({ bytes: bytes.slice(Math.max(0, room)), request })
    streamBaseState[STATE.async] = 1
    return request
  }

  #ship(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#inFlight += bytes.length
    host().send({ t: 'data', id: this.#id, bytes: bytes.slice() })
  }

  /** Sends what waited, once a third of the buffer is free: the threshold of Linux. */
  #flush(): void {
    for (let head = this.#waiting[0]; head && !this.closed; head = this.#waiting[0]) {
      const room = SEND_BUFFER - this.#inFlight
      if (room < Math.min(head.bytes.length, SEND_BUFFER / 3)) return
      this.#ship(head.bytes.subarray(0, room))
      head.bytes = head.bytes.subarray(room)
      if (head.bytes.length > 0) continue
      this.#waiting.shift()
      head.request.done(0)
    }
    if (this.#shutdown && this.#waiting.length === 0) this.#fin()
  }

  /** As libuv: the system is told around the next poll, and the program with it. */
  #fin(): void {
    const request = this.#shutdown
    this.#shutdown = null
    this.#finSent = true
    loop.pending(() => {
      if (!this.closed) host().send({ t: 'fin', id: this.#id })
      request?.oncomplete?.(this.closed ? ERRNO.ECANCELED : 0)
    })
  }

  shutdown(request: Request): number {
    if (!this.#connected) return ERRNO.ENOTCONN
    if (this.#broken) {
      loop.poll(() => request.oncomplete?.(ERRNO.ENOTCONN))
      return 0
    }
    this.#shutdown = request
    if (this.#waiting.length === 0) this.#fin()
    return 0
  }

  reset(callback?: () => void): number {
    if (this.closed) return ERRNO.EBADF
    this.#leave(true)
    this.close(callback)
    return 0
  }

  protected override release(): void {
    this.#leave(false)
  }

  #leave(reset: boolean): void {
    this.#listening = false
    const request = this.#connecting
    if (request) {
      this.#connecting = null
      host().send({ t: 'close', id: this.#id, reset: false })
      loop.poll(() => request.oncomplete?.(ERRNO.ECANCELED, this, request, false, false))
    } else if (this.#connected && host().sockets.has(this.#id)) {
      const cut = reset || this.unread > 0
      host().send({ t: 'close', id: this.#id, reset: cut })
      this.#near(this.#id)?.lose(cut)
    }
    for (const [id, socket] of host().sockets) {
      if (socket instanceof Unaccepted && socket.listener === this.#id) this.#near(id)?.lose(true)
    }
    if (this.#claim) host().release(this.#id)
    this.#claim = null
    host().sockets.delete(this.#id)
    const waiting = this.#waiting
    this.#waiting = []
    for (const { request } of waiting) loop.poll(() => request.done(ERRNO.ECANCELED))
    this.drop()
  }

  /** The other end of `id`, when it is in this program: on Linux, one knows at once what happens to the other. */
  #near(id: number): TCP | null {
    const peer = host().sockets.get(otherEnd(id))
    return peer instanceof TCP ? peer : null
  }

  /** The other end, in this program, is closed. */
  lose(reset: boolean): void {
    if (reset) this.#broken = this.#peerEnded ? ERRNO.EPIPE : ERRNO.ECONNRESET
    else this.#peerLeft = true
  }

  getsockname(holder: AddressHolder): number {
    return tell(this.#local, holder, ERRNO.EBADF)
  }

  getpeername(holder: AddressHolder): number {
    return tell(this.#connected ? this.#remote : null, holder, ERRNO.ENOTCONN)
  }

  setNoDelay(): number {
    return 0
  }

  setKeepAlive(): number {
    return 0
  }

  setTypeOfService(): number {
    return 0
  }

  getTypeOfService(): number {
    return 0
  }
}

/** Writes an end in `holder`; `missing` when there is none. */
export function tell(end: Endpoint | null, holder: AddressHolder, missing: number): number {
  if (!end) return missing
  holder.address = end.address
  holder.port = end.port
  holder.family = end.address.includes(':') ? 'IPv6' : 'IPv4'
  return 0
}
