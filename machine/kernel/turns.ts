/**
 * Programs begin one after the other: what one binds in its first turn is known before the next one binds. A program
 * that does not end its turn in time loses it.
 */
import { LIMITS } from '../limits.ts'

export class Turns {
  readonly #waiting: { owner: number; begin: () => void }[] = []
  #current: number | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `begin` is called when it is the turn of `owner`. */
  ask(owner: number, begin: () => void): void {
    this.#waiting.push({ owner, begin })
    this.#next()
  }

  /** The first turn of `owner` is over, or it is over itself. */
  done(owner: number): void {
    if (this.#current !== owner) return
    clearTimeout(this.#timer)
    this.#current = null
    this.#next()
  }

  #next(): void {
    const turn = this.#current === null ? this.#waiting.shift() : undefined
    if (!turn) return
    this.#current = turn.owner
    this.#timer = setTimeout(() => this.done(turn.owner), LIMITS.turn)
    turn.begin()
  }
}
