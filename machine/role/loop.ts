/**
 * libuv's loop in a worker: timers, then what the kernel sent (poll), then `setImmediate`, then closed handles; pending
 * callbacks around the poll.
 * Each callback is a task of the browser: microtasks run after each one, and `nextTick` before them, as in Node.
 */
import { type Immediate, Timeout } from './timers.ts'

type Job = () => void

/** What keeps a program alive. */
export interface Handle {
  refed: boolean
  active(): boolean
}

const PHASES = ['timers', 'pending', 'poll', 'pending', 'check', 'closing'] as const

const nativeSetTimeout = globalThis.setTimeout.bind(globalThis)
const nativeClearTimeout = globalThis.clearTimeout.bind(globalThis)

export class Loop {
  readonly handles = new Set<Handle>()
  /** The program is over: nothing more is called. */
  stopped = false
  /** How many poll phases there have been. */
  polls = 0
  /** After each callback and its ticks. */
  afterCallback: Job = () => {}
  /** Nothing keeps the program alive. */
  onIdle: Job = () => {}
  onError: (error: unknown) => void = (error) => {
    throw error
  }
  /** True when the poll phase must wait for `resume()`. */
  barrier: () => boolean = () => false

  readonly #channel = new MessageChannel()
  readonly #numbered = new Map<number, Timeout>()
  /** Sorted by the time they are due. */
  #timers: Timeout[] = []
  #arrived: Job[] = []
  #pending: Job[] = []
  #immediates: Immediate[] = []
  #closing: Job[] = []
  #ticks: Job[] = []
  /** What is left of the current phase. */
  #jobs: Job[] = []
  #phase = PHASES.length - 1
  #posted = false
  #running = false
  #held = false
  #alarm: ReturnType<typeof setTimeout> | undefined
  #alarmAt = Number.POSITIVE_INFINITY

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.#posted = false
      this.#step()
    }
  }

  /** In ms. */
  now(): number {
    return performance.now()
  }

  /** Looks again at what there is to do. */
  wake(): void {
    if (this.#posted || this.stopped || this.#held) return
    this.#posted = true
    this.#channel.port2.postMessage(0)
  }

  /** The barrier may be open. */
  resume(): void {
    this.#held = false
    this.wake()
  }

  /** Calls `job`, then the ticks that it asked for. */
  run(job: Job): void {
    const outer = this.#running
    this.#running = true
    this.#attempt(job)
    for (let tick = this.#ticks.shift(); tick && !this.stopped; tick = this.#ticks.shift())
      this.#attempt(tick)
    this.#running = outer
    if (!outer) this.afterCallback()
  }

  /** A tick that a microtask asks for comes after all of them, as in Node. */
  nextTick(job: Job): void {
    this.#ticks.push(job)
    if (!this.#running) this.wake()
  }

  addTimer(timer: Timeout): Timeout {
    this.#numbered.set(timer.number, timer)
    this.#removeTimer(timer)
    const at = this.#timers.findLastIndex(({ due }) => due <= timer.due) + 1
    this.#timers.splice(at, 0, timer)
    this.wake()
    return timer
  }

  /** Cancels a timer, or the one that has this number. */
  clear(wanted: unknown): void {
    const timer = wanted instanceof Timeout ? wanted : this.#numbered.get(Number(wanted))
    if (!timer) return
    timer.active = false
    this.#removeTimer(timer)
    this.forget(timer)
    this.wake()
  }

  /** Its number will not be asked for any more. */
  forget(timer: Timeout): void {
    this.#numbered.delete(timer.number)
  }

  addImmediate(immediate: Immediate): Immediate {
    this.#immediates.push(immediate)
    this.wake()
    return immediate
  }

  /** An event for the next poll phase. */
  poll(job: Job): void {
    this.#arrived.push(job)
    this.wake()
  }

  /** Goes on with the same event in this phase, as libuv's read loop does. */
  again(job: Job): void {
    this.#jobs.unshift(job)
    this.wake()
  }

  /** Before the next poll phase, or just after the current one: libuv's pending callbacks. */
  pending(job: Job): void {
    this.#pending.push(job)
    this.wake()
  }

  /** In the closing phase. */
  closing(job: Job): void {
    this.#closing.push(job)
    this.wake()
  }

  /** Whether something may still happen to the program. */
  alive(): boolean {
    const queues = [this.#arrived, this.#pending, this.#closing, this.#ticks, this.#jobs]
    return (
      queues.some(({ length }) => length > 0) ||
      this.#immediates.some(({ refed, active }) => refed && active) ||
      this.#timers.some(({ refed }) => refed) ||
      [...this.handles].some((handle) => handle.refed && handle.active())
    )
  }

  #attempt(job: Job): void {
    try {
      job()
    } catch (error) {
      this.onError(error)
    }
  }

  #removeTimer(timer: Timeout): void {
    const at = this.#timers.indexOf(timer)
    if (at >= 0) this.#timers.splice(at, 1)
  }

  /** One callback; the next one is another task. */
  #step(): void {
    if (this.stopped || this.#held) return
    const job = this.#ticks.length > 0 ? () => {} : this.#nextJob()
    if (job) {
      this.run(job)
      this.wake()
    } else if (!this.#held) this.#sleep()
  }

  #nextJob(): Job | undefined {
    for (let tried = 0; this.#jobs.length === 0 && tried < PHASES.length; tried += 1) {
      const next = (this.#phase + 1) % PHASES.length
      if (PHASES[next] === 'poll' && this.barrier()) {
        this.#held = true
        return undefined
      }
      this.#phase = next
      this.#jobs = this.#collect(PHASES[next]!)
    }
    return this.#jobs.shift()
  }

  #collect(phase: (typeof PHASES)[number]): Job[] {
    switch (phase) {
      case 'timers': {
        const now = this.now()
        const due = this.#timers.filter((timer) => timer.due <= now)
        this.#timers = this.#timers.slice(due.length)
        return due.map((timer) => () => timer.fire())
      }
      case 'poll': {
        const jobs = this.#arrived
        this.#arrived = []
        this.polls += 1
        return jobs
      }
      case 'pending': {
        const jobs = this.#pending
        this.#pending = []
        return jobs
      }
      case 'check': {
        const immediates = this.#immediates
        this.#immediates = []
        return immediates.map((immediate) => () => immediate.fire())
      }
      case 'closing': {
        const jobs = this.#closing
        this.#closing = []
        return jobs
      }
    }
  }

  #sleep(): void {
    if (!this.alive()) {
      this.onIdle()
      if (this.stopped || this.alive()) return
    }
    const next = this.#timers[0]?.due ?? Number.POSITIVE_INFINITY
    if (next === this.#alarmAt && this.#alarm !== undefined) return
    nativeClearTimeout(this.#alarm)
    this.#alarm = undefined
    this.#alarmAt = next
    if (next === Number.POSITIVE_INFINITY) return
    this.#alarm = nativeSetTimeout(
      () => {
        this.#alarm = undefined
        this.#alarmAt = Number.POSITIVE_INFINITY
        this.wake()
      },
      Math.max(0, Math.ceil(next - this.now())),
    )
  }
}
