/** The machine of the page as the judge uses it: a program among those that it judges. */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { BlackHole, Echo, Heard, Host, Process, Schedule, TemporaryFile } from '../../judge/host.ts'
import { buffer } from '../../judge/words.ts'
import type { Bytes } from '../../labs/check.ts'
import type { FromDoor } from '../door.ts'
import type { ProgramDoor } from '../role/door.ts'
import { BLACK_HOLE, ECHO } from './asked.ts'
import { FILLING } from './filling.ts'

const LOOPBACK = '127.0.0.1'
/** State of a TCP socket that tries to connect, as Linux numbers it. */
const CONNECTING = 2
/** Largest file kept of what a program writes, in bytes. */
const FILE_MAX = 8 << 20
/** Between two looks at the table of sockets, in ms. */
const REST = 5
const SIGNALLED = 128
const SIGNALS: Readonly<Record<number, string>> = { 2: 'SIGINT', 3: 'SIGQUIT', 9: 'SIGKILL', 15: 'SIGTERM' }

export class SimulatedHost implements Host {
  readonly rank = process.pid
  readonly measuresMemory = false
  readonly #door: ProgramDoor
  readonly #programs = new Map<number, Simulated>()
  /** Files of the criteria; undefined while nothing was written. */
  readonly #files = new Map<string, Uint8Array | undefined>()
  #pong = () => {}
  #count = 0

  constructor(door: ProgramDoor) {
    this.#door = door
    door.heard = (message) => this.#hear(message)
  }

  #hear(message: FromDoor): void {
    if (message.t === 'pong') this.#pong()
    else if (message.t === 'file') this.#wrote(message)
    else this.#programs.get(message.id)?.hear(message)
  }

  /** It is a Linux. */
  shows(): boolean {
    return true
  }

  start([name = '', ...argv]: readonly string[], _command: unknown, heard: Heard): Simulated {
    this.#count += 1
    const program = new Simulated(this.#door, this.#count, heard)
    this.#programs.set(this.#count, program)
    const documents = Object.fromEntries(
      [...this.#files].flatMap(([path, bytes]) => (bytes ? [[path, bytes] as const] : [])),
    )
    this.#door.say({ t: 'start', id: this.#count, name, argv, documents })
    return program
  }

  /** Starts a program of ours; resolves with the port that it prints. */
  async #serve(name: string): Promise<{ port: number; program: Simulated }> {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    let text = ''
    const program = this.start([name], undefined, {
      output(_from, chunk) {
        text += new TextDecoder().decode(chunk)
        if (text.includes('\n')) resolve(Number(text))
      },
      ended: (code) => reject(new Error(`${name} ended with code ${code}: ${text}`)),
    })
    return { port: await promise, program }
  }

  /** One turn is a round trip on the network, then another by the page, which tells what programs print. */
  async echo(): Promise<Echo> {
    const { port, program } = await this.#serve(ECHO)
    const socket = connect(port, LOOPBACK).setNoDelay(true)
    await once(socket, 'connect')
    const echo: Echo = {
      answered: () => {},
      ask: () => socket.write('.'),
      async stop() {
        socket.destroy()
        program.kill()
      },
    }
    socket.on('data', () => this.#door.say({ t: 'ping' }))
    this.#pong = () => echo.answered()
    return echo
  }

  taken(): ReadonlySet<number> {
    return new Set(this.#door.claims().map(({ port }) => port))
  }

  /** Those of the other programs: the judge's own sockets are not among what it is told. */
  members(group: string): number {
    return this.#door.claims().filter(({ groups }) => groups?.includes(group)).length
  }

  async blackHole(): Promise<BlackHole> {
    const { port, program } = await this.#serve(BLACK_HOLE)
    const coming = () => this.#door.rows().filter(({ remote }) => remote.port === port)
    while (coming().length < FILLING) await new Promise((resolve) => setTimeout(resolve, REST))
    // What fills its queue is its own.
    const own = new Set(coming().map(({ local }) => local.port))
    const tried = () => coming().some(({ local, state }) => state === CONNECTING && !own.has(local.port))
    return { port, tried, close: () => program.kill() }
  }

  async file(content: Bytes | undefined): Promise<TemporaryFile> {
    this.#count += 1
    const path = `/tmp/prise-directe-${this.#count}/fichier.bin`
    this.#files.set(path, content === undefined ? undefined : Uint8Array.from(buffer(content)))
    return {
      path,
      read: async () => this.#files.get(path) ?? new Uint8Array(),
      remove: () => this.#files.delete(path),
    }
  }

  /** A program wrote in a file: those of the judge are kept, within bounds. */
  #wrote({ path, bytes, append }: Extract<FromDoor, { t: 'file' }>): void {
    if (!this.#files.has(path)) return
    const before = append ? (this.#files.get(path) ?? new Uint8Array()) : new Uint8Array()
    if (before.length + bytes.length <= FILE_MAX) this.#files.set(path, Buffer.concat([before, bytes]))
  }

  otherAddress(): string {
    return '127.0.0.2'
  }
}

class Simulated implements Process {
  readonly #door: ProgramDoor
  readonly #id: number
  readonly #heard: Heard
  /** Its number on the machine, once it is started. */
  #owner: number | null = null

  constructor(door: ProgramDoor, id: number, heard: Heard) {
    this.#door = door
    this.#id = id
    this.#heard = heard
  }

  hear(message: Exclude<FromDoor, { t: 'pong' | 'file' }>): void {
    if (message.t === 'started') this.#owner = message.owner
    else if (message.t === 'begun') this.#heard.begun?.()
    // A terminal has one output: what a program says of its own failure is looked for in all of it.
    else if (message.t === 'output') this.#heard.output('error', message.bytes)
    else this.#heard.ended(message.code, SIGNALS[message.code - SIGNALLED] ?? null)
  }

  type(text: string): void {
    this.#door.say({ t: 'type', id: this.#id, text })
  }

  eof(): void {
    this.#door.say({ t: 'eof', id: this.#id })
  }

  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void {
    this.#door.say({ t: 'signal', id: this.#id, name })
  }

  kill(): void {
    this.signal('SIGKILL')
  }

  /** Nothing leaves a program of the machine. */
  sweep(): void {}

  memory(): null {
    return null
  }

  schedule(): Schedule {
    return { ran: 0, waited: 0 }
  }

  ports(transport: 'tcp' | 'udp'): readonly number[] {
    return this.#door
      .claims()
      .filter((claim) => claim.owner === this.#owner && claim.transport === transport)
      .flatMap(({ port, listening }) => (transport === 'udp' || listening ? [port] : []))
  }
}
