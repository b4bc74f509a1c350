import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import type { PlacedEvent } from '../../../labs/trace.ts'
import {
  type ClientMessage,
  Close,
  FLAG_REPLAY,
  Frame,
  INPUT_HEADER,
  OUTPUT_HEADER,
  type ServerMessage,
  SUBPROTOCOL,
} from '../../../runner/protocol.ts'
import { LiveFeed } from './live-feed.ts'
import { proofOf } from './proof.ts'
import { type FeedEvents, type FeedState, LinkError, RefusedError, ReplacedError } from './source.ts'

const SIZE = { cols: 80, rows: 24 }
const REF = { lab: 'essai', role: 'serveur', variant: 'ts' } as const
const START = { session: 's1', ref: REF, parameters: {}, size: SIZE }
/** The example of HMAC-SHA-256 that every implementation is checked with. */
const QUICK_BROWN_FOX = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8'
const NONCE = 'une fois'

/** One session over real sockets, with what a test wants to break. */
class TinyRunner {
  readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => SUBPROTOCOL })
  printed = Buffer.alloc(0)
  /** Offset of the oldest byte kept. */
  kept = 0
  told: PlacedEvent[] = []
  /** Number of the oldest event kept, and up to which they were taken in. */
  keptEvents = 0
  seen = 0
  received = Buffer.alloc(0)
  inputSeq = 0
  acknowledged = 0
  connections = 0
  messages: ClientMessage[] = []
  /** Cut the socket once, just before the input of this number is confirmed. */
  cutAfterInput = 0
  refuse: ServerMessage | null = null
  /** Answers nothing, as a frozen runner; cuts the socket when a program is asked for, as many times. */
  frozen = false
  cutsAtStart = 0
  #socket: ServerSocket | null = null
  #sent = 0
  #changed = Promise.withResolvers<void>()

  constructor() {
    this.server.on('connection', (socket) => {
      this.connections += 1
      this.#socket = socket
      this.say({ type: 'challenge', nonce: NONCE })
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) this.#onFrame(data)
        else this.#onMessage(JSON.parse(String(data)))
        this.#changed.resolve()
        this.#changed = Promise.withResolvers()
      })
    })
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/ws`
  }

  get typed(): string {
    return this.received.toString()
  }

  say(message: ServerMessage): void {
    this.#socket?.send(JSON.stringify(message))
  }

  print(bytes: Buffer): void {
    this.printed = Buffer.concat([this.printed, bytes])
    if (this.#socket?.readyState === 1) this.#flush(0)
  }

  /** The program does so many things more with its sockets. */
  trace(count: number): void {
    const from = this.told.length
    for (let order = from; order < from + count; order += 1) {
      this.told.push({ event: { kind: 'unlisten', process: '1', order, at: order }, offset: 0 })
    }
    this.#tellEvents(from)
  }

  #tellEvents(wanted: number): void {
    const from = Math.max(wanted, this.keptEvents)
    const events = this.told.slice(from)
    if (events.length > 0) this.say({ type: 'events', from, events })
  }

  cut(): void {
    this.#socket?.terminate()
    this.#socket = null
  }

  async until(fact: () => boolean): Promise<void> {
    while (!fact()) await this.#changed.promise
  }

  #flush(flags: number): void {
    const bytes = this.printed.subarray(this.#sent)
    const frame = Buffer.alloc(OUTPUT_HEADER + bytes.length)
    frame[0] = Frame.OUTPUT
    frame[1] = flags
    frame.writeDoubleLE(this.#sent, 2)
    bytes.copy(frame, OUTPUT_HEADER)
    this.#sent = this.printed.length
    this.#socket?.send(frame)
  }

  #onMessage(message: ClientMessage): void {
    this.messages.push(message)
    if (message.type === 'seen') this.seen = message.events
    if (this.frozen) return
    if (message.type === 'hello') {
      this.say({ type: 'welcome', version: 3, boot: 'b', qt: false, terminals: true, files: 'k' })
    } else if (message.type === 'start' && this.cutsAtStart > 0) {
      this.cutsAtStart -= 1
      this.cut()
    } else if (this.refuse) {
      this.say(this.refuse)
    } else if (message.type === 'start' || message.type === 'attach') {
      this.say({
        type: 'session',
        session: message.session,
        ref: REF,
        phase: 'running',
        end: this.printed.length,
        inputSeq: this.inputSeq,
      })
      this.#tellEvents(message.type === 'attach' ? message.events : 0)
      this.#sent = Math.max(message.type === 'attach' ? message.from : 0, this.kept)
      if (this.#sent < this.printed.length) this.#flush(message.type === 'attach' ? FLAG_REPLAY : 0)
    }
  }

  #onFrame(data: Buffer): void {
    if (data[0] === Frame.ACK) this.acknowledged = data.readDoubleLE(1)
    if (data[0] !== Frame.INPUT || this.frozen) return
    const seq = data.readUInt32LE(1)
    if (seq <= this.inputSeq) return
    assert.equal(seq, this.inputSeq + 1, 'no input is skipped')
    this.inputSeq = seq
    this.received = Buffer.concat([this.received, data.subarray(INPUT_HEADER)])
    if (seq === this.cutAfterInput) this.cut()
    else this.say({ type: 'received', inputSeq: seq })
  }
}

/** What the page would have seen. */
class Page {
  shown = Buffer.alloc(0)
  replayed = 0
  gaps: number[] = []
  traced: number[] = []
  lost: number[] = []
  links: string[] = []
  told: string[] = []
  states: FeedState[] = []
  #changed = Promise.withResolvers<void>()

  get events(): FeedEvents {
    const tell =
      <Rest extends unknown[]>(note: (...rest: Rest) => void) =>
      (...rest: Rest) => {
        note(...rest)
        this.#changed.resolve()
        this.#changed = Promise.withResolvers()
      }
    return {
      output: tell((bytes: Uint8Array, replay: boolean, consumed: () => void) => {
        this.shown = Buffer.concat([this.shown, bytes])
        if (replay) this.replayed += bytes.length
        setImmediate(consumed)
      }),
      gap: tell((bytes: number) => this.gaps.push(bytes)),
      trace: tell((events: readonly PlacedEvent[], lost: number) => {
        this.traced.push(...events.map(({ event }) => event.order))
        if (lost > 0) this.lost.push(lost)
      }),
      state: tell((state: FeedState) => this.states.push(state)),
      link: tell((link: string) => this.links.push(link)),
      resumed: tell(() => this.told.push('resumed')),
      vanished: tell(() => this.told.push('vanished')),
      refused: tell((reason: string) => this.told.push(reason)),
      problem: tell((problem: string) => this.told.push(problem)),
      warning: tell((reason: string) => this.told.push(reason)),
      driving: tell((value: boolean) => this.told.push(value ? 'driving' : 'looking')),
      unheard: tell((value: boolean) => this.told.push(value ? 'unheard' : 'heard')),
    }
  }

  async until(fact: () => boolean): Promise<void> {
    while (!fact()) await this.#changed.promise
  }
}

const encode = (text: string) => new TextEncoder().encode(text)

describe('the link of a terminal with the runner', () => {
  const opened: { runner: TinyRunner; connections: LiveFeed[] }[] = []

  async function open() {
    const runner = new TinyRunner()
    await once(runner.server, 'listening')
    const page = new Page()
    const connection = new LiveFeed(() => ({ url: runner.url, token: 't', client: 'c' }), page.events)
    opened.push({ runner, connections: [connection] })
    return { runner, page, connection }
  }

  afterEach(() => {
    for (const { runner, connections } of opened.splice(0)) {
      for (const connection of connections) connection.dispose()
      for (const client of runner.server.clients) client.terminate()
      runner.server.close()
    }
  })

  it('shows every byte once and in order through ten cuts', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    for (let round = 0; round < 10; round += 1) {
      runner.print(Buffer.from(`${'x'.repeat(round * 700)} ligne ${round}\n`))
      const resumed = page.told.length
      runner.cut()
      runner.print(Buffer.from(`pendant la coupure ${round}\n`))
      connection.retryNow()
      await page.until(() => {
        connection.retryNow()
        return page.told.length > resumed
      })
    }
    await page.until(() => page.shown.length >= runner.printed.length)
    assert.deepEqual(page.shown, runner.printed)
    assert.deepEqual(page.gaps, [])
    assert.ok(runner.connections >= 11)
  })

  it('delivers exactly once what was typed when the confirmation was lost', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    runner.cutAfterInput = 3
    for (const key of 'abcdef') assert.equal(connection.input(encode(key)), true)
    await page.until(() => page.told.includes('resumed'))
    await runner.until(() => runner.typed.length >= 6)
    assert.equal(runner.typed, 'abcdef')
  })

  it('keeps what is typed during a cut, up to 4 KiB, and says no beyond', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    runner.cut()
    await page.until(() => page.links.includes('lost'))
    assert.equal(connection.input(encode('bonjour')), true)
    assert.equal(connection.input(encode('x'.repeat(5000))), false)
    await runner.until(() => runner.typed.length > 0)
    assert.equal(runner.typed, 'bonjour')
  })

  it('cuts a long paste into frames that the runner accepts', async () => {
    const { runner, connection } = await open()
    await connection.start(START)
    const paste = 'collé\n'.repeat(10_000)
    connection.input(encode(paste))
    await runner.until(() => runner.received.length >= Buffer.byteLength(paste))
    assert.equal(runner.typed, paste)
    assert.ok(runner.inputSeq > 1)
  })

  it('resumes from the byte asked after a reload, and its input starts where the runner stands', async () => {
    const { runner, page, connection } = await open()
    runner.printed = Buffer.from('déjà affiché|nouveau')
    runner.inputSeq = 7
    const from = Buffer.from('déjà affiché|').length
    await connection.attach({ session: 's1', from, drive: true, size: SIZE })
    await page.until(() => page.shown.length > 0)
    assert.equal(page.shown.toString(), 'nouveau')
    assert.equal(page.replayed, 7)
    connection.input(encode('k'))
    await runner.until(() => runner.inputSeq === 8)
  })

  it('tells how many bytes the runner no longer has', async () => {
    const { runner, page, connection } = await open()
    runner.printed = Buffer.from('0123456789')
    runner.kept = 4
    await connection.attach({ session: 's1', from: 0, drive: true, size: SIZE })
    await page.until(() => page.shown.length > 0)
    assert.equal(page.shown.toString(), '456789')
    assert.deepEqual(page.gaps, [4])
  })

  it('tells every event once and in order through ten cuts, and says which it has', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    for (let round = 0; round < 10; round += 1) {
      runner.trace(round)
      const resumed = page.told.length
      runner.cut()
      runner.trace(3)
      await page.until(() => {
        connection.retryNow()
        return page.told.length > resumed
      })
    }
    runner.trace(1)
    await runner.until(() => runner.seen === runner.told.length)
    assert.deepEqual(page.traced, [...runner.told.keys()])
    assert.deepEqual(page.lost, [])
  })

  it('tells once how many events the runner no longer has', async () => {
    const { runner, page, connection } = await open()
    runner.trace(10)
    runner.keptEvents = 4
    await connection.attach({ session: 's1', from: 0, drive: true, size: SIZE })
    await page.until(() => page.traced.length > 0)
    assert.deepEqual(page.traced, [4, 5, 6, 7, 8, 9])
    assert.deepEqual(page.lost, [4])
    runner.cut()
    runner.trace(1)
    await page.until(() => page.traced.length === 7)
    assert.deepEqual(page.lost, [4])
  })

  it('acknowledges all that was consumed', async () => {
    const { runner, connection } = await open()
    await connection.start(START)
    runner.print(Buffer.alloc(100_000, 'a'))
    await runner.until(() => runner.acknowledged === 100_000)
  })

  it('passes a refusal on, and lets the caller know', async () => {
    const { runner, connection } = await open()
    runner.refuse = { type: 'refused', reason: 'bad-parameter', detail: 'port' }
    await assert.rejects(connection.start(START), (error) => {
      assert.ok(error instanceof RefusedError)
      return error.reason === 'bad-parameter' && error.detail === 'port'
    })
  })

  it('gives up with its reason when the token is not the right one', async () => {
    const { runner, connection } = await open()
    runner.server.removeAllListeners('connection')
    runner.server.on('connection', (socket) => socket.close(Close.TOKEN))
    await assert.rejects(connection.start(START), (error) => {
      return error instanceof LinkError && error.problem === 'token'
    })
  })

  it('says that the session is gone when a runner that does not know it answers after a cut', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    runner.refuse = { type: 'refused', reason: 'unknown-session' }
    runner.cut()
    await page.until(() => page.told.length > 0)
    assert.deepEqual(page.told, ['vanished'])
  })

  it('proves the token without saying it', async () => {
    const { runner, connection } = await open()
    await connection.start(START)
    const hello = runner.messages.find(({ type }) => type === 'hello')
    assert.deepEqual(hello, { type: 'hello', version: 3, proof: await proofOf('t', NONCE), client: 'c' })
    assert.equal(await proofOf('key', 'The quick brown fox jumps over the lazy dog'), QUICK_BROWN_FOX)
  })

  it('asks for the same start again when a cut has swallowed its answer', async () => {
    const { runner, connection } = await open()
    runner.cutsAtStart = 2
    await connection.start(START)
    const starts = runner.messages.filter(({ type }) => type === 'start')
    assert.equal(starts.length, 3)
    assert.equal(new Set(starts.map((message) => JSON.stringify(message))).size, 1)
  })

  it('tells a replaced request from a link that fails', async () => {
    const { runner, connection } = await open()
    runner.frozen = true
    const first = connection.start(START)
    const second = connection.start({ ...START, session: 's2' })
    await assert.rejects(first, ReplacedError)
    connection.dispose()
    await assert.rejects(second, ReplacedError)
  })

  it('says that what was typed is not confirmed, then that it is', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    runner.frozen = true
    connection.input(encode('a'))
    await page.until(() => page.told.includes('unheard'))
    runner.frozen = false
    runner.cut()
    await page.until(() => page.told.includes('heard'))
    await runner.until(() => runner.typed === 'a')
  })

  it('looks without the keyboard, and takes it when it is asked to', async () => {
    const { runner, page, connection } = await open()
    await connection.attach({ session: 's1', from: 0, drive: false, size: SIZE })
    runner.say({ type: 'driving', value: false })
    await page.until(() => page.told.includes('looking'))
    connection.drive()
    await runner.until(() => runner.messages.some((message) => message.type === 'attach' && message.drive))
  })

  it('sends again a stop that a cut has swallowed', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    runner.cut()
    await page.until(() => page.links.includes('lost'))
    connection.stop()
    await runner.until(() => runner.messages.some(({ type }) => type === 'stop'))
  })

  it('leaves the link closed once the program has ended and all was received', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    runner.print(Buffer.from('fin'))
    const end = { code: 0, signal: null, reason: 'normal', offset: 3, events: 0 } as const
    runner.say({ type: 'state', phase: 'ended', ready: true, observed: false, values: {}, end })
    await page.until(() => page.states.length > 0)
    runner.cut()
    await page.until(() => page.links.at(-1) === 'closed')
    assert.equal(connection.input(encode('trop tard')), false)
  })

  it('comes back for the last events of a program that has ended', async () => {
    const { runner, page, connection } = await open()
    await connection.start(START)
    const end = { code: 0, signal: null, reason: 'normal', offset: 0, events: 2 } as const
    runner.say({ type: 'state', phase: 'ended', ready: true, observed: true, values: {}, end })
    await page.until(() => page.states.length > 0)
    runner.cut()
    runner.trace(2)
    await page.until(() => page.traced.length === 2)
    runner.cut()
    await page.until(() => page.links.at(-1) === 'closed')
  })
})
