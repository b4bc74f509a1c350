/**
 * One terminal's link with the runner: connects, resumes after a cut at the exact byte, acknowledges what was
 * consumed, and delivers what is typed exactly once. Knows no page: what it learns goes to `ConnectionEvents`.
 */
import {
  ACK_DELAY,
  ACK_EVERY,
  type ClientMessage,
  Close,
  type End,
  INPUT_HEADER,
  INPUT_MAX,
  type Phase,
  type ProgramRef,
  type RefusalCode,
  type ServerMessage,
  SUBPROTOCOL,
  VERSION,
} from '../../runner/protocol.ts'
import { ackFrame, inputFrame, readOutput } from './frames.ts'

export interface Size {
  cols: number
  rows: number
}

/** `closed`: nothing to keep open. `lost`: a program runs there and the link is being restored. */
export type Link = 'closed' | 'connecting' | 'open' | 'lost'

/** Why the link was given up; `site/texts.ts` holds the sentence. */
export type LinkProblem = 'unreachable' | 'stopped' | 'token' | 'takenOver' | 'protocol' | 'busy'

export interface SessionState {
  phase: Phase
  ready: boolean
  values: Record<string, string>
  end?: End
}

export interface ConnectionEvents {
  /** Bytes to show, in order, each once. Call `consumed` when they are parsed: it opens the runner's window. */
  output(bytes: Uint8Array, replay: boolean, consumed: () => void): void
  /** `bytes` of output were too old to be kept by the runner. */
  gap(bytes: number): void
  state(state: SessionState): void
  link(link: Link): void
  /** The link is back and nothing was lost, apart from the gaps already told. */
  resumed(): void
  /** The runner no longer knows the session: it was restarted. */
  vanished(): void
  refused(reason: RefusalCode, detail?: string): void
  problem(problem: LinkProblem): void
  warning(reason: 'ends-soon'): void
  /** What the runner said of itself. */
  welcome(about: { boot: string; qt: boolean; platform: string }): void
}

/** The runner refused a `start` or an `attach`. */
export class RefusedError extends Error {
  readonly reason: RefusalCode
  readonly detail: string | undefined

  constructor(reason: RefusalCode, detail?: string) {
    super(`the runner refused: ${reason}${detail ? ` (${detail})` : ''}`)
    this.name = 'RefusedError'
    this.reason = reason
    this.detail = detail
  }
}

/** The link could not be made, or was given up. */
export class LinkError extends Error {
  readonly problem: LinkProblem

  constructor(problem: LinkProblem) {
    super(`no link with the runner: ${problem}`)
    this.name = 'LinkError'
    this.problem = problem
  }
}

/** Bytes typed while the link is cut that are kept for its return. */
const OFFLINE_INPUT_MAX = 4_096
const HEARTBEAT = 15_000
const SILENCE_MAX = 60_000
const RETRY_FIRST = 250
const RETRY_MAX = 5_000

const GIVEN_UP: Readonly<Record<number, LinkProblem>> = {
  [Close.TOKEN]: 'token',
  [Close.TAKEN_OVER]: 'takenOver',
  [Close.PROTOCOL]: 'protocol',
  [Close.RATE]: 'busy',
  [Close.GOING_AWAY]: 'stopped',
}

/** What is known of the program at the other end. */
interface Session {
  id: string
  /** Offset after the last byte received. */
  received: number
  /** Offset after the last byte consumed, and the last one acknowledged. */
  consumed: number
  acknowledged: number
  nextSeq: number
  unconfirmed: { seq: number; bytes: Uint8Array }[]
  end: End | null
}

export interface ConnectionOptions {
  /** `ws://localhost:4321/ws` */
  url: string
  token: string
  /** Kept across the reconnections of one terminal. */
  client: string
  events: ConnectionEvents
}

export class Connection {
  readonly #options: ConnectionOptions
  #socket: WebSocket | null = null
  /** Settles when the socket has been welcomed. */
  #welcomed: Promise<void> | null = null
  #session: Session | null = null
  /** True between the `session` answer and the end of the socket: frames may leave. */
  #attached = false
  #asked: { resolve: (id: string) => void; reject: (error: Error) => void; from: number | null } | null = null
  /** Asked while the link was cut, or before the program had started. */
  #stopWanted = false
  #size: Size = { cols: 80, rows: 24 }
  #boot: string | null = null
  #link: Link = 'closed'
  #attempts = 0
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #ackTimer: ReturnType<typeof setTimeout> | undefined
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #heardAt = 0
  #pingCount = 0
  #disposed = false

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  get link(): Link {
    return this.#link
  }

  /** Offset after the last byte received; where a later `attach` may resume. */
  get received(): number {
    return this.#session?.received ?? 0
  }

