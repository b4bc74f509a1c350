/**
 * One terminal's feed from the runner: starts or takes up a session, restores the link after a cut, at the exact byte.
 * What it asks is asked again until it is answered: a start carries the name of its session.
 */
import type { ClientMessage, End, RefusalCode, ServerMessage } from '../../../runner/protocol.ts'
import { Backoff } from './backoff.ts'
import { ackFrame } from './frames.ts'
import { InputQueue } from './input-queue.ts'
import { OutputStream } from './output-stream.ts'
import { type Access, RunnerSocket, type Told } from './runner-socket.ts'
import {
  type Attach,
  type Feed,
  type FeedEvents,
  type Link,
  LinkError,
  type LinkProblem,
  RefusedError,
  ReplacedError,
  type Size,
  type Start,
} from './source.ts'

/** How long what was typed may wait for its confirmation before the page says so, in ms. */
const PATIENCE = 1_500

/** What is known of the program at the other end. */
interface Session {
  id: string
  /** The start to be answered; null for a session that the runner has, or had. */
  start: ClientMessage | null
  /** Whether it was asked of a runner that had welcomed us, and whether that was answered. */
  asked: boolean
  answered: boolean
  /** This terminal types, or wants to. */
  drive: boolean
  input: InputQueue
  output: OutputStream
  /** Number after the last event received. */
  events: number
  end: End | null
}

export class LiveFeed implements Feed {
  readonly #access: () => Access
  readonly #events: FeedEvents
  readonly #backoff = new Backoff(() => this.#connect())
  #socket: RunnerSocket | null = null
  #welcomed = false
  /** True between the `session` answer and the end of the socket: frames may leave. */
  #attached = false
  #session: Session | null = null
  /** Settles with the answer to a `start` or an `attach`. */
  #answer: { resolve(): void; reject(error: Error): void } | null = null
  /** Asked while the link was cut, or before the program had started. */
  #stopWanted = false
  #size: Size = { cols: 80, rows: 24 }
  #link: Link = 'closed'
  #unheardTimer: ReturnType<typeof setTimeout> | undefined
  #unheard = false

  /** `access` is asked at each connection: the token may have changed. */
  constructor(access: () => Access, events: FeedEvents) {
    this.#access = access
    this.#events = events
  }

  get received(): number {
    return this.#session?.output.received ?? 0
  }

