/** One WebSocket: one terminal of a page, or its list of what runs. Parses what arrives, says what happens. */
import { randomBytes } from 'node:crypto'
import type { RawData, WebSocket } from 'ws'
import type { FileWatch } from '../files/watch.ts'
import type { Limits } from '../limits.ts'
import {
  type ClientMessage,
  Close,
  FLAG_REPLAY,
  Frame,
  OUTPUT_HEADER,
  type RefusalCode,
  type ServerMessage,
  VERSION,
} from '../protocol.ts'
import type { Session } from '../session.ts'
import type { Sessions } from '../sessions.ts'
import type { Viewer } from '../terminal/feed.ts'
import { HAS_TERMINALS } from '../terminal/pty.ts'
import { parseFrame, parseMessage } from './messages.ts'
import { Rate } from './rate.ts'
import type { TokenGate } from './security.ts'

/** Close codes of a page that leaves for good: its tab is closed, or shows another page. */
const LEFT = new Set([1000, 1001, 1005])
/** How long an input may wait to be told as received, in ms: one answer for many keys. */
const RECEIVED_DELAY = 20

export interface ConnectionContext {
  sessions: Sessions
  files: FileWatch
  gate: TokenGate
  limits: Limits
  qt: () => Promise<boolean>
}

export class Connection implements Viewer {
  client = ''
  readonly #socket: WebSocket
  readonly #context: ConnectionContext
  readonly #messages: Rate
  readonly #frames: Rate
  readonly #nonce = randomBytes(32).toString('base64url')
  readonly #helloTimer: NodeJS.Timeout
  readonly #heartbeat: NodeJS.Timeout
  #receivedTimer: NodeJS.Timeout | undefined
  #heardAt = performance.now()
  #session: Session | null = null
  /** Id of the session that is being started. */
  #starting: string | null = null
  #unwatch: (() => void) | null = null

  constructor(socket: WebSocket, context: ConnectionContext) {
    this.#socket = socket
    this.#context = context
    const { limits } = context
    this.#messages = new Rate(limits.messagesPerSecond)
    this.#frames = new Rate(limits.framesPerSecond)
    this.#helloTimer = setTimeout(() => this.#late(), limits.hello)
    this.#heartbeat = setInterval(() => this.#beat(), limits.silence / 3)
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    socket.on('pong', () => this.#heard())
    socket.on('close', (code) => this.#closed(LEFT.has(code)))
    // A broken frame: ws closes the socket itself with the right code.
    socket.on('error', () => {})
    this.message({ type: 'challenge', nonce: this.#nonce })
  }

  /** It has shown that it knows the token. */
  get isWelcome(): boolean {
    return this.client !== ''
  }

  /** What came while we were busy is read first. */
  #late(): void {
    setImmediate(() => {
      if (!this.isWelcome) this.#close(Close.HELLO_LATE)
    })
  }

  // --- the session's side

  output(offset: number, bytes: Uint8Array, replay: boolean): void {
    const frame = Buffer.allocUnsafe(OUTPUT_HEADER + bytes.length)
    frame[0] = Frame.OUTPUT
    frame[1] = replay ? FLAG_REPLAY : 0
    frame.writeDoubleLE(offset, 2)
    frame.set(bytes, OUTPUT_HEADER)
    this.#socket.send(frame)
  }

  message(message: ServerMessage): void {
    this.#socket.send(JSON.stringify(message))
  }

  // --- the page's side

  #receive(data: RawData, isBinary: boolean): void {
    this.#heard()
    const bytes = data as Buffer
    if ((isBinary ? this.#frames : this.#messages).exceeded()) this.#close(Close.RATE)
    else if (isBinary) this.#frame(bytes)
    else if (bytes.length > this.#context.limits.message) this.#bad('message')
    else this.#text(parseMessage(bytes.toString('utf8')))
  }

  #text(message: ClientMessage | null): void {
    if (!this.isWelcome) this.#hello(message)
    else if (message) this.#dispatch(message)
    else this.#bad('message')
  }

  #hello(message: ClientMessage | null): void {
    const verdict = message?.type === 'hello' ? this.#context.gate.check(this.#nonce, message.proof) : 'wrong'
    if (message?.type !== 'hello' || verdict !== 'right') {
      this.#close(verdict === 'closed' ? Close.RATE : Close.TOKEN)
      return
    }
    if (message.version !== VERSION) {
      this.#bad('version')
      return
    }
    clearTimeout(this.#helloTimer)
    this.client = message.client
    void this.#context.qt().then((qt) => {
      if (this.#socket.readyState !== this.#socket.OPEN) return
      const { sessions, gate } = this.#context
      const here = { boot: sessions.boot, qt, terminals: HAS_TERMINALS, files: gate.filesKey }
      this.message({ type: 'welcome', version: VERSION, ...here })
    })
  }

  #dispatch(message: ClientMessage): void {
    const session = this.#session?.phase === 'ended' ? null : this.#session
    switch (message.type) {
      case 'hello':
        this.#bad('hello')
        break
      case 'start':
        void this.#start(message)
        break
      case 'attach':
        this.#attach(message)
        break
      case 'seen':
        if (this.#session?.seen(this, message.events) === false) this.#bad('seen')
        break
      case 'resize':
        session?.resize(this, message.cols, message.rows)
        break
      case 'signal':
        this.#refuse(session ? session.signal(this, message.name) : 'not-running')
        break
      case 'visible':
        session?.setVisible(this, message.value)
        break
      case 'stop':
        if (session) void session.stop('stopped')
        else this.#refuse('not-running')
        break
      case 'watch':
        this.#unwatch ??= this.#watch()
        break
      case 'end':
        this.#end(message.session)
        break
      case 'ping':
        this.message({ type: 'pong', n: message.n })
    }
  }

  #watch(): () => void {
    const { sessions, files } = this.#context
    const ends = [
      sessions.watch((programs) => this.message({ type: 'programs', programs })),
      files.listen((change) => this.message({ type: 'file', ...change })),
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  async #start({
    session: id,
    ref,
    parameters,
    cols,
    rows,
  }: ClientMessage & { type: 'start' }): Promise<void> {
    const current = this.#starting ?? (this.#session?.phase === 'ended' ? null : this.#session?.id)
    if (current && current !== id) {
      this.#refuse('already-running')
      return
    }
    this.#starting = id
    const result = await this.#context.sessions.start({ id, ref, parameters, cols, rows })
    this.#starting = null
    const open = this.#socket.readyState === this.#socket.OPEN
    if (!result.ok) {
      if (open) this.#refuse(result.reason, result.detail)
    } else if (open) {
      this.#look(result.session, 0, 0, true)
    }
  }

  #attach({ session: id, from, events, drive, cols, rows }: ClientMessage & { type: 'attach' }): void {
    const session = this.#context.sessions.find(id)
    if (!session) {
      this.#refuse('unknown-session')
      return
    }
    this.#look(session, from, events, drive)
    session.resize(this, cols, rows)
  }

  #end(id: string): void {
    const session = this.#context.sessions.find(id)
    if (session) void session.stop('stopped')
    else this.#refuse('unknown-session')
  }

