/** The kernel in a worker of its own: a blocked program or a busy page stops nobody else. */
import { LIMITS } from '../limits.ts'
import type { FromKernel, FromProgram, ToKernel, ToProgram } from '../messages.ts'
import { isFromProgram } from './guard.ts'
import { Kernel, Misbehaviour } from './kernel.ts'
import { soon } from './soon.ts'
import { Turns } from './turns.ts'
import { Watch } from './watch.ts'

/** The ways of the worker: types know this file as one of a page. */
const worker = globalThis as unknown as {
  postMessage(message: FromKernel): void
  onmessage: ((event: { data: ToKernel }) => void) | null
}
const kernel = new Kernel()
const turns = new Turns()
const watch = new Watch(misbehaved)
const programs = new Map<number, Line>()

/** The port of one program: its messages in order, many small ones at once. */
class Line {
  readonly #owner: number
  readonly #port: MessagePort
  #waiting: ToProgram[] = []
  /** Bytes printed that its terminal has not shown. */
  #unread = 0

  constructor(owner: number, port: MessagePort) {
    this.#owner = owner
    this.#port = port
    port.onmessage = ({ data }: MessageEvent) => this.#receive(data)
  }

  post(message: ToProgram): void {
    if (this.#waiting.push(message) > 1) return
    soon(() => {
      const batch = this.#waiting
      this.#waiting = []
      this.#port.postMessage(batch)
    })
  }

  close(): void {
    this.#port.close()
  }

  /**
   * All that it sent is handled.
   * @throws Misbehaviour when it asks again before it can know.
   */
  sync(): void {
    if (this.#waiting.some(({ t }) => t === 'synced')) throw new Misbehaviour('asks again without waiting')
    this.post({ t: 'synced' })
  }

  /**
   * It prints so many bytes more, or its terminal has shown so many when negative.
   * @throws Misbehaviour when it does not wait for its terminal.
   */
  printed(size: number): void {
    this.#unread += size
    if (this.#unread > LIMITS.runaway) throw new Misbehaviour('prints without waiting')
  }

  #receive(batch: unknown): void {
    if (programs.get(this.#owner) !== this) return
    const messages: unknown[] = Array.isArray(batch) ? batch : [null]
    if (!watch.count(this.#owner, messages.length)) return
    for (const message of messages) {
      if (programs.get(this.#owner) !== this) return
      try {
        if (!isFromProgram(message)) throw new Misbehaviour('not a message')
        obey(this.#owner, message)
      } catch (error) {
        if (!(error instanceof Misbehaviour)) throw error
        misbehaved(this.#owner)
        return
      }
    }
  }
}

function obey(owner: number, message: FromProgram): void {
  switch (message.t) {
    case 'ready':
      turns.ask(owner, () => {
        programs.get(owner)?.post({ t: 'go', claims: kernel.claims, rows: kernel.rows })
      })
      return
    case 'begun':
      turns.done(owner)
      return
    case 'sync':
      programs.get(owner)?.sync()
      return
    case 'out':
      programs.get(owner)?.printed(message.bytes.length)
      worker.postMessage({ t: 'out', owner, bytes: message.bytes })
      return
    case 'lost':
      worker.postMessage({ t: 'lost', owner, size: message.size })
      return
    case 'event':
      worker.postMessage({ t: 'event', owner, sequence: message.sequence })
      return
    case 'file': {
      const { path, bytes, append } = message
      worker.postMessage({ t: 'file', owner, path, bytes, append })
      return
    }
    case 'signals':
      worker.postMessage({ t: 'signals', owner, names: message.names })
      return
    case 'exit':
      leave(owner)
      worker.postMessage({ t: 'exit', owner, code: message.code })
      return
    default:
      kernel.handle(owner, message)
      return
  }
}

function misbehaved(owner: number): void {
  leave(owner)
  worker.postMessage({ t: 'misbehaved', owner })
}

function leave(owner: number): void {
  const line = programs.get(owner)
  if (!line) return
  programs.delete(owner)
  kernel.leave(owner)
  line.close()
  turns.done(owner)
}

worker.onmessage = ({ data: message }) => {
  switch (message.t) {
    case 'join': {
      const { owner } = message
      const line = new Line(owner, message.port)
      programs.set(owner, line)
      kernel.join(owner, (down) => line.post(down))
      return
    }
    case 'tell': {
      const line = programs.get(message.owner)
      if (message.message.t === 'shown') line?.printed(-message.message.size)
      line?.post(message.message)
      return
    }
    case 'ask':
      worker.postMessage({ t: 'answer', owner: message.owner })
      return
    case 'leave':
      // Its last messages come by another way: the news of its end must not overtake them.
      afterTurns(3, () => {
        leave(message.owner)
        worker.postMessage({ t: 'left', owner: message.owner })
      })
  }
}

function afterTurns(count: number, job: () => void): void {
  soon(() => (count > 1 ? afterTurns(count - 1, job) : job()))
}
