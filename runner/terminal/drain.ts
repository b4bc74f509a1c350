/** Waits until nothing more comes from a program that is gone. */
import { setTimeout as delay, setImmediate as polled } from 'node:timers/promises'

/** Time between two looks, in ms, how many empty ones in a row are enough, and how many looks at most. */
const LOOK_EVERY = 5
const EMPTY_LOOKS = 3
const LOOKS_MAX = 60

/**
 * Resolves once several looks in a row found that `bytesRead` no longer grows. Each look comes after the loop has
 * polled what is open, so that a busy process looks as well as another. A child of the program may hold its terminal
 * and print for ever: the number of looks is bounded.
 */
export async function drained(bytesRead: () => number): Promise<void> {
  let before = bytesRead()
  for (let looks = 0, empty = 0; empty < EMPTY_LOOKS && looks < LOOKS_MAX; looks += 1) {
    await delay(LOOK_EVERY)
    await polled()
    empty = bytesRead() === before ? empty + 1 : 0
    before = bytesRead()
  }
}
