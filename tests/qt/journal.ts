import type { QObject, Signal } from '../../labs/qt-network/index.ts'
import type { Statement } from './language.ts'

/** An object of the scenario: what the player can ask of it. */
export interface Actor {
  readonly id: string
  /** Bytes read so far. */
  readonly bytes: number
  /** Its object exists no more. */
  readonly destroyed: boolean
  /** @returns false when the twin has no such call. */
  call(verb: string, args: string[], echo: string): boolean
  /** Releases what the object holds, without a word. */
  end(): void
}

/** The lines of a recording, the count of each signal, and who waits for one. */
export class Journal {
  readonly #write: (line: string) => void
  readonly #counts = new Map<string, number>()
  readonly #lasts = new Map<string, number>()
  readonly #waiting = new Set<() => void>()
  readonly #slots = new Map<string, Statement[]>()
  readonly #run: (slot: Statement) => void
  #open = true
  #depth = 0
  /** Number of emissions so far. */
  emissions = 0

  /**
   * @param write Receives each line.
   * @param run Plays what an `on` asks for, inside the slot.
   */
  constructor(write: (line: string) => void, run: (slot: Statement) => void) {
    this.#write = write
    this.#run = run
  }

  /** What happens inside the slot of an `on` is indented. */
  line(text: string): void {
    if (this.#open) this.#write('  '.repeat(this.#depth) + text)
  }

  stop(): void {
    this.#open = false
  }

  /** Number of times a signal was emitted. */
  count(object: string, signal: string): number {
    return this.#counts.get(`${object}.${signal}`) ?? 0
  }

  /** Rank of the last emission of a signal, 0 when it never came. */
  last(object: string, signal: string): number {
    return this.#lasts.get(`${object}.${signal}`) ?? 0
  }

  emitted(object: string, signal: string): void {
    const key = `${object}.${signal}`
    this.emissions += 1
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
    this.#lasts.set(key, this.emissions)
    this.changed()
  }

  /** Something awaited may have come true. */
  changed(): void {
    for (const check of [...this.#waiting]) check()
  }

  /**
   * Records each emission of a signal.
   * @param text The line after the object's name, or `null` to say nothing.
   */
  watch<A extends unknown[]>(
    object: string,
    signal: Signal<A>,
    name: string,
    text: (...values: A) => string | null,
  ): void {
    signal.connect((...values) => {
      const line = text(...values)
      if (line !== null) this.line(`${object} ${line}`)
      this.emitted(object, name)
    })
  }

  /** Keeps a statement for the next emission of a signal that has none waiting. */
  on(object: string, signal: string, slot: Statement): void {
    const key = `${object}.${signal}`
    this.#slots.set(key, [...(this.#slots.get(key) ?? []), slot])
  }

  /** Makes the slots of `on` the last of each signal: they come after what the actor itself does. */
  follow(object: string, signals: Readonly<Record<string, { connect(slot: () => void): unknown }>>): void {
    for (const [name, signal] of Object.entries(signals)) signal.connect(() => this.#react(object, name))
  }

  #react(object: string, signal: string): void {
    const slot = this.#slots.get(`${object}.${signal}`)?.shift()
    if (slot === undefined || !this.#open) return
    this.#depth += 1
    try {
      this.#run(slot)
    } finally {
      this.#depth -= 1
    }
  }

  /**
   * Waits for a fact. Goes on once the events already there are delivered, as a nested loop of Qt does.
   * @returns false when `ms` milliseconds passed first.
   */
  until(fact: () => boolean, ms: number): Promise<boolean> {
    if (fact()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const settle = (seen: boolean) => {
        this.#waiting.delete(check)
        clearTimeout(timer)
        setImmediate(resolve, seen)
      }
      const check = () => {
        if (fact()) settle(true)
      }
      const timer = setTimeout(() => settle(false), ms)
      this.#waiting.add(check)
    })
  }
}

/** `> QObject::disconnect()`: common to every object. */
export function disconnectObject(journal: Journal, object: QObject, state: () => string): void {
  journal.line('> QObject::disconnect()')
  object.disconnect()
  journal.line(`< QObject::disconnect${state()}`)
}
