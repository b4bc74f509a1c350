/** `node:worker_threads` for a program that computes elsewhere: a worker of the worker, without network. */

import { LIMITS } from '../limits.ts'
import type { FromThread, Init } from '../messages.ts'
import type { Node } from '../node/boot.ts'
import type { Terminal } from '../node/process.ts'
import type { Emitter, EventsModule } from '../node/types.ts'
import { loop } from './realm.ts'

/** A message of the program to its thread. */
export interface ToThread {
  value: unknown
}

// Taken before the program runs, which must not have it.
const NativeWorker = globalThis.Worker as typeof Worker | undefined

/** A thread's way to the program that started it. */
export class Thread {
  readonly #post: (message: FromThread) => void
  /** Messages that came before anyone listened. */
  readonly #early: unknown[] = []
  #port: Emitter | null = null

  /** `post` reaches the program. */
  constructor(post: (message: FromThread) => void) {
    this.#post = post
  }

  /** The `parentPort` of the thread: it lives as long as someone listens. */
  portOf(events: EventsModule): Emitter {
    const port = Object.assign(new events.EventEmitter(), {
      postMessage: (value: unknown) => this.#post({ t: 'message', value }),
    })
    loop.handles.add({ refed: true, active: () => port.listenerCount('message') > 0 })
    port.on('newListener', (name) => {
      if (name !== 'message' || this.#port) return
      this.#port = port
      for (const value of this.#early.splice(0)) this.receive({ value })
    })
    return port
  }

  /** A message of the program. */
  receive({ value }: ToThread): void {
    const port = this.#port
    if (port) loop.poll(() => port.emit('message', value))
    else this.#early.push(value)
  }
}

/** The module, for the program `init` whose Node is `node`; `thread` when it is itself a thread. */
export function threads(node: Node, init: Init, terminal: Terminal, thread: Thread | null) {
  const events = node.load('events') as EventsModule
  let alive = 0

  class Worker extends events.EventEmitter {
    readonly #worker: globalThis.Worker
    readonly #handle = { refed: true, active: () => true }

    constructor(url: URL | string) {
      super()
      if (!NativeWorker || thread || alive >= LIMITS.threads) {
        throw new Error(`Le réseau simulé limite un programme à ${LIMITS.threads} fils d’exécution.`)
      }
      alive += 1
      this.#worker = new NativeWorker(init.script)
      this.#worker.onmessage = ({ data }: MessageEvent<FromThread>) => this.#receive(data)
      loop.handles.add(this.#handle)
      const program = { ...init.program, url: String(url), argv: [String(url)] }
      const { owner, pid, script } = init
      this.#worker.postMessage({ t: 'init', program, owner, pid, script } satisfies Init)
    }

    #receive(message: FromThread): void {
      if (message.t === 'out') terminal.print(message.bytes)
      else if (message.t === 'message') loop.poll(() => this.emit('message', message.value))
      else this.#end(message.code)
    }

    #end(code: number): void {
      if (!loop.handles.delete(this.#handle)) return
      alive -= 1
      this.#worker.terminate()
      loop.poll(() => this.emit('exit', code))
    }

    postMessage(value: unknown): void {
      this.#worker.postMessage({ value } satisfies ToThread)
    }

    terminate(): Promise<number> {
      this.#end(1)
      return Promise.resolve(1)
    }

    ref(): void {
      this.#handle.refed = true
    }

    unref(): void {
      this.#handle.refed = false
      loop.wake()
    }
  }

  return {
    Worker,
    isMainThread: thread === null,
    parentPort: thread?.portOf(events) ?? null,
    workerData: null,
    threadId: thread ? 1 : 0,
  }
}
