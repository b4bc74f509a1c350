/**
 * A program's way to the kernel. The first messages of a callback leave at once, even if the program then blocks; a
 * burst leaves by packets. A callback that sends without end is slowed, as a system call would.
 */
import { LIMITS } from '../limits.ts'
import type { FromProgram } from '../messages.ts'
import { pause } from './pause.ts'

/** Messages of one callback that leave one by one. */
const ALONE = 16
const PACKET = 256

export class Uplink {
  readonly #port: MessagePort
  #packet: FromProgram[] = []
  /** Messages of the current callback. */
  #burst = 0
  /** Something was sent since the last `sync`. */
  #dirty = false
  #asked = false

  constructor(port: MessagePort) {
    this.#port = port
  }

  send(message: FromProgram): void {
    this.#packet.push(message)
    // What was read only opens the other's window: it can wait for the end of the callback.
    if (message.t === 'consumed' || message.t === 'read') return
    this.#dirty = true
    this.#burst += 1
    if (this.#burst % LIMITS.burst === 0) {
      this.flush()
      pause(LIMITS.pause)
    }
    const bulk = message.t === 'data' || message.t === 'send'
    if (!bulk || this.#burst <= ALONE || this.#packet.length >= PACKET) this.flush()
  }

  flush(): void {
    if (this.#packet.length === 0) return
    this.#port.postMessage(this.#packet)
    this.#packet = []
  }

  /** The end of a callback. */
  settle(): void {
    this.#burst = 0
    this.flush()
  }

  /** Asks to be told when all that was sent has been handled. True until then; false when nothing was sent. */
  sync(): boolean {
    if (this.#asked || !this.#dirty) return this.#asked
    this.send({ t: 'sync' })
    this.#dirty = false
    this.#asked = true
    return true
  }

  /** All that was sent has been handled. */
  synced(): void {
    this.#asked = false
  }
}
