/** What the probe of a program tells, taken out of what the program prints, and one feed of it for each page that looks. */
import type { PlacedEvent } from '../../labs/trace.ts'
import type { Lines } from '../probe/addresses.ts'
import { EventFeed } from './event-feed.ts'
import { EventLog } from './event-log.ts'
import type { Viewer } from './feed.ts'
import { Separator } from './separate.ts'

/** The events of one session, from the first one. */
export class Events {
  readonly #log: EventLog
  readonly #feeds = new Map<Viewer, EventFeed>()
  readonly #separator = new Separator()
  readonly #lines: Lines | undefined
  readonly #spoke: () => void
  #named = Promise.resolve()
  #observed = false

  /** Keeps the last `capacity` events, with the names that `lines` finds; calls `spoke` when the first one comes. */
  constructor(capacity: number, lines: Lines | undefined, spoke: () => void) {
    this.#log = new EventLog(capacity)
    this.#lines = lines
    this.#spoke = spoke
  }

  /** The probe has spoken. */
  get observed(): boolean {
    return this.#observed
  }

  /** All that came is numbered. */
  get settled(): Promise<void> {
    return this.#named
  }

  /** How many there were. */
  get end(): number {
    return this.#log.end
  }

  /** Takes what a program printed: gives its text. */
  take(chunk: Buffer): Buffer {
    const { text, events } = this.#separator.push(chunk)
    if (events.length > 0) this.#add(events)
    return text
  }

  /** The text that was kept waiting, once the program has printed all it will. */
  flush(): Buffer {
    return this.#separator.flush()
  }

  /** In order: an event waits for the lines of those before it. */
  #add(events: readonly PlacedEvent[]): void {
    const [lines, first] = [this.#lines, !this.#observed]
    this.#observed = true
    if (first) this.#spoke()
    if (!lines) this.#push(events)
    else {
      const named = this.#named.then(() => lines.name(events.map(({ event }) => event)))
      this.#named = named.then(() => this.#push(events))
    }
  }

  #push(events: readonly PlacedEvent[]): void {
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
