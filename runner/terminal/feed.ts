/** The output of a program as one page receives it: from the byte it asked for, no faster than it consumes. */

import { FRAME_MAX, HIGH_WATER, type ServerMessage } from '../protocol.ts'
import type { Flow, Follower } from './flow.ts'
import type { Ring } from './ring.ts'

/** How long a page may acknowledge nothing, in ms, before it is told the end without having received all. */
export const END_PATIENCE = 2000

/** A page that looks at a session. */
export interface Viewer {
  /** Identity kept across reconnections. */
  readonly client: string
  /** Sends bytes of output; `replay` when the page may have seen them answered already. */
  output(offset: number, bytes: Uint8Array, replay: boolean): void
  message(message: ServerMessage): void
}

export class Feed {
  readonly #viewer: Viewer
  readonly #ring: Ring
  readonly #flow: Flow
  readonly #follower: Follower
  /** Frames before this offset are a replay. */
  readonly #replayUntil: number
  #sent: number
  #acknowledged: number
  /** The page has been sent all it may hold. */
  #full = false
  #tellEnd: (() => void) | null = null
  #patience: NodeJS.Timeout | undefined
  /** The page has been told the end. */
  told = false

  /** Nothing is sent before `send`. */
  constructor(viewer: Viewer, ring: Ring, flow: Flow, from: number) {
    this.#viewer = viewer
    this.#ring = ring
    this.#flow = flow
    this.#replayUntil = ring.end
    this.#sent = Math.min(from, ring.end)
    this.#acknowledged = this.#sent
    this.#follower = flow.follow(this.#sent)
  }

  /** Sends what the page may receive now. */
  send(): void {
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
      this.#viewer.output(this.#sent, bytes, replay)
      this.#sent += bytes.length
    }
    this.#over()
  }

  /** The page consumed all before `offset`. False when it never was sent. */
  acknowledge(offset: number): boolean {
    if (offset > this.#sent) return false
    this.#acknowledged = Math.max(this.#acknowledged, offset)
    this.#flow.acknowledged(this.#follower, this.#acknowledged)
    this.#patience?.refresh()
    // Otherwise what waits is being grouped.
    if (this.#full) this.send()
    return true
  }

  /** The tab of the page is shown or hidden. */
  setVisible(visible: boolean): void {
    this.#flow.show(this.#follower, visible)
  }

  /** Nothing more will be printed: calls `tell` once all is sent, or when the page no longer consumes anything. */
  finish(tell: () => void): void {
    this.#tellEnd = tell
    this.#patience = setTimeout(() => this.#over(), END_PATIENCE)
    this.send()
  }

  close(): void {
    clearTimeout(this.#patience)
    this.#tellEnd = null
    this.#flow.leave(this.#follower)
  }

  #over(): void {
    const tell = this.#tellEnd
    if (!tell) return
    clearTimeout(this.#patience)
    this.#tellEnd = null
    this.told = true
    tell()
  }
}
