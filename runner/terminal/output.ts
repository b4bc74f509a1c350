/** What a program printed, and how much of it the page that looks may be sent. */

import { FRAME_MAX, HIGH_WATER, type ServerMessage } from '../protocol.ts'
import { Batch } from './batch.ts'
import { Flow, type Tap } from './flow.ts'
import { Ring } from './ring.ts'

/** A page that looks at a session. */
export interface Viewer {
  /** Identity kept across reconnections. */
  readonly client: string
  /** Sends bytes of output; `replay` when the page may have seen them answered already. */
  output(offset: number, bytes: Uint8Array, replay: boolean): void
  message(message: ServerMessage): void
  /** Another page took the session. */
  takenOver(): void
}

/** The output of one session, from its first byte, sent to at most one page at a time. */
export class Output {
  readonly #ring: Ring
  readonly #batch = new Batch(() => this.send())
  readonly #flow: Flow
  readonly #sentAll: () => void
  #viewer: Viewer | null = null
  #visible = true
  #sent = 0
  #acknowledged = 0
  #replayUntil = 0
  /** The page has been sent all it may hold. */
  #full = false

  /** Keeps the last `capacity` bytes; `sentAll` is called each time the page has been sent everything. */
  constructor(capacity: number, tap: Tap, sentAll: () => void) {
    this.#ring = new Ring(capacity)
    this.#flow = new Flow(tap)
    this.#sentAll = sentAll
  }

  get viewer(): Viewer | null {
    return this.#viewer
  }

  /** Offset after the last byte printed. */
  get end(): number {
    return this.#ring.end
  }

  print(chunk: Uint8Array): void {
    this.#ring.push(chunk)
    this.#flow.produced(this.#ring.end)
    this.#batch.note(chunk.length)
  }

  /** A page looks from byte `from`; the one that looked before, if any, is told. Nothing is sent before `send`. */
  show(viewer: Viewer, from: number): void {
    if (this.#viewer && this.#viewer !== viewer) this.#viewer.takenOver()
    this.#viewer = viewer
    this.#visible = true
    this.#replayUntil = this.#ring.end
    this.#sent = Math.min(from, this.#ring.end)
    this.#acknowledged = this.#sent
    this.#flow.watch(true, this.#sent)
  }

  /** The page leaves. False when another one looks already. */
  hide(viewer: Viewer): boolean {
    if (this.#viewer !== viewer) return false
    this.#viewer = null
    this.#flow.watch(false, this.#ring.end)
    return true
  }

  setVisible(visible: boolean): void {
    this.#visible = visible
    this.#flow.watch(visible && this.#viewer !== null, this.#acknowledged)
  }

  /** The page consumed all before `offset`. False when it never was sent. */
  acknowledge(offset: number): boolean {
    if (offset > this.#sent) return false
    this.#acknowledged = Math.max(this.#acknowledged, offset)
    if (this.#visible) this.#flow.acknowledged(this.#acknowledged)
    // Otherwise what waits is being grouped.
    if (this.#full) this.send()
    return true
  }

  /** Sends what was waiting to be grouped. */
  flush(): void {
    this.#batch.now()
  }

  /** Sends what the page may receive now. */
  send(): void {
    const viewer = this.#viewer
    if (!viewer) return
    while (this.#sent < this.#ring.end) {
      this.#full = this.#sent - this.#acknowledged >= HIGH_WATER
      if (this.#full) return
      if (this.#sent < this.#ring.start) {
        this.#sent = this.#ring.firstLine()
        this.#acknowledged = this.#sent
      }
      const replay = this.#sent < this.#replayUntil
      const until = replay ? this.#replayUntil : this.#ring.end
      const bytes = new Uint8Array(Math.min(FRAME_MAX, until - this.#sent))
      this.#ring.copy(this.#sent, bytes)
      viewer.output(this.#sent, bytes, replay)
      this.#sent += bytes.length
    }
    this.#sentAll()
  }

  /** The process is gone: nothing holds its output back any more. */
  release(): void {
    this.#flow.close()
  }

  /** Nothing more will be printed: keeps only the last `capacity` bytes. */
  close(capacity: number): void {
    this.flush()
    this.#ring.shrink(capacity)
  }
}
