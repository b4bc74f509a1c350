/**
 * One order for what all the programs did: each program's own, causes before their effects, then the clock. It holds
 * when the clocks of two programs disagree. Pure.
 */
import type { Moment } from './moments.ts'

/** Says that `before` comes before `after`, of another process. */
export function precede(before: Moment | null, after: Moment | null): void {
  if (!before || !after || before === after) return
  before.frees ??= []
  before.frees.push(after)
  after.waits += 1
}

/**
 * The moments of all the processes in one order, each with its `rank`. Events are told by the programs themselves: if
 * they contradict each other, the clock decides.
 */
export function ordered(processes: readonly (readonly Moment[])[]): Moment[] {
  const heads = processes.map(() => 0)
  const order: Moment[] = []
  for (;;) {
    let next = -1
    let nextFree = false
    for (let process = 0; process < processes.length; process += 1) {
      const head = processes[process]![heads[process]!]
      if (!head) continue
      const free = head.waits === 0
      if (next >= 0 && nextFree && !free) continue
      const best = next >= 0 ? processes[next]![heads[next]!]! : null
      if (!best || (free && !nextFree) || isBefore(head, best)) {
        next = process
        nextFree = free
      }
    }
    if (next < 0) return order
    const moment = processes[next]![heads[next]!]!
    heads[next]! += 1
    moment.rank = order.length
    order.push(moment)
    for (const freed of moment.frees ?? []) freed.waits -= 1
  }
}

function isBefore(a: Moment, b: Moment): boolean {
  return a.event.at < b.event.at || (a.event.at === b.event.at && a.key < b.key)
}
