/** `Ctx` over this machine: real processes, real sockets. One world per criterion; closing it leaves nothing behind. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type {
  Bytes,
  Ctx,
  Options,
  Program,
  Ready,
  Relay,
  TcpListener,
  TcpPeer,
  UdpOptions,
  UdpPeer,
} from '../labs/check.ts'
import { openBlackHole } from './black-hole.ts'
import { type Command, fill } from './command.ts'
import { exchange, type PeerEvent } from './exchange.ts'
import { freePort } from './ports.ts'
import { ProgramUnderTest } from './program.ts'
import { generator } from './random.ts'
import { becomeReady } from './ready.ts'
import { ANSWER, type Scene } from './scene.ts'
import { attempts, inodesOf, isLinux, tagged } from './system.ts'
import { Listener, Peer } from './tcp.ts'
import { openRelay, Postman } from './udp.ts'
import { Gap, Trouble, Unsure } from './verdicts.ts'
import type { Witness } from './witness.ts'
import { count, milliseconds } from './words.ts'

const LOOPBACK = '127.0.0.1'
/** How long a connection may take, in ms. */
const CONNECTION = 2000
/** How long a client may take to try a black hole, and to give up, in ms. */
const ATTEMPT = 5000

let worlds = 0

export class World implements Ctx, Scene {
  readonly openedAt = performance.now()
  /** When its last program was ready. */
  launchedAt = this.openedAt
  readonly #programs: ProgramUnderTest[] = []
  readonly #closers: (() => void)[] = []
  readonly #holes: number[] = []
  readonly #tag: string
  readonly #random: () => number
  readonly #witness: Witness
  readonly #command: Command
  readonly #ready: Ready
  readonly #seed: number
  #concerned: { name: string; events: readonly PeerEvent[] } | undefined

  constructor(witness: Witness, command: Command, ready: Ready, seed: number) {
    this.#witness = witness
    this.#command = command
    this.#ready = ready
    this.#seed = seed
    this.#random = generator(seed)
    this.#tag = `${witness.tag}.${++worlds}`
  }

  // Chance.

