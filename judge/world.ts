/** `Ctx` over the machine of the judge. One world per criterion; closing it leaves nothing behind. */
import type { Ctx, Options, PeerTrace, Program, Ready } from '../labs/check.ts'
import { type Command, fill } from './command.ts'
import { exchange, peerTraces, type ShownPeer } from './exchange.ts'
import type { Heard } from './host.ts'
import { Network } from './network.ts'
import { freePort } from './ports.ts'
import { ProgramUnderTest } from './program.ts'
import { becomeMember, becomeReady } from './ready.ts'
import { Gap, Trouble } from './verdicts.ts'
import type { Witness } from './witness.ts'

let worlds = 0
const isExcess = ({ code }: Trouble) => code === 'flood' || code === 'memory'

export class World extends Network implements Ctx {
  readonly openedAt = performance.now()
  /** When its last program was ready. */
  launchedAt = this.openedAt
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
  }

  async launch(
    options: Options = {},
    how: { ready?: Ready; name?: string; group?: string } = {},
  ): Promise<Program> {
    const { ready = this.#ready, name = 'votre programme', group } = how
    const given =
      ready === 'none' || 'port' in options ? options : { port: await freePort(this.host), ...options }
    const members = group === undefined ? null : this.host.members(group)
    const words = fill(this.#command, given)
    const start = (heard: Heard) => this.host.start(words, this.#command, heard)
    const program = new ProgramUnderTest(this, name, Number(given.port ?? 0), start)
    this.programs.push(program)
    program.mayEnd = ready === 'none'
    if (ready !== 'none') {
      await becomeReady(program, ready, this).catch((error) => {
        // Another one is already there: the machinery works, this is what the criterion sees.
        if (!(error instanceof Trouble) || this.programs.length === 1 || isExcess(error)) throw error
        throw new Gap([error.message, ...error.excerpt].join(' '), `${name} en service`)
      })
    }
    if (group !== undefined && members !== null) await becomeMember(this, this.host, group, members)
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
    const n = Math.imul(this.host.rank * 1000 + this.#rank, 2654435761) >>> 0
    return `239.255.${1 + (n % 250)}.${1 + ((n >>> 8) % 250)}`
  }

  otherAddress(): string {
    return this.host.otherAddress()
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
    for (const program of this.programs) program.sweep()
  }
}