  /** Starts a program; resolves with its session. Rejects with a `RefusedError` or a `LinkError`. */
  async start(
    ref: ProgramRef,
    parameters: Record<string, string | number | boolean>,
    size: Size,
  ): Promise<string> {
    this.#size = size
    this.#session = null
    this.#attached = false
    if (this.#link === 'lost') this.#setLink('connecting')
    await this.connect()
    return this.#ask({ type: 'start', ref, parameters, ...size }, null)
  }

  /** Takes a session again after a reload, from byte `from`. Rejects like `start`. */
  async attach(session: string, from: number, size: Size): Promise<string> {
    this.#size = size
    await this.connect()
    return this.#ask({ type: 'attach', session, from, ...size }, from)
  }

  /**
   * Sends what was typed: now, or when the link is back. False when no program listens or when too much waits
   * for the link (more than 4 KiB).
   */
  input(bytes: Uint8Array): boolean {
    const session = this.#session
    if (!session || session.end) return false
    const waiting = session.unconfirmed.reduce((sum, piece) => sum + piece.bytes.length, 0)
    if (!this.#attached && waiting + bytes.length > OFFLINE_INPUT_MAX) return false
    for (let at = 0; at < bytes.length; at += INPUT_MAX - INPUT_HEADER) {
      const piece = { seq: session.nextSeq++, bytes: bytes.slice(at, at + INPUT_MAX - INPUT_HEADER) }
      session.unconfirmed.push(piece)
      if (this.#attached) this.#sendInput(piece)
    }
    return true
  }

  /** Asks the runner to end the program and all its descendants. */
  stop(): void {
    if (this.#session?.end) return
    this.#stopWanted = true
    if (this.#attached) this.#say({ type: 'stop' })
  }

  resize(size: Size): void {
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return
    this.#size = size
    if (this.#attached && !this.#session?.end) this.#say({ type: 'resize', ...size })
  }

  /** Tells whether someone can see the page; coming back also hastens a reconnection. */
  visible(value: boolean): void {
    if (this.#attached) this.#say({ type: 'visible', value })
    if (value) this.retryNow()
  }

  /** Tries again at once: the network or the page is back. */
  retryNow(): void {
    if (this.#link !== 'lost' || this.#retryTimer === undefined) return
    this.#attempts = 0
    this.#retry()
  }

  /** Leaves; the program goes on without this page. */
  dispose(): void {
    this.#disposed = true
    this.#clearTimers()
    const socket = this.#socket
    this.#socket = null
    socket?.close(1000)
    this.#asked?.reject(new LinkError('unreachable'))
  }

  #setLink(link: Link): void {
    if (link === this.#link) return
    this.#link = link
    this.#options.events.link(link)
  }

  /** Makes the link, if there is none yet. `start` and `attach` do it; doing it earlier saves time. */
  connect(): Promise<void> {
    this.#welcomed ??= new Promise((resolve, reject) => this.#openSocket(resolve, reject))
    return this.#welcomed
  }

  #openSocket(resolve: () => void, reject: (error: Error) => void): void {
    clearTimeout(this.#retryTimer)
    this.#retryTimer = undefined
    if (this.#link === 'closed') this.#setLink('connecting')
    const socket = new WebSocket(this.#options.url, SUBPROTOCOL)
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    this.#heardAt = Date.now()
    socket.onopen = () =>
      this.#say({ type: 'hello', version: VERSION, token: this.#options.token, client: this.#options.client })
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (socket !== this.#socket) return
      this.#heardAt = Date.now()
      if (typeof data !== 'string') {
        this.#onFrame(data)
        return
      }
      const message = JSON.parse(data) as ServerMessage
      if (message.type === 'welcome') {
        this.#onWelcome(message)
        resolve()
      } else this.#onMessage(message)
    }
    socket.onclose = ({ code }) => {
      if (socket !== this.#socket) return
      reject(new LinkError(GIVEN_UP[code] ?? 'unreachable'))
      this.#onClose(code)
    }
  }

  #onWelcome(message: Extract<ServerMessage, { type: 'welcome' }>): void {
    const restarted = this.#boot !== null && this.#boot !== message.boot
    this.#boot = message.boot
    this.#attempts = 0
    this.#options.events.welcome(message)
    clearInterval(this.#heartbeat)
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT)
    if (this.#link !== 'lost') {
      this.#setLink('open')
      return
    }
    const session = this.#session
    if (!session || restarted) {
      this.#vanish()
      return
    }
    session.acknowledged = session.received
    this.#ask(
      { type: 'attach', session: session.id, from: session.received, ...this.#size },
      session.received,
    ).then(
      () => {
        this.#setLink('open')
        this.#options.events.resumed()
      },
      () => {}, // A refusal or another cut has already been told.
    )
  }

  #ask(message: ClientMessage, from: number | null): Promise<string> {
    this.#asked?.reject(new LinkError('unreachable'))
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject, from }
      this.#say(message)
    })
  }

  #onMessage(message: Exclude<ServerMessage, { type: 'welcome' }>): void {
    switch (message.type) {
      case 'session':
        this.#onSession(message)
        break
      case 'state':
        this.#onState(message)
        break
      case 'refused':
        this.#onRefused(message.reason, message.detail)
        break
      case 'warning':
        this.#options.events.warning(message.reason)
        break
      case 'received':
        this.#confirm(message.inputSeq)
    }
  }

  #onSession({ session: id, inputSeq }: Extract<ServerMessage, { type: 'session' }>): void {
    const asked = this.#asked
    this.#asked = null
    this.#attached = true
    if (this.#session?.id === id) {
      this.#confirm(inputSeq)
      for (const piece of this.#session.unconfirmed) this.#sendInput(piece)
    } else {
      const from = asked?.from ?? 0
      this.#session = {
        id,
        received: from,
        consumed: from,
        acknowledged: from,
        nextSeq: inputSeq + 1,
        unconfirmed: [],
        end: null,
      }
    }
    if (this.#stopWanted && !this.#session?.end) this.#say({ type: 'stop' })
    asked?.resolve(id)
  }

  #onState({ phase, ready, values, end }: Extract<ServerMessage, { type: 'state' }>): void {
    if (end && this.#session) {
      this.#session.end = end
      this.#stopWanted = false
    }
    this.#options.events.state({ phase, ready, values, ...(end && { end }) })
  }

  #onRefused(reason: RefusalCode, detail?: string): void {
    const asked = this.#asked
    this.#asked = null
    asked?.reject(new RefusedError(reason, detail))
    if (asked) this.#stopWanted = false
    if (asked && asked.from !== null && reason === 'unknown-session') {
      this.#vanish()
      return
    }
    this.#options.events.refused(reason, detail)
  }

  #vanish(): void {
    this.#stopWanted = false
    this.#session = null
    this.#attached = false
    this.#setLink('open')
    this.#options.events.vanished()
  }

  #onFrame(data: ArrayBuffer): void {
    const session = this.#session
    const frame = readOutput(data)
    if (!session || !frame) return
    const known = session.received - frame.offset
    if (known < 0) this.#options.events.gap(-known)
    const bytes = frame.bytes.subarray(Math.max(0, known))
    if (bytes.length === 0) return
    const end = frame.offset + frame.bytes.length
    session.received = end
    this.#options.events.output(bytes, frame.replay, () => {
      session.consumed = Math.max(session.consumed, end)
      this.#acknowledge(session)
    })
  }

  #acknowledge(session: Session): void {
    if (session !== this.#session || session.consumed <= session.acknowledged) return
    if (session.consumed - session.acknowledged >= ACK_EVERY) this.#sendAck()
    else this.#ackTimer ??= setTimeout(() => this.#sendAck(), ACK_DELAY)
  }

  #sendAck(): void {
    clearTimeout(this.#ackTimer)
    this.#ackTimer = undefined
    const session = this.#session
    if (!session || !this.#attached || session.consumed <= session.acknowledged) return
    session.acknowledged = session.consumed
    this.#socket?.send(ackFrame(session.consumed))
  }

  #sendInput({ seq, bytes }: { seq: number; bytes: Uint8Array }): void {
    this.#socket?.send(inputFrame(seq, bytes))
  }

  #confirm(seq: number): void {
    const session = this.#session
    if (session) session.unconfirmed = session.unconfirmed.filter((piece) => piece.seq > seq)
  }

  #beat(): void {
    if (Date.now() - this.#heardAt <= SILENCE_MAX) {
      this.#say({ type: 'ping', n: ++this.#pingCount })
      return
    }
    const socket = this.#socket
    this.#onClose(1006)
    socket?.close()
  }

  #say(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #onClose(code: number): void {
    this.#clearTimers()
    this.#socket = null
    this.#welcomed = null
    this.#attached = false
    const asked = this.#asked
    this.#asked = null
    const problem = GIVEN_UP[code]
    asked?.reject(new LinkError(problem ?? 'unreachable'))
    const session = this.#session
    const over = !session || (session.end !== null && session.received >= session.end.offset)
    if (this.#disposed) return
    if (problem) {
      this.#setLink('closed')
      this.#session = null
      this.#options.events.problem(problem)
      return
    }
    if (over) {
      this.#setLink('closed')
      return
    }
    this.#setLink('lost')
    const delay = Math.min(RETRY_FIRST * 2 ** this.#attempts++, RETRY_MAX)
    this.#retryTimer = setTimeout(() => this.#retry(), delay * (0.8 + Math.random() * 0.4))
  }

  #retry(): void {
    this.connect().catch(() => {}) // The close that follows has already planned the next attempt.
  }

  #clearTimers(): void {
    clearTimeout(this.#retryTimer)
    clearTimeout(this.#ackTimer)
    clearInterval(this.#heartbeat)
    this.#retryTimer = undefined
    this.#ackTimer = undefined
  }
}
