/** A page without a browser, for the tests: one WebSocket, what it received, and what it waits for. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { PlacedEvent } from '../labs/trace.ts'
import { type Runner, type RunnerOptions, startRunner } from './main.ts'
import { processTable } from './processes/table.ts'
import {
  ACK_HEADER,
  FLAG_REPLAY,
  Frame,
  INPUT_HEADER,
  OUTPUT_HEADER,
  type ServerMessage,
  SUBPROTOCOL,
  VERSION,
  WS_PATH,
} from './protocol.ts'
import { proofOf } from './web/security.ts'

export const FIXTURES = join(import.meta.dirname, 'fixtures', 'labs')
/** How long a test waits for a fact, in ms, before it gives up. */
const PATIENCE = 60_000

type Of<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>

/** A folder of pages to serve, by path; whoever asked for it removes it. */
export function siteOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** A runner over the fixtures, on a free port. */
export function startTestRunner(options: Partial<RunnerOptions> = {}): Promise<Runner> {
  const workDir = join(dirname(FIXTURES), '.cache', 'travail')
  return startRunner({ port: 0, siteDir: null, labsDir: FIXTURES, workDir, ...options })
}

/** The token of this start: what the page reads in its address. */
export function tokenOf(runner: Runner): string {
  return new URL(runner.url).hash.slice('#jeton='.length)
}

/** An id for a session to come. */
export function newSession(): string {
  return randomBytes(16).toString('hex')
}

/** The process of a session's program, once it is that program. Linux only. */
export async function pidOf(session: string): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const table = await processTable()
    const leader = table.find(({ parent, tag }) => parent === process.pid && tag?.endsWith(`.${session}`))
    if (leader) return leader.pid
    await delay(20)
  }
  throw new Error('the session has no process')
}

export interface PageOptions {
  client?: string
  token?: string
  origin?: string
  /** Where the bytes of an earlier connection are continued. */
  from?: Page
  /** Whether output is acknowledged as it comes. */
  acknowledges?: boolean
}

export class Page {
  readonly socket: WebSocket
  readonly messages: ServerMessage[] = []
  readonly client: string
  /** Offset of the first byte kept, all that was received, and how many bytes were skipped by the runner. */
  bytes: Buffer[] = []
  offset = 0
  skipped = 0
  replayed = 0
  /** Events received, and how many were not kept for this page. */
  trace: PlacedEvent[] = []
  untraced = 0
  acknowledges: boolean
  closeCode: number | null = null
  #sequence = 0
  readonly #runner: Runner
  /** Emits `change` at each thing received, and when the socket closes. */
  readonly events = new EventEmitter()

