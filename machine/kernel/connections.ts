/** TCP on the virtual machine: listening sockets, their queues, connections and what their ends owe each other. */
import {
  type Claim,
  type Down,
  type Endpoint,
  ERRNO,
  FAR_END,
  isV4,
  type TcpRow,
  type Up,
  unwrapped,
} from '../network.ts'

/** One end of a connection. */
interface End {
  id: number
  owner: number
  /** Null while the connection is being made. */
  peer: End | null
  local: Endpoint
  remote: Endpoint
  /** Bytes that came and that the program has not read. */
  unread: number
  finSent: boolean
  closed: boolean
}

interface Listener {
  claim: Claim
  backlog: number
  /** Ends that the program has not taken. */
  queue: Set<number>
}

/** A SYN that nothing answers, sent again after 1 s, 2 s, 4 s… */
interface Attempt {
  end: End
  tries: number
  listener: number
  timer: ReturnType<typeof setTimeout>
}

/** A connection that no longer has any end, and that Linux still shows. */
interface Remains extends Pick<End, 'local' | 'remote'> {
  until: number
}

const MAX_TRIES = 6
const TIME_WAIT = 60_000

/** States of Linux's `tcp_states.h`. */
const STATE = { ESTABLISHED: 1, SYN_SENT: 2, FIN_WAIT_2: 5, TIME_WAIT: 6, CLOSE_WAIT: 8, LISTEN: 10 } as const

type Tell = (owner: number, message: Down) => void

export class Connections {
  readonly #tell: Tell
  readonly #ends = new Map<number, End>()
  readonly #listeners = new Map<number, Listener>()
  readonly #attempts = new Set<Attempt>()
  #remains: Remains[] = []

  /** `tell` sends a message to a program; nothing comes back from it. */
  constructor(tell: Tell) {
    this.#tell = tell
  }

  /** `claim` becomes a listening socket. */
  listen(claim: Claim, backlog: number): void {
    this.#listeners.set(claim.id, { claim, backlog, queue: new Set() })
  }