  integer(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1))
  }

  bytes(n: number): Uint8Array {
    return Uint8Array.from({ length: n }, () => this.integer(0, 255))
  }

  // Programs.

  async launch(options: Options = {}, how: { ready?: Ready; name?: string } = {}): Promise<Program> {
    const { ready = this.#ready, name = 'votre programme' } = how
    const given = ready === 'none' || 'port' in options ? options : { port: await freePort(), ...options }
    const words = fill(this.#command, given)
    const tag = `${this.#tag}.${this.#programs.length}`
    const identity = { name, port: Number(given.port ?? 0), tag }
    const program = new ProgramUnderTest(this, words, this.#command, identity)
    this.#programs.push(program)
    program.mayEnd = ready === 'none'
    this.#witness.watch(program.pid, true)
    void program.closed.then(() => this.#witness.watch(program.pid, false))
    if (ready !== 'none') {
      await becomeReady(program, ready, this).catch((error) => {
        // Another one is already there: the machinery works, this is what the criterion sees.
        if (!(error instanceof Trouble) || this.#programs.length === 1 || error.code === 'flood') throw error
        throw new Gap([error.message, ...error.excerpt].join(' '), `${name} en service`)
      })
    }
    this.launchedAt = performance.now()
    return program
  }

  death(): string | undefined {
    return this.#programs.find(({ alive, mayEnd }) => !alive && !mayEnd)?.ending()
  }

  ended(): string | undefined {
    return this.#programs.find(({ alive }) => !alive)?.ending()
  }

  // Time.

  until(fact: () => boolean, ms = ANSWER): Promise<boolean> {
    const mark = this.#witness.mark()
    const { bus } = this.#witness
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    const look = () => {
      try {
        for (const program of this.#programs) program.checkFlood()
        if (fact()) return resolve(true)
        const state = this.#witness.expired(mark, ms)
        if (state === 'over') return resolve(false)
        if (state === 'no') return undefined
        const turns = count(this.#witness.turns - mark.turns, 'fois', 'fois')
        const lasted = milliseconds(performance.now() - mark.at)
        throw new Unsure(`la machine n'a servi le témoin que ${turns} en ${lasted}`)
      } catch (error) {
        return reject(error)
      }
    }
    bus.on('change', look)
    look()
    return promise.finally(() => bus.off('change', look))
  }

  async absence(ms = 150): Promise<void> {
    await this.until(() => false, ms)
  }

  async pause(ms: number): Promise<void> {
    await delay(ms)
  }

  async turn(): Promise<void> {
    const { turns } = this.#witness
    await this.until(() => this.#witness.turns > turns, CONNECTION)
  }

  changed(): void {
    this.#witness.changed()
  }

  async within<T>(ms: number, what: string, act: () => Promise<T>): Promise<T> {
    const from = performance.now()
    const spent = this.#programs.map((program) => program.processorTime())
    const result = await act()
    const busy = this.#programs.map((program, i) => program.processorTime() - (spent[i] ?? 0))
    this.#judge(0, ms, from, performance.now(), what, Math.max(0, ...busy))
    return result
  }

  between(low: number, high: number, from: number, to: number, what: string): void {
    this.#judge(low, high, from, to, what, 0)
  }

  /** `busy`: how long the program itself used the processor meanwhile. */
  #judge(low: number, high: number, from: number, to: number, what: string, busy: number): void {
    const took = to - from
    if (took >= low && took <= high) return
    const expected =
      low === 0 ? `moins de ${milliseconds(high)}` : `entre ${milliseconds(low)} et ${milliseconds(high)}`
    const observed = `${what} a pris ${milliseconds(took)}`
    // The program may be what keeps the machine busy: then it is to blame, not the machine.
    if (busy > 0.4 * took && busy > high / 2) {
      throw new Gap(
        `${observed}, dont ${milliseconds(busy)} où votre programme occupait le processeur`,
        expected,
      )
    }
    const worst = this.#witness.worst(from, to)
    const isNear = took + worst >= low && took - 2 * worst <= high
    if (isNear && worst > Math.max(60, high / 10)) {
      throw new Unsure(`${observed}, mais la machine a mis jusqu'à ${milliseconds(worst)} à servir le témoin`)
    }
    throw new Gap(observed, expected)
  }

  fail(observed: string, expected: string): never {
    throw new Gap(observed, expected)
  }

  // TCP peers.

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
    const peer = this.#peer(socket, name)
    await this.until(() => peer.connected || peer.error !== '', CONNECTION)
    return peer
  }

  #peer(socket: Socket, name: string): Peer {
    this.#closers.push(() => socket.destroy())
    return new Peer(this, socket, name, false)
  }

  crowd(n: number, to: Program | number, name: string): Promise<TcpPeer[]> {
    return Promise.all(Array.from({ length: n }, (_, i) => this.connect(to, `${name} ${i + 1}`)))
  }

  async listen(name: string, { address = LOOPBACK, port = 0 } = {}): Promise<TcpListener> {
    const server = createServer({ allowHalfOpen: true })
    server.listen(port, address)
    await once(server, 'listening')
    const listener = new Listener(this, server, name, (server.address() as { port: number }).port)
    this.#closers.push(() => listener.close())
    return listener
  }

  freePort(): Promise<number> {
    return freePort()
  }

  async blackHole(): Promise<number> {
    const hole = await openBlackHole()
    this.#closers.push(hole.close)
    this.#holes.push(hole.pid)
    return hole.port
  }

  async attempt(port: number): Promise<{ from: number; to: number }> {
    // What fills the queue of the hole is ours, not the learner's.
    const ours = inodesOf(this.#holes)
    const isPending = () => attempts(port).some((inode) => !ours.has(inode))
    const isOver = () => this.#programs.every(({ alive }) => !alive)
    await this.until(() => isPending() || isOver(), ATTEMPT)
    const from = isOver() ? (this.#programs[0]?.startedAt ?? 0) : performance.now()
    await this.until(() => !isPending() || isOver(), ATTEMPT)
    return { from, to: performance.now() }
  }

  // UDP peers.

  async udp(name: string, how: UdpOptions = {}): Promise<UdpPeer> {
    const to = typeof how.to === 'object' ? how.to.port : how.to
    const peer = await Postman.open(this, name, to, how)
    this.#closers.push(() => peer.close())
    return peer
  }

  async relay(to: Program | number, trouble: { loss: number; double: number }): Promise<Relay> {
    const target = typeof to === 'number' ? to : to.port
    const relay = await openRelay(target, trouble, () => this.integer(0, 99))
    this.#closers.push(relay.close)
    return relay
  }

  group(): string {
    const n = (this.#seed ^ Math.imul(process.pid, 2654435761)) >>> 0
    return `239.255.${1 + (n % 250)}.${1 + ((n >>> 8) % 250)}`
  }

  otherAddress(): string {
    if (isLinux) return '127.0.0.2'
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? LOOPBACK
  }

  async file(content?: Bytes): Promise<{ path: string; read(): Promise<Uint8Array> }> {
    const folder = mkdtempSync(join(tmpdir(), 'prise-directe-'))
    this.#closers.push(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'fichier.bin')
    if (content !== undefined) await writeFile(path, content)
    return { path, read: () => readFile(path).catch(() => new Uint8Array()) }
  }

  // What explains a failure.

  concern(peer: { name: string; events: readonly PeerEvent[] }): void {
    this.#concerned = peer
  }

  excerpt(): string[] | undefined {
    if (!this.#concerned || this.#concerned.events.length === 0) return undefined
    return exchange(this.#concerned.name, this.#concerned.events, this.openedAt)
  }

  /** Ends all that this criterion started. */
  async close(): Promise<void> {
    for (const close of this.#closers) close()
    for (const program of this.#programs) {
      program.mayEnd = true
      program.kill()
    }
    await Promise.all(this.#programs.map(({ closed }) => closed))
    // Those that left their group still carry its tag.
    for (const pid of this.#programs.flatMap(({ tag }) => tagged(tag))) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}