  prepare(): void {
    if (!this.#socket) this.#connect()
  }

  start({ session, ref, parameters, size }: Start): Promise<void> {
    const start = { type: 'start', session, ref, parameters: { ...parameters }, ...size } as const
    return this.#begin(this.#sessionOf(session, start, 0, true), size)
  }

  attach({ session, from, drive, size }: Attach): Promise<void> {
    return this.#begin(this.#sessionOf(session, null, from, drive), size)
  }

  drive(): void {
    if (!this.#session || this.#session.drive) return
    this.#session.drive = true
    if (this.#attached) this.#ask(this.#session)
  }

  input(bytes: Uint8Array): boolean {
    const session = this.#session
    if (!session || session.end || !(session.answered || session.start)) return false
    if ((!this.#attached || this.#unheard) && !session.input.canKeep(bytes)) return false
    for (const frame of session.input.add(bytes)) this.#send(frame)
    this.#expectConfirmation()
    return true
  }

  signal(name: 'INT' | 'TERM' | 'KILL'): void {
    if (this.#attached) this.#socket?.say({ type: 'signal', name })
  }

  stop(): void {
    if (!this.#session || this.#session.end) return
    this.#stopWanted = true
    if (this.#attached) this.#socket?.say({ type: 'stop' })
  }

  resize(size: Size): void {
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return
    this.#size = size
    const session = this.#session
    if (this.#attached && session?.drive && !session.end) this.#socket?.say({ type: 'resize', ...size })
  }

  visible(value: boolean): void {
    if (this.#attached) this.#socket?.say({ type: 'visible', value })
    if (value) this.retryNow()
  }

  retryNow(): void {
    this.#backoff.hasten()
  }

  dispose(): void {
    this.#backoff.cancel()
    this.#heard()
    this.#socket?.close()
    this.#socket = null
    this.#answered()?.reject(new ReplacedError())
    this.#session = null
  }

  #begin(session: Session, size: Size): Promise<void> {
    this.#answered()?.reject(new ReplacedError())
    this.#heard()
    this.#size = size
    this.#session = session
    this.#attached = false
    this.#stopWanted = false
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject }
      if (this.#welcomed) this.#ask(session)
      else if (!this.#socket) this.#connect()
    })
  }

  #connect(): void {
    this.#backoff.cancel()
    if (this.#link === 'closed') this.#setLink('connecting')
    this.#socket = new RunnerSocket(this.#access(), {
      welcome: () => {
        this.#welcomed = true
        this.#backoff.reset()
        if (this.#session) this.#ask(this.#session)
        else this.#setLink('open')
      },
      message: (message) => this.#onMessage(message),
      output: (frame) => this.#session?.output.take(frame),
      closed: (problem) => this.#onClosed(problem),
    })
  }

  /** Asks for the session: its start until it was answered once, then what follows the last byte received. */
  #ask(session: Session): void {
    session.asked = true
    session.output.restartWindow()
    const { id, start, output, events, drive } = session
    const from = output.received
    const attach = { type: 'attach', session: id, from, events, drive, ...this.#size } as const
    this.#socket?.say(start && !session.answered ? start : attach)
  }

  #answered(): { resolve(): void; reject(error: Error): void } | null {
    const answer = this.#answer
    this.#answer = null
    return answer
  }

  #sessionOf(id: string, start: ClientMessage | null, from: number, drive: boolean): Session {
    const acknowledge = (offset: number) => {
      // A terminal may still be parsing the output of the program before.
      if (this.#session?.id === id) this.#send(ackFrame(offset))
    }
    const { output, gap } = this.#events
    return {
      id,
      start,
      asked: false,
      answered: false,
      drive,
      input: new InputQueue(0),
      output: new OutputStream({ from, output, gap, acknowledge }),
      events: 0,
      end: null,
    }
  }

  #onMessage(message: Told): void {
    switch (message.type) {
      case 'session':
        this.#onSession(message)
        break
      case 'driving':
        if (this.#session) this.#session.drive = message.value
        this.#events.driving(message.value)
        break
      case 'events':
        this.#onEvents(message)
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
        this.#expectConfirmation()
    }
  }

  #onSession({ session: id, inputSeq }: Extract<ServerMessage, { type: 'session' }>): void {
    const session = this.#session
    if (session?.id !== id) return // The answer to a request that another one replaced.
    this.#attached = true
    if (session.answered || session.start) session.input.confirm(inputSeq)
    else session.input = new InputQueue(inputSeq)
    session.answered = true
    for (const frame of session.input.unconfirmed()) this.#send(frame)
    this.#expectConfirmation()
    if (this.#stopWanted && !session.end) this.#socket?.say({ type: 'stop' })
    const back = this.#link === 'lost'
    this.#setLink('open')
    this.#answered()?.resolve()
    if (back) this.#events.resumed()
  }

  #onEvents({ from, events }: Extract<ServerMessage, { type: 'events' }>): void {
    const session = this.#session
    if (!this.#attached || !session) return
    const lost = Math.max(0, from - session.events)
    const fresh = events.slice(Math.max(0, session.events - from))
    session.events = Math.max(session.events, from + events.length)
    if (fresh.length > 0) this.#events.trace(fresh, lost)
    this.#socket?.say({ type: 'seen', events: session.events })
  }

  #onState({ type: _, ...state }: Extract<ServerMessage, { type: 'state' }>): void {
    if (!this.#attached) return
    if (state.end && this.#session) {
      this.#session.end = state.end
      this.#stopWanted = false
      this.#heard()
    }
    this.#events.state(state)
  }

  #onRefused(reason: RefusalCode, detail?: string): void {
    const answer = this.#answered()
    if (answer) {
      this.#session = null
      this.#stopWanted = false
      this.#setLink('open')
      answer.reject(new RefusedError(reason, detail))
    } else if (reason === 'unknown-session') {
      this.#session = null
      this.#attached = false
      this.#setLink('open')
      this.#events.vanished()
    } else this.#events.refused(reason, detail)
  }

  #onClosed(problem: LinkProblem | null): void {
    this.#socket = null
    this.#welcomed = false
    this.#attached = false
    const session = this.#session
    if (problem) this.#giveUp(problem)
    else if (session && !session.asked) this.#giveUp('unreachable')
    else if (!session || isWhole(session)) this.#setLink('closed')
    else {
      this.#setLink('lost')
      this.#backoff.plan()
    }
  }

  #giveUp(problem: LinkProblem): void {
    const answer = this.#answered()
    const had = this.#session !== null
    this.#session = null
    this.#heard()
    this.#setLink('closed')
    if (answer) answer.reject(new LinkError(problem))
    else if (had) this.#events.problem(problem)
  }

  #setLink(link: Link): void {
    if (link === this.#link) return
    this.#link = link
    this.#events.link(link)
  }

  /** Gives what was typed and is not confirmed another while. */
  #expectConfirmation(): void {
    clearTimeout(this.#unheardTimer)
    if (!this.#session || this.#session.input.empty) this.#heard()
    else this.#unheardTimer = setTimeout(() => this.#setUnheard(true), PATIENCE)
  }

  #heard(): void {
    clearTimeout(this.#unheardTimer)
    this.#setUnheard(false)
  }

  #setUnheard(value: boolean): void {
    if (value === this.#unheard) return
    this.#unheard = value
    this.#events.unheard(value)
  }

  /** Sends a frame while the session is attached; what was typed is otherwise sent again later. */
  #send(frame: BufferSource): void {
    if (this.#attached) this.#socket?.send(frame)
  }
}

/** All that there will ever be of a session was received. */
function isWhole({ output, events, end }: Session): boolean {
  return end !== null && output.received >= end.offset && events >= end.events
}
