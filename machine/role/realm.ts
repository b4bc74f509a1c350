/** The one program of this worker: its loop, and its machine. */
import type { Host } from './host.ts'
import { Loop } from './loop.ts'

export const loop = new Loop()

let current: Host | undefined

/** The machine of this worker's program. Throws before `setHost`. */
export function host(): Host {
  if (!current) throw new Error('the program has no machine yet')
  return current
}

export function setHost(host: Host): void {
  current = host
}
