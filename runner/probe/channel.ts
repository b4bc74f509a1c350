/** Where events leave: the terminal of the program, by a descriptor of our own that never makes it wait. */
import { constants, openSync, writeSync } from 'node:fs'
import { isMainThread, threadId } from 'node:worker_threads'
import { type WireEvent, writeTrace } from '../../labs/trace.ts'
import { now } from './clock.ts'

/** Opened anew and not inherited, so that it does not block while the standard output of the program still does. */
const FLAGS = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY

export class Channel {
  readonly #descriptor: number
  readonly #process = isMainThread ? `${process.pid}` : `${process.pid}.${threadId}`
  #order = 0
  #lost = 0

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  /** Tells an event, now unless it says when. A terminal that takes no more loses it: the next one says how many were. */
  emit(event: WireEvent): void {
    event.n = this.#order
    event.t ??= now()
    if (this.#lost > 0) event.lost = this.#lost
    const sequence = this.#shortened(event)
    this.#order += 1
    try {
      if (sequence === null) throw new RangeError('too long')
      writeSync(this.#descriptor, sequence)
      this.#lost = 0
    } catch {
      this.#lost += 1
    }
  }

  /** A long one says less: neither its first bytes nor, at last, the line that asked for it. */
  #shortened(event: WireEvent): string | null {
    return (
      writeTrace(this.#process, event) ??
      writeTrace(this.#process, { ...event, p: undefined }) ??
      writeTrace(this.#process, { ...event, p: undefined, l: undefined, w: undefined })
    )
  }
}

/** The channel to the terminal of this process; null when it has none. */
export function channelToTerminal(): Channel | null {
  try {
    return new Channel(openSync('/dev/tty', FLAGS))
  } catch {
    return null
  }
}
