/** What `setTimeout` and `setImmediate` return, as in Node. */
import type { Loop } from './loop.ts'

export type Callback = (...args: unknown[]) => unknown

const LONGEST = 2 ** 31 - 1
let numbers = 0

export class Timeout {
  readonly #loop: Loop
  readonly #args: unknown[]
  readonly callback: Callback
  /** In ms, 1 at least. */
  readonly delay: number
  readonly repeat: boolean
  readonly number = ++numbers
  /** When it is due, on the clock of the loop. */
  due: number
  active = true
  refed = true

  constructor(loop: Loop, callback: Callback, delay: unknown, args: unknown[] = [], repeat = false) {
    const wanted = Number(delay)
    this.#loop = loop
    this.#args = args
    this.callback = callback
    this.delay = wanted >= 1 && wanted <= LONGEST ? Math.trunc(wanted) : 1
    this.repeat = repeat
    this.due = loop.now() + this.delay
  }

  /** The names by which Node's own code knows them. */
  get _idleTimeout(): number {
    return this.delay
  }

  get _destroyed(): boolean {
    return !this.active
  }

  /** Calls back; the loop has taken it off its list. */
  fire(): void {
    if (!this.active) return
    if (this.repeat) {
      this.due = this.#loop.now() + this.delay
      this.#loop.addTimer(this)
    } else {
      this.active = false
      this.#loop.forget(this)
    }
    this.callback(...this.#args)
  }

  ref(): this {
    this.refed = true
    this.#loop.wake()
    return this
  }

  unref(): this {
    this.refed = false
    this.#loop.wake()
    return this
  }

  hasRef(): boolean {
    return this.refed
  }

  refresh(): this {
    this.due = this.#loop.now() + this.delay
    this.active = true
    this.#loop.addTimer(this)
    return this
  }

  close(): this {
    this.#loop.clear(this)
    return this
  }

  [Symbol.toPrimitive](): number {
    return this.number
  }

  [Symbol.dispose](): void {
    this.#loop.clear(this)
  }
}

export class Immediate {
  readonly #callback: Callback
  readonly #args: unknown[]
  active = true
  refed = true

  constructor(callback: Callback, args: unknown[]) {
    this.#callback = callback
    this.#args = args
  }

  get _destroyed(): boolean {
    return !this.active
  }

  fire(): void {
    if (!this.active) return
    this.active = false
    this.#callback(...this.#args)
  }

  ref(): this {
    this.refed = true
    return this
  }

  unref(): this {
    this.refed = false
    return this
  }

  hasRef(): boolean {
    return this.refed
  }

  [Symbol.dispose](): void {
    this.active = false
  }
}
