/**
 * The kernel of one virtual machine: which program holds which port, and what goes from one to another. Pure: it knows
 * no Node, no page and no worker.
 */
import {
  type Claim,
  conflicts,
  type Down,
  FAR_END,
  isV4,
  socketIds,
  type TcpRow,
  type Up,
} from '../network.ts'
import { Connections } from './connections.ts'
import { Datagrams } from './datagrams.ts'

/** A program sent what no program sends: it is to be ended. */
export class Misbehaviour extends Error {}

export class Kernel {
  readonly #programs = new Map<number, (message: Down) => void>()
  readonly #claims = new Map<number, Claim>()
  readonly #tcp = new Connections((owner, message) => this.#programs.get(owner)?.(message))
  readonly #udp = new Datagrams((owner, message) => this.#programs.get(owner)?.(message))
  /** Programs that read the table of TCP sockets. */
  readonly #readers = new Set<number>()
  #table = ''

  /** The ports that are held. */
  get claims(): Claim[] {
    return [...this.#claims.values()]
  }

  /** The table of TCP sockets. */
  get rows(): TcpRow[] {
    return this.#tcp.rows()
  }

  /** A program begins; `post` sends it a message. */
  join(owner: number, post: (message: Down) => void): void {
    this.#programs.set(owner, post)
  }

  /** A program is over, however: what it held is closed. */
  leave(owner: number): void {
    this.#programs.delete(owner)
    this.#readers.delete(owner)
    this.#tcp.leave(owner)
    for (const claim of this.claims) if (claim.owner === owner) this.#release(claim)
    this.#tellTable()
  }

  /**
   * A message of a program.
   * @throws Misbehaviour when it speaks of a socket that is not its own.
   */
  handle(owner: number, message: Up): void {
    if (!this.#programs.has(owner)) return
    this.#act(owner, message)
    this.#tellTable()
  }

  #act(owner: number, message: Up): void {
    switch (message.t) {
      case 'claim':
        this.#claim({ ...message.claim, owner })
        return
      case 'release':
        this.#release(this.#held(owner, message.id))
        return
      case 'listen':
        this.#listen(this.#held(owner, message.id), message.backlog)
        return
      case 'connect':
        this.#own(owner, message.id)
        this.#tcp.connect(owner, message)
        return
      case 'accepted':
        this.#tcp.accepted(owner, message.id, message.listener)
        return
      case 'data':
        this.#tcp.data(owner, message.id, message.bytes)
        return
      case 'consumed':
        this.#tcp.consumed(owner, message.id, message.size)
        return
      case 'fin':
        this.#tcp.fin(owner, message.id)
        return
      case 'close':
        this.#tcp.close(owner, message.id, message.reset)
        return
      case 'send':
        this.#own(owner, message.id)
        this.#udp.send(owner, message)
        return
      case 'option':
        this.#own(owner, message.id)
        this.#udp.option(message)
        this.#tellGroups(this.#claims.get(message.id), message)
        return
      case 'read':
        this.#own(owner, message.id)
        this.#udp.read(message.id, message.cost)
        return
      case 'table':
        this.#readers.add(owner)
        this.#table = ''
    }
  }

  #claim(claim: Claim): void {
    this.#own(claim.owner, claim.id)
    if (conflicts(this.#claims.values(), claim)) {
      this.#revoke(claim)
      return
    }
    this.#claims.set(claim.id, claim)
    if (claim.transport === 'udp') this.#udp.open(claim)
    this.#tellOthers(claim.owner, { t: 'claims', added: [claim], removed: [] })
  }

  /** Who waits for a program to join a group sees it there. */
  #tellGroups(claim: Claim | undefined, { join, leave }: Extract<Up, { t: 'option' }>): void {
    if (!claim || (join === undefined && leave === undefined)) return
    const member = { ...claim, groups: this.#udp.groupsOf(claim.id) }
    this.#claims.set(claim.id, member)
    this.#tellOthers(claim.owner, { t: 'claims', added: [member], removed: [] })
  }

  #release(claim: Claim | undefined): void {
    if (!claim) return
    this.#claims.delete(claim.id)
    this.#udp.close(claim.id)
    this.#tcp.unlisten(claim.id)
    this.#tellOthers(claim.owner, { t: 'claims', added: [], removed: [claim.id] })
  }

  #listen(claim: Claim | undefined, backlog: number): void {
    if (!claim) return
    const listening = { ...claim, listening: true }
    if (conflicts(this.#claims.values(), listening)) {
      this.#revoke(claim)
      return
    }
    this.#claims.set(claim.id, listening)
    this.#tcp.listen(listening, backlog)
    this.#tellOthers(claim.owner, { t: 'claims', added: [listening], removed: [] })
  }

  /** Each program answers its own `bind` at once: two may have taken a port at the same instant. */
  #revoke({ owner, id, port }: Claim): void {
    this.#programs.get(owner)?.({ t: 'revoked', id, port })
  }

  #held(owner: number, id: number): Claim | undefined {
    this.#own(owner, id)
    return this.#claims.get(id)
  }

  #own(owner: number, id: number): void {
    const first = socketIds(owner)
    if (id < first || id >= first + FAR_END) throw new Misbehaviour(`socket ${id} is not of program ${owner}`)
  }

  #tellOthers(owner: number, message: Down): void {
    for (const [other, post] of this.#programs) if (other !== owner) post(message)
  }

  #tellTable(): void {
    if (this.#readers.size === 0) return
    const rows = this.rows.filter(({ local }) => isV4(local.address))
    const table = JSON.stringify(rows)
    if (table === this.#table) return
    this.#table = table
    for (const owner of this.#readers) this.#programs.get(owner)?.({ t: 'table', rows })
  }
}