  #look(session: Session, from: number, event: number, drive: boolean): void {
    if (this.#session !== session) this.#session?.detach(this, true)
    clearTimeout(this.#receivedTimer)
    this.#receivedTimer = undefined
    this.#session = session
    session.attach(this, from, event, drive)
  }

  #frame(bytes: Buffer): void {
    const frame = this.isWelcome ? parseFrame(bytes) : null
    const session = this.#session
    if (!this.isWelcome) this.#close(Close.TOKEN)
    else if (!frame) this.#bad('frame')
    else if (!session) this.#refuse('not-running')
    else if (frame.type === 'input') this.#input(session, frame.seq, frame.bytes)
    else if (!session.acknowledge(this, frame.offset)) this.#bad('ack')
  }

  #input(session: Session, seq: number, bytes: Buffer): void {
    const problem = session.input(this, seq, bytes)
    if (problem === 'bad-message') {
      this.#bad('input')
      return
    }
    if (problem) this.#refuse(problem, String(seq))
    this.#receivedTimer ??= setTimeout(() => {
      this.#receivedTimer = undefined
      this.message({ type: 'received', inputSeq: session.inputSeq(this.client) })
    }, RECEIVED_DELAY)
  }

  #refuse(reason: RefusalCode | null, detail?: string): void {
    if (!reason) return
    this.message(detail === undefined ? { type: 'refused', reason } : { type: 'refused', reason, detail })
  }

  #bad(what: string): void {
    this.#refuse('bad-message', what)
    this.#close(Close.PROTOCOL)
  }

  // --- the socket

  #heard(): void {
    this.#heardAt = performance.now()
  }

  #beat(): void {
    if (performance.now() - this.#heardAt > this.#context.limits.silence) this.#socket.terminate()
    else this.#socket.ping()
  }

  #close(code: number): void {
    this.#socket.close(code)
    this.#closed(false)
  }

  /** The runner stops. */
  goAway(): void {
    this.#close(Close.GOING_AWAY)
  }

  terminate(): void {
    this.#socket.terminate()
  }

  #closed(forGood: boolean): void {
    clearTimeout(this.#helloTimer)
    clearInterval(this.#heartbeat)
    clearTimeout(this.#receivedTimer)
    this.#receivedTimer = undefined
    this.#socket.removeAllListeners('message')
    this.#unwatch?.()
    this.#unwatch = null
    this.#session?.detach(this, forGood)
    this.#session = null
  }
}
