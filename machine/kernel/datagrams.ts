/** UDP on the virtual machine: who receives a datagram, and what a full buffer loses. */
import {
  type Claim,
  costOf,
  type Down,
  ERRNO,
  isAny,
  isBroadcast,
  isGroup,
  isV4,
  MEMBERSHIPS,
  RECEIVE_BUFFER,
  type Up,
  unwrapped,
} from '../network.ts'

interface Socket {
  claim: Claim
  receiveBuffer: number
  used: number
  groups: Set<string>
  /** What it sends to its groups comes back to this machine. */
  loop: boolean
}

export class Datagrams {
  readonly #tell: (owner: number, message: Down) => void
  /** In order of creation. */
  readonly #sockets = new Map<number, Socket>()

  constructor(tell: (owner: number, message: Down) => void) {
    this.#tell = tell
  }

  open(claim: Claim): void {
    this.#sockets.set(claim.id, {
      claim,
      receiveBuffer: RECEIVE_BUFFER,
      used: 0,
      groups: new Set(),
      loop: true,
    })
  }

  close(id: number): void {
    this.#sockets.delete(id)
  }

  option({ id, receiveBuffer, join, leave, loop }: Extract<Up, { t: 'option' }>): void {
    const socket = this.#sockets.get(id)
    if (!socket) return
    if (receiveBuffer !== undefined) socket.receiveBuffer = receiveBuffer
    if (join !== undefined && socket.groups.size < MEMBERSHIPS) socket.groups.add(join)
    if (leave !== undefined) socket.groups.delete(leave)
    if (loop !== undefined) socket.loop = loop
  }

  groupsOf(id: number): string[] {
    return [...(this.#sockets.get(id)?.groups ?? [])]
  }

  read(id: number, cost: number): void {
    const socket = this.#sockets.get(id)
    if (socket) socket.used -= cost
  }

  send(owner: number, { id, local, remote, bytes, connected }: Extract<Up, { t: 'send' }>): void {
    const from = unwrapped(local.address)
    const receivers = this.#receivers(id, unwrapped(remote.address), remote.port)
    if (receivers === 'nobody') {
      if (connected) this.#tell(owner, { t: 'unreachable', id, errno: ERRNO.ECONNREFUSED })
      return
    }
    const cost = costOf(bytes.length)
    for (const socket of receivers) {
      if (socket.used > 0 && socket.used + cost > socket.receiveBuffer) continue
      socket.used += cost
      const address = socket.claim.v6 && isV4(from) ? `::ffff:${from}` : from
      this.#tell(socket.claim.owner, {
        t: 'datagram',
        id: socket.claim.id,
        bytes,
        remote: { address, port: local.port },
        cost,
      })
    }
  }

  /** The sockets that receive what `sender` sends; `nobody` when a closed port answers. */
  #receivers(sender: number, address: string, port: number): Socket[] | 'nobody' {
    const bound = [...this.#sockets.values()].filter(
      ({ claim }) => claim.port === port && hears(claim, address),
    )
    if (isGroup(address)) return this.#members(sender, address, bound)
    if (isBroadcast(address)) return bound
    if (bound.length === 0) return 'nobody'
    // The most precise socket, and the last one of those that share.
    const score = ({ claim }: Socket) =>
      (isAny(claim.address) ? 0 : 4) + (claim.v6 === !isV4(address) ? 2 : 0)
    const best = Math.max(...bound.map(score))
    return bound.filter((socket) => score(socket) === best).slice(-1)
  }

  /** On Linux a socket on all addresses hears every IPv4 group that the machine joined (IP_MULTICAST_ALL). */
  #members(sender: number, group: string, bound: Socket[]): Socket[] {
    if (this.#sockets.get(sender)?.loop === false) return []
    const joined = [...this.#sockets.values()].some(({ groups }) => groups.has(group))
    if (!joined) return []
    return bound.filter(({ groups }) => isV4(group) || groups.has(group))
  }
}

/** Whether a socket bound to this address hears what goes to `address`. */
function hears(claim: Claim, address: string): boolean {
  if (claim.v6 && isV4(address)) {
    const dual = claim.address === '::' && !claim.v6only
    if (!dual && !isV4(claim.address)) return false
  }
  if (!claim.v6 && !isV4(address)) return false
  const bound = unwrapped(claim.address)
  return isAny(bound) || bound === address
}
