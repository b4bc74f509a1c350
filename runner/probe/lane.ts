/** One direction of one socket: events one by one, then in groups under load, so that the program is never slowed down. */
import type { TraceKind, WireEvent } from '../../labs/trace.ts'
import type { Channel } from './channel.ts'
import { now } from './clock.ts'

/** Events told one by one in a row, then as many a second. */
const BURST = 64
const REFILL = 200
/** Between two groups, in ms. */
const FLUSH_EVERY = 50
/** Most groups made at once: the others are one. */
const GROUPS_MAX = 16

interface Group extends WireEvent {
  b: number
  x: number
  t2: number
}

const waiting = new Set<Lane>()
let armed = false

/** Tells the groups that wait. */
export function flushGroups(): void {
  armed = false
  for (const lane of waiting) lane.flush()
}

export class Lane {
  readonly #channel: Channel
  readonly #kind: TraceKind
  readonly #socket: number
  #tokens = BURST
  #since = 0
  readonly #groups = new Map<string, Group>()
  #last: Group | null = null
  #lastHost = ''
  #lastPort = 0
  /** Bytes that went this way. */
  offset = 0

  constructor(channel: Channel, kind: TraceKind, socket: number) {
    this.#channel = channel
    this.#kind = kind
    this.#socket = socket
  }

  /** Groups are being made: what comes only adds to them. */
  get grouping(): boolean {
    return this.#last !== null
  }

  /** Whether an event at `t` may be told alone. */
  take(t: number): boolean {
    if (this.#last) return false
    this.#tokens = Math.min(BURST, this.#tokens + ((t - this.#since) / 1e6) * REFILL)
    this.#since = t
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /**
   * Adds a call to the group of the same other end, or of the same signal, when that is where the last one went. The
   * clock is read once in sixteen times.
   */
  join(bytes: number, host = '', port = 0): boolean {
    const group = this.#last
    if (group === null || this.#lastPort !== port || this.#lastHost !== host) return false
    group.b += bytes
    group.x += 1
    if ((group.x & 15) === 0) group.t2 = now()
    return true
  }

  /** Adds a call to its group, which `first` begins. */
  add(t: number, bytes: number, first: Partial<WireEvent>, host = '', port = 0): void {
    const key = `${host} ${port}`
    let group = this.#groups.get(key)
    if (!group && this.#groups.size >= GROUPS_MAX) {
      // Those of too many ends make one, which says none.
      group = this.#last!
      group.r = undefined
    } else if (!group) {
      group = { k: this.#kind, s: this.#socket, t, b: 0, x: 0, t2: t, ...first }
      this.#groups.set(key, group)
      waiting.add(this)
      if (!armed) setTimeout(flushGroups, FLUSH_EVERY).unref()
      armed = true
    }
    group.b += bytes
    group.x += 1
    group.t2 = t
    this.#last = group
    this.#lastHost = host
    this.#lastPort = port
  }

  /** Tells the groups, if there are any. */
  flush(): void {
    if (!this.#last) return
    // A flood that goes on is told by groups alone.
    this.#tokens = (-FLUSH_EVERY / 1000) * REFILL
    this.#since = this.#last.t2
    this.#last = null
    waiting.delete(this)
    for (const group of this.#groups.values()) this.#channel.emit(group)
    this.#groups.clear()
  }
}
