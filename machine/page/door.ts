/** The page's side of the door of one program: starts the programs that it asks for, and ends them with it. */
import type { FromDoor, ToDoor } from '../door.ts'
import { LinkError } from './linker.ts'
import type { ProgramEvents, Running } from './machine.ts'

/** Starts the program of a name; null when too many run. Throws a `LinkError` when it cannot be read. */
export type StartNamed = (wanted: Extract<ToDoor, { t: 'start' }>, events: ProgramEvents) => Running | null

const utf8 = new TextEncoder()

export class Door {
  /** The side of the program. */
  readonly far: MessagePort
  readonly #port: MessagePort
  readonly #start: StartNamed
  readonly #programs = new Map<number, Running>()

  constructor(start: StartNamed) {
    const { port1, port2 } = new MessageChannel()
    this.far = port1
    this.#port = port2
    this.#start = start
    port2.onmessage = ({ data }: MessageEvent<ToDoor>) => this.#hear(data)
  }

  /** Its program is over. */
  close(): void {
    this.#port.close()
    for (const running of this.#programs.values()) running.kill()
  }

  #hear(message: ToDoor): void {
    if (message.t === 'ping') this.#say({ t: 'pong' })
    else if (message.t === 'start') this.#begin(message)
    else this.#do(message)
  }

  #do(message: Exclude<ToDoor, { t: 'ping' | 'start' }>): void {
    const running = this.#programs.get(message.id)
    if (message.t === 'type') running?.write(message.text)
    else if (message.t === 'eof') running?.eof()
    else if (message.name === 'SIGKILL') running?.kill()
    else running?.send(message.name)
  }

  #begin(wanted: Extract<ToDoor, { t: 'start' }>): void {
    const { id } = wanted
    let begun = false
    const over = (code: number) => {
      this.#programs.delete(id)
      this.#say({ t: 'exit', id, code })
    }
    const events: ProgramEvents = {
      output: (bytes) => {
        // Who asked for it counts what it prints, and ends it.
        this.#programs.get(id)?.shown(bytes.length)
        this.#say({ t: 'output', id, bytes })
      },
      lost() {},
      file: (path, bytes, append) => this.#say({ t: 'file', id, path, bytes, append }),
      // Its probe speaks before its own code does.
      event: () => {
        if (!begun) this.#say({ t: 'begun', id })
        begun = true
      },
      exit: over,
    }
    try {
      const running = this.#start(wanted, events)
      if (running) {
        this.#programs.set(id, running)
        this.#say({ t: 'started', id, owner: running.owner })
      } else over(1)
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      this.#say({ t: 'output', id, bytes: utf8.encode(`${error.message}\n`) })
      over(1)
    }
  }

  #say(message: FromDoor): void {
    this.#port.postMessage(message)
  }
}
