/** The events of a program as one page receives them: a few at a time, no faster than it takes them in. */
import { EVENTS_AHEAD, EVENTS_MAX } from '../protocol.ts'
import type { EventLog } from './event-log.ts'
import type { Viewer } from './feed.ts'

/** Shortest time between two messages for what happens now, in ms: a page draws once for many events. */
export const EVENTS_EVERY = 25

export class EventFeed {
  readonly #viewer: Viewer
  readonly #log: EventLog
  #sent: number
  #seen: number
  #timer: NodeJS.Timeout | undefined

  /** Wants the events from number `from` on. Nothing is sent before `send` or `note`. */
  constructor(viewer: Viewer, log: EventLog, from: number) {
    this.#viewer = viewer
    this.#log = log
    this.#sent = Math.min(from, log.end)
    this.#seen = this.#sent
  }

  /** There are new events: sent now, or soon with those that follow. */
  note(): void {
    if (this.#timer || this.#sent >= this.#log.end) return
    this.send()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.note()
    }, EVENTS_EVERY)
  }

  /** Sends what the page may receive now. One that does not follow loses those that are no longer kept. */
  send(): void {
    while (this.#sent < this.#log.end && this.#sent - this.#seen < EVENTS_AHEAD) {
      const from = Math.max(this.#sent, this.#log.start)
      this.#seen += from - this.#sent
      const room = EVENTS_AHEAD - (from - this.#seen)
      const events = this.#log.slice(from, from + Math.min(EVENTS_MAX, room))
      this.#viewer.message({ type: 'events', from, events })
      this.#sent = from + events.length
    }
  }

  /** The page took in all the events before `number`. False when they never were sent. */
  seen(number: number): boolean {
    if (number > this.#sent) return false
    this.#seen = Math.max(this.#seen, number)
    if (!this.#timer) this.send()
    return true
  }

  close(): void {
    clearTimeout(this.#timer)
  }
}
