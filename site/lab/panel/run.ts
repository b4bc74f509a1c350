/** One run of a program, from its launch to its end: what it printed, what it told, who waits for it. */
import type { LaunchedProgram } from '../../../labs/signs.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'
import type { End } from '../../../runner/protocol.ts'
import type { FeedState } from '../link/source.ts'
import { plainText } from '../terminal/plain.ts'

/** Characters of output kept for what a demonstration observes. */
const LOG_MAX = 1_048_576
/** Characters of output where the last line is looked for. */
const LINE_MAX = 2_000
/** Events kept, at least; at most twice as many. */
const EVENTS_KEPT = 10_000

/** The program ended, or was refused, before being ready. */
export class NotReadyError extends Error {}

/** What a run is of. */
export type Launched = Pick<LaunchedProgram, 'variant' | 'copy' | 'given'>

/** Runs of this page, counted. */
let runs = 0

export class Run {
  /** Unique in the page. */
  readonly number = ++runs
  end: End | undefined
  /** How far its build is, while it is built. */
  building: FeedState['building']
  /** How many times some output was too old to be kept. */
  gaps = 0
  /** Bytes printed. */
  printed = 0
  /** It is ready, or over, and its sockets are not observed: they never will be. */
  unobserved = false
  /** How many events were not kept, here or by the source. */
  lost = 0
  /** What was launched; null before, and what it was given is not known after a reload. */
  launched: Launched | null = null
  #events: PlacedEvent[] = []
  #values: Readonly<Record<string, string>> = {}
  #log = ''
  readonly #decoder = new TextDecoder()
  readonly #ready = Promise.withResolvers<Readonly<Record<string, string>>>()
  readonly #over = Promise.withResolvers<void>()

  constructor() {
    this.#ready.promise.catch(() => {}) // Nobody waits for a program that a reload left behind.
  }

  /** What the program told when it became ready. Rejects with a `NotReadyError`. */
  get ready(): Promise<Readonly<Record<string, string>>> {
    return this.#ready.promise
  }

  get over(): Promise<void> {
    return this.#over.promise
  }

  get values(): Readonly<Record<string, string>> {
    return this.#values
  }

  /** All that was printed, as text. */
  get output(): string {
    return plainText(this.#log)
  }

  /** The last line that says something. */
  get lastLine(): string {
    return (
      plainText(this.#log.slice(-LINE_MAX))
        .trimEnd()
        .split(/[\r\n]/)
        .at(-1) ?? ''
    )
  }

  /** All that was printed, with its colours. */
  get raw(): string {
    return this.#log
  }

  print(bytes: Uint8Array): void {
    this.printed += bytes.length
    this.#log += this.#decoder.decode(bytes, { stream: true })
    if (this.#log.length > LOG_MAX) this.#log = this.#log.slice(-LOG_MAX / 2)
  }

  /** What the program did with its sockets, the last events kept. */
  get events(): readonly PlacedEvent[] {
    return this.#events
  }

  /** It did this; `lost` events before are not known. */
  trace(events: readonly PlacedEvent[], lost: number): void {
    this.lost += lost
    this.#events.push(...events)
    if (this.#events.length < 2 * EVENTS_KEPT) return
    this.lost += this.#events.length - EVENTS_KEPT
    this.#events = this.#events.slice(-EVENTS_KEPT)
  }

  becomeReady(values: Readonly<Record<string, string>>): void {
    this.#values = values
    this.#ready.resolve(values)
  }

  finish(why: string): void {
    this.#ready.reject(new NotReadyError(why))
    this.#over.resolve()
  }
}
