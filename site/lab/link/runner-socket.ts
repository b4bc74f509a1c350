/** One WebSocket with the runner: proves the token, sorts what comes, notices a silence. After a cut it takes another one. */
import {
  type ClientMessage,
  Close,
  type ServerMessage,
  SUBPROTOCOL,
  VERSION,
} from '../../../runner/protocol.ts'
import { type OutputFrame, readOutput } from './frames.ts'
import { proofOf } from './proof.ts'
import type { LinkProblem } from './source.ts'

/** Between two pings, and without hearing anything before the socket is taken for dead, in ms. */
const HEARTBEAT = 15_000
const SILENCE_MAX = 60_000
/** The code of a WebSocket that ended without saying why; and ours, when the token cannot be proved. */
const ABNORMAL = 1006
const NO_PROOF = 4499

/** The closures that no reconnection would repair, by the code of the WebSocket. */
const GIVEN_UP: Readonly<Record<number, LinkProblem>> = {
  [Close.TOKEN]: 'token',
  [Close.PROTOCOL]: 'protocol',
  [Close.RATE]: 'busy',
  [Close.GOING_AWAY]: 'stopped',
  [NO_PROOF]: 'insecure',
}

export interface Access {
  /** `ws://localhost:4321/ws` */
  url: string
  token: string
  /** Kept across the reconnections of one terminal. */
  client: string
}

export type Welcome = Extract<ServerMessage, { type: 'welcome' }>
/** What comes once the runner has welcomed the page. */
export type Told = Exclude<ServerMessage, { type: 'challenge' | 'welcome' }>

export interface SocketEvents {
  welcome(message: Welcome): void
  message(message: Told): void
  output?(frame: OutputFrame): void
  /** Told once, never after `close`: `problem` is what no reconnection would repair, or null. */
  closed(problem: LinkProblem | null): void
}

export class RunnerSocket {
  readonly #access: Access
  readonly #events: SocketEvents
  readonly #socket: WebSocket
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #heardAt = Date.now()
  #pings = 0
  #over = false

  constructor(access: Access, events: SocketEvents) {
    this.#access = access
    this.#events = events
    this.#socket = new WebSocket(access.url, SUBPROTOCOL)
    this.#socket.binaryType = 'arraybuffer'
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
      if (frame) this.#events.output?.(frame)
      return
    }
    const message = JSON.parse(data) as ServerMessage
    if (message.type === 'challenge') void this.#prove(message.nonce)
    else if (message.type === 'welcome') {
      this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT)
      this.#events.welcome(message)
    } else this.#events.message(message)
  }

  async #prove(nonce: string): Promise<void> {
    const { token, client } = this.#access
    try {
      this.say({ type: 'hello', version: VERSION, proof: await proofOf(token, nonce), client })
    } catch {
      this.#end(NO_PROOF)
      this.#socket.close()
    }
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
    this.#events.closed(GIVEN_UP[code] ?? null)
  }
}
