/**
 * A recorded run as a source: its programs print, do and end what the recording says, when it says it. Nothing that is
 * typed reaches them. One clock for all: it plays at some speed, stops, and goes anywhere.
 */
import type { VariantId } from '../../../labs/lab.ts'
import type { RecordingHeader } from '../../../labs/recording.ts'
import type { Played, RecordingFile } from './recording-file.ts'
import {
  type Attach,
  type Feed,
  type FeedEvents,
  RefusedError,
  type Source,
  type SourceStatus,
} from './source.ts'

/** What the one who shows a recording is told. */
export interface Playing {
  /** A program starts: resolves once a feed of this source has taken up its session. */
  start(run: { role: string; variant: VariantId; session: string }): Promise<void>
  /** All starts anew, from the beginning. */
  restart(): void
  /** The clock has moved, in µs; or it stopped. */
  moved(at: number, playing: boolean): void
}

/** Between two ticks of the clock, in ms. */
const TICK = 50

export class RecordingSource implements Source {
  readonly files = null
  readonly header: RecordingHeader
  /** How long it lasts, in µs. */
  readonly length: number
  readonly #played: readonly Played[]
  readonly #playing: Playing
  readonly #feeds = new Map<number, RecordedFeed>()
  #next = 0
  #at = 0
  #speed = 1
  #timer: ReturnType<typeof setInterval> | undefined
  /** Deliveries in order: each waits for the one before. */
  #work: Promise<void> = Promise.resolve()
  #restarts = 0

  constructor({ header, played }: RecordingFile, playing: Playing) {
    this.header = header
    this.#played = played
    this.#playing = playing
    this.length = played.at(-1)?.at ?? 0
  }

  open(events: FeedEvents): Feed {
    return new RecordedFeed(events, (run, feed) => {
      if (!this.header.runs[run]) return false
      this.#feeds.set(run, feed)
      return true
    })
  }

  watch(listener: (status: SourceStatus) => void): () => void {
    listener({ link: 'open', qt: true, programs: [] })
    return () => {}
  }

  end(): void {}

  get playing(): boolean {
    return this.#timer !== undefined
  }

  set speed(speed: number) {
    this.#speed = speed
  }

  play(): void {
    if (this.playing) return
    if (this.#at >= this.length) void this.seek(0)
    let before = performance.now()
    this.#timer = setInterval(() => {
      const now = performance.now()
      this.#at = Math.min(this.length, this.#at + (now - before) * 1000 * this.#speed)
      before = now
      void this.#deliver()
      if (this.#at >= this.length) this.pause()
      else this.#playing.moved(this.#at, true)
    }, TICK)
    this.#playing.moved(this.#at, true)
  }

  pause(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#playing.moved(this.#at, false)
  }

  /** Goes to a moment; resolves once all that came before it is shown. */
  seek(at: number): Promise<void> {
    if (at < this.#at) this.#restart()
    this.#at = Math.min(Math.max(0, at), this.length)
    this.#playing.moved(this.#at, this.playing)
    return this.#deliver()
  }

  dispose(): void {
    clearInterval(this.#timer)
    this.#restarts += 1
  }

  #restart(): void {
    this.#restarts += 1
    this.#next = 0
    this.#feeds.clear()
    this.#playing.restart()
  }

  #deliver(): Promise<void> {
    const round = this.#restarts
    this.#work = this.#work.then(async () => {
      while (round === this.#restarts && (this.#played[this.#next]?.at ?? Infinity) <= this.#at) {
        const one = this.#played[this.#next]!
        this.#next += 1
        if (one.run !== null) await this.#give(one, one.run)
      }
    })
    return this.#work
  }

  async #give(one: Played, run: number): Promise<void> {
    const told = this.header.runs[run]
    if (!told) return
    if (!this.#feeds.has(run)) {
      await this.#playing.start({ role: told.role, variant: told.variant, session: String(run) })
    }
    this.#feeds.get(run)?.give(one, told.observed)
  }
}

class RecordedFeed implements Feed {
  readonly #events: FeedEvents
  readonly #take: (run: number, feed: RecordedFeed) => boolean
  #received = 0
  #told = 0
  #gone = false

  constructor(events: FeedEvents, take: (run: number, feed: RecordedFeed) => boolean) {
    this.#events = events
    this.#take = take
  }

  get received(): number {
    return this.#received
  }

  async start(): Promise<void> {
    throw new RefusedError('unknown-session')
  }

  async attach({ session }: Attach): Promise<void> {
    this.#received = 0
    this.#told = 0
    if (!this.#take(Number(session), this)) throw new RefusedError('unknown-session')
    this.#events.state({ phase: 'running', ready: true, observed: true, values: {} })
  }

  give(one: Played, observed: boolean): void {
    if (this.#gone) return
    if (one.code === 'output') {
      const bytes = new TextEncoder().encode(one.text)
      this.#received += bytes.length
      this.#events.output(bytes, false, () => {})
    } else if (one.code === 'event') {
      this.#told += 1
      const { event, offset } = one.happening
      if (event.kind !== 'over') this.#events.trace([{ event, offset }], 0)
    } else if (one.code === 'end') {
      const end = {
        code: one.exit,
        signal: null,
        reason: 'normal',
        offset: this.#received,
        events: this.#told,
      } as const
      this.#events.state({ phase: 'ended', ready: true, observed, values: {}, end })
    }
  }

  /** What is typed goes nowhere. */
  input(): boolean {
    return true
  }

  prepare(): void {}
  drive(): void {}
  resize(): void {}
  signal(): void {}
  stop(): void {}
  visible(): void {}
  retryNow(): void {}

  dispose(): void {
    this.#gone = true
  }
}
