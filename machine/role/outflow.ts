/**
 * What a program prints, at the pace of its terminal. When too much is on its way the program waits: between two
 * callbacks, and inside one that prints without end. What still comes too fast is lost, and counted.
 */
import { LIMITS } from '../limits.ts'
import { pause } from './pause.ts'

export class Outflow {
  readonly #send: (bytes: Uint8Array) => void
  readonly #lose: (size: number) => void
  /** Bytes that the terminal has not shown yet. */
  #onTheWay = 0
  #lost = 0

  /** `send` takes what is printed; `lose` is told how many bytes were not sent, before the next ones. */
  constructor(send: (bytes: Uint8Array) => void, lose: (size: number) => void) {
    this.#send = send
    this.#lose = lose
  }

  /** The program must wait before its next callback. */
  get full(): boolean {
    return this.#onTheWay > LIMITS.window
  }

  print(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    if (this.#onTheWay + bytes.length > LIMITS.output) {
      this.#lost += bytes.length
      pause(1)
      return
    }
    if (this.full) pause((bytes.length / LIMITS.rate) * 1000)
    this.#tellLost()
    this.#onTheWay += bytes.length
    this.#send(bytes.slice())
  }

  /** The terminal has shown so many bytes. */
  shown(size: number): void {
    this.#onTheWay = Math.max(0, this.#onTheWay - size)
    this.#tellLost()
  }

  #tellLost(): void {
    if (this.#lost > 0) this.#lose(this.#lost)
    this.#lost = 0
  }
}
