import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
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
import { Connection } from './connection.ts'
import { type ConnectionEvents, LinkError, RefusedError, type SessionState } from './events.ts'

const SIZE = { cols: 80, rows: 24 }
const REF = { lab: 'essai', role: 'serveur', variant: 'ts' } as const

/** One session over real sockets, with what a test wants to break. */
class TinyRunner {
  readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => SUBPROTOCOL })
  boot = 'first'
  printed = Buffer.alloc(0)
  /** Offset of the oldest byte kept. */
  kept = 0
  received = Buffer.alloc(0)
  inputSeq = 0
  acknowledged = 0
  connections = 0
  messages: ClientMessage[] = []
  /** Cut the socket once, just before the input of this number is confirmed. */
  cutAfterInput = 0
  refuse: ServerMessage | null = null
  #socket: ServerSocket | null = null
  #sent = 0
  #changed = Promise.withResolvers<void>()

  constructor() {
    this.server.on('connection', (socket) => {
      this.connections += 1
      this.#socket = socket
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
    if (message.type === 'hello') {
      this.say({ type: 'welcome', version: 1, boot: this.boot, qt: false, platform: 'linux' })
    } else if (this.refuse) {
      this.say(this.refuse)
    } else if (message.type === 'start' || message.type === 'attach') {
      this.say({
        type: 'session',
        session: 's1',
        ref: REF,
        phase: 'running',
        pid: 1,
        end: this.printed.length,
        inputSeq: this.inputSeq,
      })
      this.#sent = Math.max(message.type === 'attach' ? message.from : 0, this.kept)
      if (this.#sent < this.printed.length) this.#flush(message.type === 'attach' ? FLAG_REPLAY : 0)
    }
  }

  #onFrame(data: Buffer): void {
    if (data[0] === Frame.ACK) this.acknowledged = data.readDoubleLE(1)
    if (data[0] !== Frame.INPUT) return
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
  links: string[] = []
  told: string[] = []
  states: SessionState[] = []
  #changed = Promise.withResolvers<void>()

  get events(): ConnectionEvents {
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
      state: tell((state: SessionState) => this.states.push(state)),
      link: tell((link: string) => this.links.push(link)),
      resumed: tell(() => this.told.push('resumed')),
      vanished: tell(() => this.told.push('vanished')),
      refused: tell((reason: string) => this.told.push(reason)),
      problem: tell((problem: string) => this.told.push(problem)),
      warning: tell((reason: string) => this.told.push(reason)),
      welcome: tell(() => {}),
    }
  }

  async until(fact: () => boolean): Promise<void> {
    while (!fact()) await this.#changed.promise
  }
}

const encode = (text: string) => new TextEncoder().encode(text)

describe('the link of a terminal with the runner', () => {
  const opened: { runner: TinyRunner; connections: Connection[] }[] = []

  async function open() {
    const runner = new TinyRunner()
    await once(runner.server, 'listening')
    const page = new Page()
    const connection = new Connection({ url: runner.url, token: 't', client: 'c', events: page.events })
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
    await connection.start(REF, {}, SIZE)
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
    await connection.start(REF, {}, SIZE)
    runner.cutAfterInput = 3
    for (const key of 'abcdef') assert.equal(connection.input(encode(key)), true)
    await page.until(() => page.told.includes('resumed'))
    await runner.until(() => runner.typed.length >= 6)
    assert.equal(runner.typed, 'abcdef')
  })

  it('keeps what is typed during a cut, up to 4 KiB, and says no beyond', async () => {
    const { runner, page, connection } = await open()
    await connection.start(REF, {}, SIZE)
    runner.cut()
    await page.until(() => page.links.includes('lost'))
    assert.equal(connection.input(encode('bonjour')), true)
    assert.equal(connection.input(encode('x'.repeat(5000))), false)
    await runner.until(() => runner.typed.length > 0)
    assert.equal(runner.typed, 'bonjour')
  })

  it('cuts a long paste into frames that the runner accepts', async () => {
    const { runner, connection } = await open()
    await connection.start(REF, {}, SIZE)
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
    await connection.attach('s1', Buffer.from('déjà affiché|').length, SIZE)
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
    await connection.attach('s1', 0, SIZE)
    await page.until(() => page.shown.length > 0)
    assert.equal(page.shown.toString(), '456789')
    assert.deepEqual(page.gaps, [4])
  })

  it('acknowledges all that was consumed', async () => {
    const { runner, connection } = await open()
    await connection.start(REF, {}, SIZE)
    runner.print(Buffer.alloc(100_000, 'a'))
    await runner.until(() => runner.acknowledged === 100_000)
  })

  it('passes a refusal on, and lets the caller know', async () => {
    const { runner, page, connection } = await open()
    runner.refuse = { type: 'refused', reason: 'bad-parameter', detail: 'port' }
    await assert.rejects(connection.start(REF, {}, SIZE), (error) => {
      assert.ok(error instanceof RefusedError)
      return error.reason === 'bad-parameter' && error.detail === 'port'
    })
    assert.deepEqual(page.told, ['bad-parameter'])
  })

  it('gives up with its reason when the token is not the right one', async () => {
    const { runner, page, connection } = await open()
    runner.server.removeAllListeners('connection')
    runner.server.on('connection', (socket) => socket.close(Close.TOKEN))
    await assert.rejects(connection.start(REF, {}, SIZE), (error) => {
      return error instanceof LinkError && error.problem === 'token'
    })
    assert.deepEqual(page.told, ['token'])
  })

  it('says that the session is gone when another runner answers after a cut', async () => {
    const { runner, page, connection } = await open()
    await connection.start(REF, {}, SIZE)
    runner.boot = 'second'
    runner.cut()
    await page.until(() => page.told.length > 0)
    assert.deepEqual(page.told, ['vanished'])
    assert.equal(
      runner.messages.some(({ type }) => type === 'attach'),
      false,
    )
  })

  it('sends again a stop that a cut has swallowed', async () => {
    const { runner, page, connection } = await open()
    await connection.start(REF, {}, SIZE)
    runner.cut()
    await page.until(() => page.links.includes('lost'))
    connection.stop()
    await runner.until(() => runner.messages.some(({ type }) => type === 'stop'))
  })

  it('leaves the link closed once the program has ended and all was received', async () => {
    const { runner, page, connection } = await open()
    await connection.start(REF, {}, SIZE)
    runner.print(Buffer.from('fin'))
    const end = { code: 0, signal: null, reason: 'normal', offset: 3, durationMs: 1 } as const
    runner.say({ type: 'state', phase: 'ended', ready: true, values: {}, end })
    await page.until(() => page.states.length > 0)
    runner.cut()
    await page.until(() => page.links.at(-1) === 'closed')
    assert.equal(connection.input(encode('trop tard')), false)
  })
})
