/**
 * Two seconds of an event loop with one thread: a timer every 100 ms and a slot called for each datagram.
 * Pure: the figure draws what it returns.
 */
export interface LoopSettings {
  /** How long the slot works for each datagram, in ms. */
  slot: number
  /** Datagrams per second. */
  rate: number
  /** Cut the slot into slices of at most `SLICE` ms, handed back to the loop in between. */
  sliced: boolean
}

export interface Run {
  from: number
  to: number
}

export interface LoopResult {
  /** When the thread was busy in the slot. */
  busy: Run[]
  /** When each tick really happened, in ms. */
  ticks: number[]
  /** Longest silence between two ticks, in ms. */
  silence: number
  /** Most datagrams waiting in the kernel's buffer. */
  waiting: number
  /** Datagrams thrown away because the buffer was full. */
  lost: number
}

export const SPAN = 2000
export const TICK = 100
export const SLICE = 10
/** Datagrams the kernel's buffer holds in the figure. */
export const BUFFER = 8

export function runLoop({ slot, rate, sliced }: LoopSettings): LoopResult {
  const arrivals = Array.from(
    { length: Math.floor((SPAN * rate) / 1000) },
    (_, rank) => ((rank + 0.5) * 1000) / rate,
  )
  const result: LoopResult = { busy: [], ticks: [], silence: 0, waiting: 0, lost: 0 }
  let now = 0
  let queue = 0
  let left = 0
  let due = TICK
  while (now < SPAN) {
    while (arrivals.length && arrivals[0]! <= now) {
      arrivals.shift()
      if (queue < BUFFER) queue += 1
      else result.lost += 1
    }
    result.waiting = Math.max(result.waiting, queue)
    if (now >= due) {
      result.ticks.push(now)
      // A late timer fires once, not once per missed period.
      due = (Math.floor(now / TICK) + 1) * TICK
    }
    if (left === 0 && queue > 0) {
      queue -= 1
      left = slot
    }
    if (left > 0) {
      const work = sliced ? Math.min(left, SLICE) : left
      result.busy.push({ from: now, to: Math.min(now + work, SPAN) })
      now += work
      left -= work
    } else now = Math.min(due, arrivals[0] ?? SPAN, SPAN)
  }
  const marks = [0, ...result.ticks, SPAN]
  result.silence = Math.max(...marks.slice(1).map((at, rank) => at - marks[rank]!))
  return result
}
