/** What a program printed, and one feed of it for each page that looks. */

import { Batch } from './batch.ts'
import { Feed, type Viewer } from './feed.ts'
import { Flow, type Tap } from './flow.ts'
import { Ring } from './ring.ts'

/** The output of one session, from its first byte. */
export class Output {
  readonly #ring: Ring
  readonly #flow: Flow
  readonly #batch = new Batch(() => this.#send())
  readonly #feeds = new Map<Viewer, Feed>()
  /** How much is kept after the end; null before it. */
  #keptAtEnd: number | null = null

  /** Keeps the last `capacity` bytes. */
  constructor(capacity: number, tap: Tap) {
    this.#ring = new Ring(capacity)
    this.#flow = new Flow(tap)
  }

  /** Offset after the last byte printed. */
  get end(): number {
    return this.#ring.end
  }

  /** The pages that look. */
  get viewers(): Viewer[] {
    return [...this.#feeds.keys()]
  }

  print(chunk: Uint8Array): void {
    this.#ring.push(chunk)
    this.#flow.produced(this.#ring.end)
    this.#batch.note(chunk.length)
  }

  /** The program printed bytes that are not for the pages. */
  withhold(bytes: number): void {
    this.#flow.hidden(bytes)
  }

  /** A page looks from byte `from`. Nothing is sent before the feed is asked to. */
  show(viewer: Viewer, from: number): Feed {
    this.hide(viewer)
    const feed = new Feed(viewer, this.#ring, this.#flow, from)
    this.#feeds.set(viewer, feed)
    return feed
  }

  /** The feed of a page that looks. */
  feed(viewer: Viewer): Feed | undefined {
    return this.#feeds.get(viewer)
  }

  /** The page leaves. False when it did not look. */
  hide(viewer: Viewer): boolean {
    this.#feeds.get(viewer)?.close()
    const looked = this.#feeds.delete(viewer)
    this.#shrink()
    return looked
  }

  /** Sends what was waiting to be grouped. */
  flush(): void {
    this.#batch.now()
  }

  #send(): void {
    for (const feed of this.#feeds.values()) feed.send()
  }

  /** The process is gone: nothing holds its output back any more. */
  release(): void {
    this.#flow.close()
  }

  /** Nothing more will be printed: once the pages that look have it all, only the last `capacity` bytes are kept. */
  close(capacity: number): void {
    this.flush()
    this.#keptAtEnd = capacity
    this.#shrink()
  }

  /** Calls `tell` once a page that looks at an ended program has all its output, or no longer consumes any. */
  finish(viewer: Viewer, tell: () => void): void {
    this.#feeds.get(viewer)?.finish(() => {
      tell()
      this.#shrink()
    })
  }

  #shrink(): void {
    if (this.#keptAtEnd === null || [...this.#feeds.values()].some((feed) => !feed.told)) return
    this.#ring.shrink(this.#keptAtEnd)
  }
}
