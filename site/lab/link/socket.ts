/** One WebSocket with the runner: says hello, sorts what comes, notices a silence. After a cut it takes another one. */
import { type ClientMessage, type ServerMessage, SUBPROTOCOL, VERSION } from '../../../runner/protocol.ts'
import type { Welcome } from './events.ts'
import { type OutputFrame, readOutput } from './frames.ts'

/** Between two pings, and without hearing anything before the socket is taken for dead, in ms. */
const HEARTBEAT = 15_000
const SILENCE_MAX = 60_000
/** The code of a WebSocket that ended without saying why. */
const ABNORMAL = 1006

export interface Access {
  /** `ws://localhost:4321/ws` */
  url: string
  token: string
  /** Kept across the reconnections of one terminal. */
  client: string
}

export interface SocketEvents {
  welcome(message: Welcome): void
  message(message: Exclude<ServerMessage, Welcome>): void
  output(frame: OutputFrame): void
  /** Told once, with the code of the WebSocket; never after `close`. */
  closed(code: number): void
}

export class RunnerSocket {
  readonly #events: SocketEvents
  readonly #socket: WebSocket
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #heardAt = Date.now()
  #pings = 0
  #over = false

  constructor({ url, token, client }: Access, events: SocketEvents) {
    this.#events = events
    this.#socket = new WebSocket(url, SUBPROTOCOL)
    this.#socket.binaryType = 'arraybuffer'
    this.#socket.onopen = () => this.say({ type: 'hello', version: VERSION, token, client })
    this.#socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (!this.#over) this.#hear(data)
    }
    this.#socket.onclose = ({ code }) => this.#end(code)
  }

  /** Says nothing when the socket is not open: what matters is said again after the next welcome. */
  say(message: ClientMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  /** Sends a binary frame. */
  send(frame: BufferSource): void {
    this.#socket.send(frame)
  }

  /** Leaves; no event follows. */
  close(): void {
    this.#over = true
    clearInterval(this.#heartbeat)
    this.#socket.close(1000)
  }

  #hear(data: string | ArrayBuffer): void {
    this.#heardAt = Date.now()
    if (typeof data !== 'string') {
      const frame = readOutput(data)
      if (frame) this.#events.output(frame)
      return
    }
    const message = JSON.parse(data) as ServerMessage
    if (message.type !== 'welcome') {
      this.#events.message(message)
      return
    }
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT)
    this.#events.welcome(message)
  }

  #beat(): void {
    if (Date.now() - this.#heardAt <= SILENCE_MAX) {
      this.#pings += 1
      this.say({ type: 'ping', n: this.#pings })
      return
    }
    this.#end(ABNORMAL)
    this.#socket.close()
  }

  #end(code: number): void {
    if (this.#over) return
    this.#over = true
    clearInterval(this.#heartbeat)
    this.#events.closed(code)
  }
}