  /** The socket listens no more: what it had not given to its program is reset. */
  unlisten(id: number): void {
    const listener = this.#listeners.get(id)
    if (!listener) return
    this.#listeners.delete(id)
    for (const end of listener.queue) this.#close(this.#ends.get(end), true)
    for (const attempt of this.#attempts) if (attempt.listener === id) this.#retry(attempt)
  }

  /** Closes what a program that is over had open, as a kernel does. */
  leave(owner: number): void {
    for (const end of [...this.#ends.values()]) if (end.owner === owner) this.#close(end, end.unread > 0)
  }

  connect(owner: number, { id, local, remote }: Extract<Up, { t: 'connect' }>): void {
    if (this.#ends.has(id)) return
    const end: End = { id, owner, peer: null, local, remote, unread: 0, finSent: false, closed: false }
    this.#ends.set(id, end)
    this.#knock(end, 0)
  }

  accepted(owner: number, id: number, listener: number): void {
    if (this.#owned(owner, id)) this.#listeners.get(listener)?.queue.delete(id)
  }

  data(owner: number, id: number, bytes: Uint8Array): void {
    const end = this.#owned(owner, id)
    if (!end || end.finSent) return
    const { peer } = end
    if (!peer || peer.closed) {
      this.#ends.delete(id)
      this.#tell(owner, { t: 'reset', id })
      return
    }
    peer.unread += bytes.length
    this.#tell(peer.owner, { t: 'data', id: peer.id, bytes })
  }

  consumed(owner: number, id: number, size: number): void {
    const end = this.#owned(owner, id)
    if (!end) return
    end.unread -= size
    if (end.peer) this.#tell(end.peer.owner, { t: 'credit', id: end.peer.id, size })
  }

  fin(owner: number, id: number): void {
    const end = this.#owned(owner, id)
    if (!end || end.finSent) return
    end.finSent = true
    if (end.peer && !end.peer.closed) this.#tell(end.peer.owner, { t: 'fin', id: end.peer.id })
  }

  close(owner: number, id: number, reset: boolean): void {
    const end = this.#owned(owner, id)
    if (end) this.#close(end, reset || end.unread > 0)
  }

  /** The table of the sockets, as `/proc/net/tcp` shows it. */
  rows(): TcpRow[] {
    const nobody = { address: '0.0.0.0', port: 0 }
    const rows: TcpRow[] = []
    for (const { claim } of this.#listeners.values()) {
      if (!claim.v6) rows.push({ local: claim, remote: nobody, state: STATE.LISTEN })
    }
    for (const end of this.#ends.values()) {
      const state = stateOf(end)
      if (state !== STATE.TIME_WAIT) rows.push({ local: end.local, remote: end.remote, state })
    }
    const now = Date.now()
    this.#remains = this.#remains.filter(({ until }) => until > now)
    for (const { local, remote } of this.#remains) rows.push({ local, remote, state: STATE.TIME_WAIT })
    return rows
  }

  #owned(owner: number, id: number): End | undefined {
    const end = this.#ends.get(id)
    return end?.owner === owner ? end : undefined
  }

  #close(end: End | undefined, reset: boolean): void {
    if (!end || end.closed) return
    end.closed = true
    const { peer } = end
    if (peer && !peer.closed) {
      if (reset) this.#tell(peer.owner, { t: 'reset', id: peer.id })
      else if (!end.finSent) this.#tell(peer.owner, { t: 'fin', id: peer.id })
    }
    if (!peer || peer.closed || reset) {
      this.#ends.delete(end.id)
      if (peer) this.#ends.delete(peer.id)
    }
    end.finSent = true
    // The end that closed first is the one that waits.
    if (peer?.closed && peer.finSent && !reset) {
      this.#remains.push({ local: peer.local, remote: peer.remote, until: Date.now() + TIME_WAIT })
    }
  }

  /** One SYN of `end`: a connection, a refusal, or silence when the listener has no room. */
  #knock(end: End, tries: number): void {
    if (end.closed) return
    const listener = this.#listenerFor(end.remote)
    if (!listener) {
      this.#refuse(end, ERRNO.ECONNREFUSED)
      return
    }
    if (listener.queue.size <= listener.backlog) {
      this.#establish(end, listener)
      return
    }
    if (tries >= MAX_TRIES) {
      this.#refuse(end, ERRNO.ETIMEDOUT)
      return
    }
    const timer = setTimeout(() => this.#retry(attempt), 1000 * 2 ** tries)
    const attempt: Attempt = { end, tries, listener: listener.claim.id, timer }
    this.#attempts.add(attempt)
  }

  #retry(attempt: Attempt): void {
    clearTimeout(attempt.timer)
    this.#attempts.delete(attempt)
    this.#knock(attempt.end, attempt.tries + 1)
  }

  #refuse({ id, owner }: End, errno: number): void {
    this.#ends.delete(id)
    this.#tell(owner, { t: 'refused', id, errno })
  }

  #establish(end: End, { claim, queue }: Listener): void {
    const seen = ({ address, port }: Endpoint): Endpoint => ({ address: seenBy(claim, address), port })
    const [local, remote] = [seen(end.remote), seen(end.local)]
    const peer: End = {
      id: end.id + FAR_END,
      owner: claim.owner,
      peer: end,
      local: end.remote,
      remote: end.local,
      unread: 0,
      finSent: false,
      closed: false,
    }
    end.peer = peer
    this.#ends.set(peer.id, peer)
    queue.add(peer.id)
    // libuv watches the listener before the new client: its event comes first.
    this.#tell(claim.owner, { t: 'incoming', listener: claim.id, id: peer.id, local, remote })
    this.#tell(end.owner, { t: 'established', id: end.id })
  }

  /** The listening socket that suits a destination best. */
  #listenerFor({ address, port }: Endpoint): Listener | null {
    let best: Listener | null = null
    let bestScore = 0
    for (const listener of this.#listeners.values()) {
      const score = listener.claim.port === port ? scoreOf(listener.claim, address) : 0
      if (score <= bestScore) continue
      best = listener
      bestScore = score
    }
    return best
  }
}

/** How well a listening socket suits an address: 0 when it does not. */
function scoreOf(claim: Claim, address: string): number {
  if (!isV4(address)) return !claim.v6 ? 0 : claim.address === address ? 3 : claim.address === '::' ? 2 : 0
  if (unwrapped(claim.address) === unwrapped(address)) return 3
  if (claim.address === '0.0.0.0') return 2
  return claim.v6 && claim.address === '::' && !claim.v6only ? 1 : 0
}

/** An address in the family of the socket that sees it. */
function seenBy(claim: Claim, address: string): string {
  if (!isV4(address)) return address
  return claim.v6 ? `::ffff:${unwrapped(address)}` : unwrapped(address)
}

function stateOf({ peer, finSent }: End): number {
  if (!peer) return STATE.SYN_SENT
  if (finSent) return peer.finSent ? STATE.TIME_WAIT : STATE.FIN_WAIT_2
  return peer.finSent ? STATE.CLOSE_WAIT : STATE.ESTABLISHED
}
