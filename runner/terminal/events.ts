/** What the probe of a program told, and one feed of it for each page that looks. */
import type { PlacedEvent } from '../../labs/trace.ts'
import { EventFeed } from './event-feed.ts'
import { EventLog } from './event-log.ts'
import type { Viewer } from './feed.ts'

/** The events of one session, from the first one. */
export class Events {
  readonly #log: EventLog
  readonly #feeds = new Map<Viewer, EventFeed>()

  /** Keeps the last `capacity` events. */
  constructor(capacity: number) {
    this.#log = new EventLog(capacity)
  }

  /** How many there were. */
  get end(): number {
    return this.#log.end
  }

  push(events: readonly PlacedEvent[]): void {
    this.#log.push(events)
    for (const feed of this.#feeds.values()) feed.note()
  }

  /** A page looks from event `from`. Nothing is sent before the feed is asked to. */
  show(viewer: Viewer, from: number): EventFeed {
    this.hide(viewer)
    const feed = new EventFeed(viewer, this.#log, from)
    this.#feeds.set(viewer, feed)
    return feed
  }

  /** The feed of a page that looks. */
  feed(viewer: Viewer): EventFeed | undefined {
    return this.#feeds.get(viewer)
  }

  /** The page leaves. */
  hide(viewer: Viewer): void {
    this.#feeds.get(viewer)?.close()
    this.#feeds.delete(viewer)
  }

  /** Nothing more will come: sends what waited to be grouped, and keeps only the last `capacity` events. */
  close(capacity: number): void {
    for (const feed of this.#feeds.values()) feed.send()
    this.#log.shrink(capacity)
  }
}
