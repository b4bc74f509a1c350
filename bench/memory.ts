/** What a reader that stops reading costs to the server: its memory before and after (Linux). */
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Resident memory of a process, in MiB; null where /proc does not say. */
export function residentMemory(pid: number): number | null {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return null
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))![1]) / 1024
}

/** What the memory of `pid` has become after `ms` during which nothing is read, less what it was, in MiB. */
export async function growthOf(pid: number, ms: number): Promise<number | null> {
  const before = residentMemory(pid)
  await delay(ms)
  const after = residentMemory(pid)
  return before === null || after === null ? null : after - before
}