  private constructor(runner: Runner, options: PageOptions) {
    this.#runner = runner
    this.client = options.client ?? options.from?.client ?? Math.random().toString(36).slice(2)
    this.acknowledges = options.acknowledges ?? true
    if (options.from) {
      this.bytes = options.from.bytes
      this.offset = options.from.offset
      this.trace = options.from.trace
      this.untraced = options.from.untraced
      this.#sequence = options.from.#sequence
    }
    this.socket = new WebSocket(`ws://127.0.0.1:${runner.port}${WS_PATH}`, SUBPROTOCOL, {
      origin: options.origin ?? `http://localhost:${runner.port}`,
    })
    this.socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary))
    this.socket.on('close', (code) => {
      this.closeCode = code
      this.events.emit('change')
    })
    this.socket.on('error', () => {})
  }

  /** Connects and says hello. */
  static async open(runner: Runner, options: PageOptions = {}): Promise<Page> {
    const page = await Page.connect(runner, options)
    const { nonce } = await page.until(() => page.last('challenge'))
    const proof = proofOf(options.token ?? tokenOf(runner), nonce)
    page.send({ type: 'hello', version: VERSION, proof, client: page.client })
    await page.until(() => page.last('welcome') || page.closeCode !== null)
    return page
  }

  /** Connects only. */
  static async connect(runner: Runner, options: PageOptions = {}): Promise<Page> {
    const page = new Page(runner, options)
    await once(page.socket, 'open')
    return page
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  /** Asks for a role of the fixture lab, under a new id. */
  ask(ref: object, parameters: object = {}, session = newSession()): void {
    const program = { lab: 'outils', role: 'echo', variant: 'ts', ...ref }
    this.send({ type: 'start', session, ref: program, parameters, cols: 80, rows: 24 })
  }

  /** Starts a role of the fixture lab and waits for the session. */
  async start(role: string, parameters: object = {}, variant = 'ts'): Promise<Of<'session'>> {
    this.forget()
    this.ask({ role, variant }, parameters)
    const answer = await this.until(() =>
      this.messages.find(({ type }) => type === 'session' || type === 'refused'),
    )
    assert.equal(answer.type, 'session', JSON.stringify(answer))
    return answer as Of<'session'>
  }

  /** Before another program in the same terminal. */
  forget(): void {
    this.messages.length = 0
    this.bytes = []
    this.offset = 0
    this.trace = []
    this.untraced = 0
    this.#sequence = 0
  }

  /** Asks for a session again from where this page is, to type in it or only to look. */
  async attach(session: string, from = this.offset, drive = true): Promise<void> {
    this.offset = from
    const events = this.tracedUntil
    this.send({ type: 'attach', session, from, events, drive, cols: 80, rows: 24 })
    await this.until(() => this.last('session') || this.last('refused'))
  }

  /** Types text, in frames of at most `piece` bytes. */
  type(text: string, piece = 16_384): void {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += piece) {
      this.#sequence += 1
      this.input(this.#sequence, bytes.subarray(at, at + piece))
    }
  }

  input(sequence: number, bytes: Buffer): void {
    const frame = Buffer.alloc(INPUT_HEADER + bytes.length)
    frame[0] = Frame.INPUT
    frame.writeUInt32LE(sequence, 1)
    frame.set(bytes, INPUT_HEADER)
    this.socket.send(frame)
  }

  acknowledge(offset = this.offset): void {
    const frame = Buffer.alloc(ACK_HEADER)
    frame[0] = Frame.ACK
    frame.writeDoubleLE(offset, 1)
    this.socket.send(frame)
  }

  /** Number after the last event received. */
  get tracedUntil(): number {
    return this.trace.length + this.untraced
  }

  /** Says that the events received were taken in. */
  see(events = this.tracedUntil): void {
    this.send({ type: 'seen', events })
  }

  get text(): string {
    return Buffer.concat(this.bytes).toString('utf8')
  }

  last<T extends ServerMessage['type']>(type: T): Of<T> | undefined {
    return this.messages.findLast((message): message is Of<T> => message.type === type)
  }

  /** Resolves with what `fact` gives as soon as it is true. */
  async until<T>(fact: () => T): Promise<Exclude<T, false | undefined | null | 0 | ''>> {
    const given = AbortSignal.timeout(PATIENCE)
    for (;;) {
      const value = fact()
      if (value) return value as Exclude<T, false | undefined | null | 0 | ''>
      await once(this.events, 'change', { signal: given }).catch(() => {
        throw new Error(
          `never true: ${fact}\nclosed: ${this.closeCode}\n${JSON.stringify(this.messages.slice(-5))}\n${this.text.slice(-500)}`,
        )
      })
    }
  }

  printed(pattern: RegExp): Promise<RegExpExecArray> {
    return this.until(() => pattern.exec(this.text))
  }

  /** Waits for the end of the program, all its output received. */
  async ended(): Promise<NonNullable<Of<'state'>['end']>> {
    const end = await this.until(() => this.last('state')?.end)
    return end
  }

  refused(): Promise<Of<'refused'>> {
    return this.until(() => this.last('refused'))
  }

  closed(): Promise<number> {
    return this.until(() => this.closeCode)
  }

  async close(): Promise<void> {
    this.socket.close()
    await this.closed()
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (isBinary) {
      const offset = data.readDoubleLE(2)
      assert.ok(offset >= this.offset, 'a byte was sent twice')
      this.skipped += offset - this.offset
      this.bytes.push(data.subarray(OUTPUT_HEADER))
      if (data[1] === FLAG_REPLAY) this.replayed += data.length - OUTPUT_HEADER
      this.offset = offset + data.length - OUTPUT_HEADER
      if (this.acknowledges) this.acknowledge()
    } else {
      const message = JSON.parse(data.toString('utf8')) as ServerMessage
      if (message.type === 'events') this.#follow(message)
      else this.messages.push(message)
    }
    this.events.emit('change')
  }

  #follow({ from, events }: Of<'events'>): void {
    assert.ok(from >= this.tracedUntil, 'an event was sent twice')
    this.untraced += from - this.tracedUntil
    this.trace.push(...events)
    if (this.acknowledges) this.see()
  }

  /** The same terminal after a reload or a cut. */
  async reconnect(session: string): Promise<Page> {
    const page = await Page.open(this.#runner, { from: this })
    await page.attach(session)
    return page
  }
}
