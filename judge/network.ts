/** The judge's peers in one criterion: clients, servers, datagrams, relays, files. Closing it closes them all. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Bytes, Program, Relay, TcpListener, TcpPeer, UdpOptions, UdpPeer } from '../labs/check.ts'
import { Clock } from './clock.ts'
import type { ShownPeer } from './exchange.ts'
import type { BlackHole, Host } from './host.ts'
import { Listener } from './listener.ts'
import { freePort } from './ports.ts'
import { generator } from './random.ts'
import type { Scene } from './scene.ts'
import { Peer } from './tcp.ts'
import { openRelay, Postman } from './udp.ts'
import { Gap } from './verdicts.ts'
import type { Witness } from './witness.ts'

const LOOPBACK = '127.0.0.1'
/** How long a connection may take, in ms. */
const CONNECTION = 2000
/** How long a client may take to try a black hole, and to give up, in ms. */
const ATTEMPT = 5000

export abstract class Network extends Clock implements Scene {
  protected readonly closers: (() => void)[] = []
  protected readonly host: Host
  readonly #holes: BlackHole[] = []
  readonly #random: () => number

  constructor(witness: Witness, seed: number) {
    super(witness)
    this.host = witness.host
    this.#random = generator(seed)
  }

  abstract concern(peer: ShownPeer): void
  abstract death(): string | undefined
  abstract ended(): string | undefined

  integer(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1))
  }

  bytes(n: number): Uint8Array {
    return Uint8Array.from({ length: n }, () => this.integer(0, 255))
  }

  async connect(to: Program | number, name: string, { address = LOOPBACK } = {}): Promise<TcpPeer> {
    const peer = await this.#attempt(to, name, address)
    if (peer.connected) return peer
    const why =
      { '': 'aucune réponse à sa demande', ECONNREFUSED: 'connexion refusée' }[peer.error] ?? peer.error
    throw new Gap(`${name} n'a pas pu se connecter : ${why}`, 'une connexion acceptée')
  }

  async refused(to: Program | number, name: string, { address = LOOPBACK } = {}): Promise<void> {
    const peer = await this.#attempt(to, name, address)
    if (peer.connected) throw new Gap(`${name} a pu se connecter`, 'une connexion refusée')
  }

  async #attempt(to: Program | number, name: string, host: string): Promise<Peer> {
    const socket = connect({ port: typeof to === 'number' ? to : to.port, host, allowHalfOpen: true })
    this.closers.push(() => socket.destroy())
    const peer = new Peer(this, socket, name, false)
    await this.until(() => peer.connected || peer.error !== '', CONNECTION)
    return peer
  }

  crowd(n: number, to: Program | number, name: string): Promise<TcpPeer[]> {
    return Promise.all(Array.from({ length: n }, (_, i) => this.connect(to, `${name} ${i + 1}`)))
  }

  async listen(name: string, { address = LOOPBACK, port = 0 } = {}): Promise<TcpListener> {
    const server = createServer({ allowHalfOpen: true })
    server.listen(port, address)
    await once(server, 'listening')
    const listener = new Listener(this, server, name, (server.address() as { port: number }).port)
    this.closers.push(() => listener.close())
    return listener
  }

  freePort(): Promise<number> {
    return freePort(this.host)
  }

  async blackHole(): Promise<number> {
    const hole = await this.host.blackHole()
    this.closers.push(() => hole.close())
    this.#holes.push(hole)
    return hole.port
  }

  async attempt(port: number): Promise<{ from: number; to: number }> {
    const isPending = () => this.#holes.some((hole) => hole.port === port && hole.tried())
    const isOver = () => this.programs.every(({ alive }) => !alive)
    await this.until(() => isPending() || isOver(), ATTEMPT)
    const from = isOver() ? (this.programs[0]?.startedAt ?? 0) : performance.now()
    await this.until(() => !isPending() || isOver(), ATTEMPT)
    return { from, to: performance.now() }
  }

  async udp(name: string, how: UdpOptions = {}): Promise<UdpPeer> {
    const to = typeof how.to === 'object' ? how.to.port : how.to
    const peer = await Postman.open(this, name, to, how)
    this.closers.push(() => peer.close())
    return peer
  }

  async relay(to: Program | number, trouble: { loss: number; double: number }): Promise<Relay> {
    const target = typeof to === 'number' ? to : to.port
    const relay = await openRelay(target, trouble, () => this.integer(0, 99))
    this.closers.push(relay.close)
    return relay
  }

  async file(content?: Bytes): Promise<{ path: string; read(): Promise<Uint8Array> }> {
    const file = await this.host.file(content)
    this.closers.push(() => file.remove())
    return file
  }
}
