/** The machine, from the page: a closed frame, and its programs. All that the page knows of the room. */
import { type FromFrame, isFromFrame, type Startable, type ToFrame } from './border.ts'
import { type Judging, judgingOf } from './judging.ts'
import type { Sources } from './linker.ts'
import type { ProgramEvents, Size } from './machine.ts'

export type { Judging, ProgramEvents, Size, Sources, Startable }
export { judgingOf }

/** What is run: `entry` is a path among `sources`; `argv` the words after `node`. */
export interface Launch {
  entry: string
  sources: Sources
  argv: readonly string[]
  documents?: Readonly<Record<string, string>>
  size: Size
  /** The programs that it may start, by name: the judge's. */
  programs?: Readonly<Record<string, Startable>>
}

/** What the page may do to a program. */
export interface Control {
  type(keys: string): void
  resize(size: Size): void
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void
  /** Asks it to end, then ends it. */
  stop(): void
  /** So many bytes of output were shown: the program may print more. */
  shown(size: number): void
}

export interface ClientEvents extends ProgramEvents {
  /** Too many programs run: this one did not start. */
  full(): void
}

export class Client {
  readonly #frame: HTMLIFrameElement
  readonly #port: MessagePort
  readonly #programs = new Map<number, ClientEvents>()
  #count = 0

  private constructor(frame: HTMLIFrameElement, port: MessagePort) {
    this.#frame = frame
    this.#port = port
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (isFromFrame(data)) this.#receive(data)
    }
  }

  /** Opens the frame in this page; `url` is the document that `build.ts` makes. */
  static async open(url: string): Promise<Client> {
    const frame = document.createElement('iframe')
    frame.hidden = true
    frame.src = url
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
    document.body.append(frame)
    await loaded
    const { port1, port2 } = new MessageChannel()
    frame.contentWindow!.postMessage(null, location.origin, [port2])
    return new Client(frame, port1)
  }

  start(launch: Launch, events: ClientEvents): Control {
    this.#count += 1
    const id = this.#count
    this.#programs.set(id, events)
    this.#say({ t: 'start', id, ...launch })
    return {
      type: (keys) => this.#say({ t: 'keys', id, keys }),
      resize: (size) => this.#say({ t: 'size', id, ...size }),
      signal: (name) => this.#say({ t: 'signal', id, name }),
      stop: () => this.#say({ t: 'stop', id }),
      shown: (size) => this.#say({ t: 'shown', id, size }),
    }
  }

  /** Ends everything. */
  close(): void {
    this.#port.close()
    this.#frame.remove()
  }

  #say(message: ToFrame): void {
    this.#port.postMessage(message)
  }

  #receive(message: FromFrame): void {
    const events = this.#programs.get(message.id)
    switch (message.t) {
      case 'output':
        events?.output(message.bytes)
        return
      case 'lost':
        events?.lost(message.size)
        return
      case 'event':
        events?.event(message.placed)
        return
      case 'exit':
        this.#programs.delete(message.id)
        events?.exit(message.code)
        return
      case 'full':
        this.#programs.delete(message.id)
        events?.full()
        return
    }
  }
}
