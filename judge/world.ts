/** `Ctx` over this machine: real processes, real sockets. One world per criterion; closing it leaves nothing behind. */
import { networkInterfaces } from 'node:os'
import type { Ctx, Options, PeerTrace, Program, Ready } from '../labs/check.ts'
import { type Command, fill } from './command.ts'
import { exchange, peerTraces, type ShownPeer } from './exchange.ts'
import { Network } from './network.ts'
import { freePort } from './ports.ts'
import { ProgramUnderTest } from './program.ts'
import { becomeReady } from './ready.ts'
import { isLinux, tagged } from './system.ts'
import { Gap, Trouble } from './verdicts.ts'
import type { Witness } from './witness.ts'

let worlds = 0
const isExcess = ({ code }: Trouble) => code === 'flood' || code === 'memory'

export class World extends Network implements Ctx {
  readonly openedAt = performance.now()
  /** When its last program was ready. */
  launchedAt = this.openedAt
  readonly #tag: string
  readonly #command: Command
  readonly #ready: Ready
  readonly #rank = ++worlds
  #concerned: ShownPeer | undefined
  /** In the order in which they took part. */
  readonly #peers = new Set<ShownPeer>()

  constructor(witness: Witness, command: Command, ready: Ready, seed: number) {
    super(witness, seed)
    this.#command = command
    this.#ready = ready
    this.#tag = `${witness.tag}.${this.#rank}`
  }

  async launch(options: Options = {}, how: { ready?: Ready; name?: string } = {}): Promise<Program> {
    const { ready = this.#ready, name = 'votre programme' } = how
    const given = ready === 'none' || 'port' in options ? options : { port: await freePort(), ...options }
    const words = fill(this.#command, given)
    const tag = `${this.#tag}.${this.programs.length}`
    const identity = { name, port: Number(given.port ?? 0), tag }
    const program = new ProgramUnderTest(this, words, this.#command, identity)
    this.programs.push(program)
    program.mayEnd = ready === 'none'
    this.witness.watch(program.pid, true)
    void program.closed.then(() => this.witness.watch(program.pid, false))
    if (ready !== 'none') {
      await becomeReady(program, ready, this).catch((error) => {
        // Another one is already there: the machinery works, this is what the criterion sees.
        if (!(error instanceof Trouble) || this.programs.length === 1 || isExcess(error)) throw error
        throw new Gap([error.message, ...error.excerpt].join(' '), `${name} en service`)
      })
    }
    this.launchedAt = performance.now()
    return program
  }

  death(): string | undefined {
    return this.programs.find(({ alive, mayEnd }) => !alive && !mayEnd)?.ending()
  }

  /** A program that failed while the criterion was looking elsewhere: it explains what was not seen. */
  failure(): string | undefined {
    return this.programs.find(({ alive, code, isAwaited }) => !alive && code !== 0 && !isAwaited)?.ending()
  }

  ended(): string | undefined {
    return this.programs.find(({ alive }) => !alive)?.ending()
  }

  fail(observed: string, expected: string): never {
    throw new Gap(observed, expected)
  }

  group(): string {
    // Of this world alone: a program that joined a group makes it reach others of the machine.
    const n = Math.imul(process.pid * 1000 + this.#rank, 2654435761) >>> 0
    return `239.255.${1 + (n % 250)}.${1 + ((n >>> 8) % 250)}`
  }

  otherAddress(): string {
    if (isLinux) return '127.0.0.2'
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
  }

  concern(peer: ShownPeer): void {
    this.#concerned = peer
    this.#peers.add(peer)
  }

  /** What its peers and the program have said to each other. */
  traces(): PeerTrace[] {
    return peerTraces([...this.#peers], this.openedAt)
  }

  excerpt(): string[] | undefined {
    if (!this.#concerned || this.#concerned.events.length === 0) return undefined
    return exchange(this.#concerned.name, this.#concerned.events, this.openedAt)
  }

  /** Ends all that this criterion started. */
  async close(): Promise<void> {
    for (const close of this.closers) close()
    for (const program of this.programs) {
      program.mayEnd = true
      program.kill()
    }
    await Promise.all(this.programs.map(({ closed }) => closed))
    // Those that left their group still carry its tag.
    for (const pid of this.programs.flatMap(({ tag }) => tagged(tag))) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}
