/**
 * Finds the program that floods the kernel: the one that sends faster than any program may, or the one whose messages
 * make the kernel late. A message of the kernel to itself, behind those that wait, tells how late it is.
 */
import { LIMITS } from '../limits.ts'
import { soon } from './soon.ts'

const SECOND = 1000

export class Watch {
  readonly #accuse: (owner: number) => void
  /** Messages of each program since the current second began. */
  #counts = new Map<number, number>()
  #began = 0
  #sent: number | null = null

  /** `accuse` is called with a program that floods the kernel. */
  constructor(accuse: (owner: number) => void) {
    this.#accuse = accuse
  }

  /** A program sent so many messages. False when it is accused: they are not to be handled. */
  count(owner: number, messages: number): boolean {
    const now = performance.now()
    if (this.#sent === null) {
      this.#sent = now
      soon(() => this.#measure(now))
    }
    if (now - this.#began > SECOND) {
      this.#began = now
      this.#counts.clear()
    }
    const count = (this.#counts.get(owner) ?? 0) + messages
    this.#counts.set(owner, count)
    if (count <= LIMITS.messages) return true
    this.#accuse(owner)
    return false
  }

  #measure(sent: number): void {
    this.#sent = null
    if (performance.now() - sent < LIMITS.late) return
    const [most] = [...this.#counts].sort(([, a], [, b]) => b - a)
    if (most && most[1] > LIMITS.backlog) this.#accuse(most[0])
  }
}
