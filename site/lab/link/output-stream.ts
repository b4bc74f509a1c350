/** The output of one session, by offsets in bytes: each byte is shown once, and acknowledged once it is consumed. */
import { ACK_DELAY, ACK_EVERY } from '../../../runner/protocol.ts'
import type { OutputFrame } from './frames.ts'
import type { FeedEvents } from './source.ts'

export interface OutputStreamOptions extends Pick<FeedEvents, 'output' | 'gap'> {
  /** Offset of the first byte wanted. */
  from: number
  /** Everything before `offset` was consumed. Told at every 32 KiB, or 20 ms later. */
  acknowledge(offset: number): void
}

export class OutputStream {
  readonly #options: OutputStreamOptions
  /** Offsets after the last byte received, consumed, acknowledged. */
  #received: number
  #consumed: number
  #acknowledged: number
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: OutputStreamOptions) {
    this.#options = options
    this.#received = options.from
    this.#consumed = options.from
    this.#acknowledged = options.from
  }

  get received(): number {
    return this.#received
  }

  /** Shows what is new in a frame; says first what is missing before it. */
  take({ offset, replay, bytes }: OutputFrame): void {
    const known = this.#received - offset
    if (known < 0) this.#options.gap(-known)
    const fresh = bytes.subarray(Math.max(0, known))
    if (fresh.length === 0) return
    const end = offset + bytes.length
    this.#received = end
    this.#options.output(fresh, replay, () => this.#consume(end))
  }

  /** After a cut the runner's window starts anew at the last byte received. */
  restartWindow(): void {
    this.#acknowledged = this.#received
  }

  #consume(end: number): void {
    this.#consumed = Math.max(this.#consumed, end)
    if (this.#consumed - this.#acknowledged >= ACK_EVERY) this.#acknowledge()
    else this.#timer ??= setTimeout(() => this.#acknowledge(), ACK_DELAY)
  }

  #acknowledge(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#consumed <= this.#acknowledged) return
    this.#acknowledged = this.#consumed
    this.#options.acknowledge(this.#consumed)
  }
}
