/** One direction of one socket: events one by one, then in groups under load, so that the program is never slowed down. */
import type { TraceKind, WireEvent } from '../../labs/trace.ts'
import type { Channel } from './channel.ts'

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
  #last: Group | undefined
  #lastKey = ''
  /** Bytes that went this way. */
  offset = 0

  constructor(channel: Channel, kind: TraceKind, socket: number) {
    this.#channel = channel
    this.#kind = kind
    this.#socket = socket
  }

  /** Groups are being made: what comes only adds to them. */
  get grouping(): boolean {
    return this.#last !== undefined
  }

  /** Whether an event at `t` may be told alone. */
  take(t: number): boolean {
    if (this.grouping) return false
    this.#tokens = Math.min(BURST, this.#tokens + ((t - this.#since) / 1e6) * REFILL)
    this.#since = t
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  /** Adds a call to the group of `key`: the other end, the name of a signal. `first` is what its first one says. */
  add(t: number, bytes: number, key: string, first: () => Partial<WireEvent>): void {
    const group =
      this.#last !== undefined && this.#lastKey === key ? this.#last : this.#groupOf(t, key, first)
    group.b += bytes
    group.x += 1
    group.t2 = t
  }

  #groupOf(t: number, key: string, first: () => Partial<WireEvent>): Group {
    const full = this.#groups.size >= GROUPS_MAX
    let group = this.#groups.get(key) ?? (full ? this.#last : undefined)
    if (!group) {
      group = { k: this.#kind, s: this.#socket, t, b: 0, x: 0, t2: t, ...first() }
      this.#groups.set(key, group)
      waiting.add(this)
      if (!armed) setTimeout(flushGroups, FLUSH_EVERY).unref()
      armed = true
    }
    // Those of too many ends make one, which says none.
    if (full && !this.#groups.has(key)) group.r = undefined
    this.#last = group
    this.#lastKey = key
    return group
  }

  /** Tells the groups, if there are any. */
  flush(): void {
    if (!this.#last) return
    this.#tokens = 0
    this.#since = this.#last.t2
    this.#last = undefined
    waiting.delete(this)
    for (const group of this.#groups.values()) this.#channel.emit(group)
    this.#groups.clear()
  }
}
