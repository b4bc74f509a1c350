/**
 * One terminal's link with the runner: starts or takes again a session, restores the link after a cut, at the exact
 * byte. Knows no page: what it learns goes to `ConnectionEvents`.
 */
import type { ClientMessage, End, ProgramRef, RefusalCode, ServerMessage } from '../../../runner/protocol.ts'
import { Backoff } from './backoff.ts'
import {
  type ConnectionEvents,
  GIVEN_UP,
  type Link,
  LinkError,
  RefusedError,
  type Size,
  type Welcome,
} from './events.ts'
import { ackFrame } from './frames.ts'
import { InputQueue } from './input-queue.ts'
import { OutputStream } from './output-stream.ts'
import { type Access, RunnerSocket } from './socket.ts'

/** What is known of the program at the other end. */
interface Session {
  id: string
  input: InputQueue
  output: OutputStream
  end: End | null
}

/** A `start` or an `attach` not answered yet; `from` is the first byte wanted, null for a new program. */
interface Request {
  resolve(id: string): void
  reject(error: Error): void
  from: number | null
}

export interface ConnectionOptions extends Access {
  events: ConnectionEvents
}

export class Connection {
  readonly #options: ConnectionOptions
  readonly #events: ConnectionEvents
  readonly #backoff = new Backoff(() => this.#retry())
  #socket: RunnerSocket | null = null
  /** Settles when the socket has been welcomed. */
  #welcomed: Promise<void> | null = null
  #session: Session | null = null
  /** True between the `session` answer and the end of the socket: frames may leave. */
  #attached = false
  #asked: Request | null = null
  /** Asked while the link was cut, or before the program had started. */
  #stopWanted = false
  #size: Size = { cols: 80, rows: 24 }
  #boot: string | null = null
  #link: Link = 'closed'

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#events = options.events
  }

  /** Offset after the last byte received; where a later `attach` may resume. */
  get received(): number {
    return this.#session?.output.received ?? 0
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

  /** Makes the link, if there is none yet. `start` and `attach` do it; doing it earlier saves time. */
  connect(): Promise<void> {
    this.#welcomed ??= new Promise((resolve, reject) => this.#open(resolve, reject))
    return this.#welcomed
  }

  /**
   * Sends what was typed: now, or when the link is back. False when no program listens or when too much waits
   * for the link (more than 4 KiB).
   */
  input(bytes: Uint8Array): boolean {
    const session = this.#session
    if (!session || session.end) return false
    if (!this.#attached && !session.input.canKeep(bytes)) return false
    for (const frame of session.input.add(bytes)) this.#send(frame)
    return true
  }

  /** Asks the runner to end the program and all its descendants. */
  stop(): void {
    if (this.#session?.end) return
    this.#stopWanted = true
    if (this.#attached) this.#socket?.say({ type: 'stop' })
  }

  resize(size: Size): void {
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return
    this.#size = size
    if (this.#attached && !this.#session?.end) this.#socket?.say({ type: 'resize', ...size })
  }

  /** Tells whether someone can see the page; coming back also hastens a reconnection. */
  visible(value: boolean): void {
    if (this.#attached) this.#socket?.say({ type: 'visible', value })
    if (value) this.retryNow()
  }

  /** Tries again at once: the network or the page is back. */
  retryNow(): void {
    this.#backoff.hasten()
  }

  /** Leaves; the program goes on without this page. */
  dispose(): void {
    this.#backoff.cancel()
    this.#socket?.close()
    this.#socket = null
    this.#asked?.reject(new LinkError('unreachable'))
  }

  #open(resolve: () => void, reject: (error: Error) => void): void {
    this.#backoff.cancel()
    if (this.#link === 'closed') this.#setLink('connecting')
    this.#socket = new RunnerSocket(this.#options, {
      welcome: (message) => {
        this.#onWelcome(message)
        resolve()
      },
      message: (message) => this.#onMessage(message),
      output: (frame) => this.#session?.output.take(frame),
      closed: (code) => {
        reject(new LinkError(GIVEN_UP[code] ?? 'unreachable'))
        this.#onClosed(code)
      },
    })
  }

  #retry(): void {
    this.connect().catch(() => {}) // The close that follows has already planned the next attempt.
  }

  #onWelcome(message: Welcome): void {
    const restarted = this.#boot !== null && this.#boot !== message.boot
    this.#boot = message.boot
    this.#backoff.reset()
    this.#events.welcome(message)
    if (this.#link !== 'lost') this.#setLink('open')
    else if (!this.#session || restarted) this.#vanish()
    else this.#takeAgain(this.#session)
  }

  /** The link is back after a cut: asks for what follows the last byte received. */
  #takeAgain({ id, output }: Session): void {
    output.restartWindow()
    const from = output.received
    this.#ask({ type: 'attach', session: id, from, ...this.#size }, from).then(
      () => {
        this.#setLink('open')
        this.#events.resumed()
      },
      () => {}, // A refusal or another cut has already been told.
    )
  }

  #ask(message: ClientMessage, from: number | null): Promise<string> {
    this.#asked?.reject(new LinkError('unreachable'))
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject, from }
      this.#socket?.say(message)
    })
  }

  #answered(): Request | null {
    const asked = this.#asked
    this.#asked = null
    return asked
  }

  #onMessage(message: Exclude<ServerMessage, Welcome>): void {
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
        this.#events.warning(message.reason)
        break
      case 'received':
        this.#session?.input.confirm(message.inputSeq)
    }
  }

  #onSession({ session: id, inputSeq }: Extract<ServerMessage, { type: 'session' }>): void {
    const asked = this.#answered()
    this.#attached = true
    if (this.#session?.id === id) {
      this.#session.input.confirm(inputSeq)
      for (const frame of this.#session.input.unconfirmed()) this.#send(frame)
    } else this.#session = this.#sessionOf(id, inputSeq, asked?.from ?? 0)
    if (this.#stopWanted && !this.#session.end) this.#socket?.say({ type: 'stop' })
    asked?.resolve(id)
  }

  #sessionOf(id: string, inputSeq: number, from: number): Session {
    const { output, gap } = this.#events
    const acknowledge = (offset: number) => {
      // A terminal may still be parsing the output of the program before.
      if (this.#session?.id === id) this.#send(ackFrame(offset))
    }
    return {
      id,
      input: new InputQueue(inputSeq),
      output: new OutputStream({ from, output, gap, acknowledge }),
      end: null,
    }
  }

  #onState({ phase, ready, values, end }: Extract<ServerMessage, { type: 'state' }>): void {
    if (end && this.#session) {
      this.#session.end = end
      this.#stopWanted = false
    }
    this.#events.state({ phase, ready, values, ...(end && { end }) })
  }

  #onRefused(reason: RefusalCode, detail?: string): void {
    const asked = this.#answered()
    asked?.reject(new RefusedError(reason, detail))
    if (asked) this.#stopWanted = false
    if (asked && asked.from !== null && reason === 'unknown-session') this.#vanish()
    else this.#events.refused(reason, detail)
  }

  #vanish(): void {
    this.#stopWanted = false
    this.#session = null
    this.#attached = false
    this.#setLink('open')
    this.#events.vanished()
  }

  #onClosed(code: number): void {
    this.#socket = null
    this.#welcomed = null
    this.#attached = false
    const problem = GIVEN_UP[code]
    this.#answered()?.reject(new LinkError(problem ?? 'unreachable'))
    const session = this.#session
    if (problem) {
      this.#session = null
      this.#setLink('closed')
      this.#events.problem(problem)
    } else if (!session || (session.end && session.output.received >= session.end.offset)) {
      this.#setLink('closed')
    } else {
      this.#setLink('lost')
      this.#backoff.plan()
    }
  }

  #setLink(link: Link): void {
    if (link === this.#link) return
    this.#link = link
    this.#events.link(link)
  }

  /** Sends a frame while the session is attached; what was typed is otherwise sent again later. */
  #send(frame: BufferSource): void {
    if (this.#attached) this.#socket?.send(frame)
  }
}
