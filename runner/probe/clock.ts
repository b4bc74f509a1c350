/** The monotonic clock of the machine, the same for all its processes. */

/** How many pairs of readings are compared: those of a pair may be far apart when the process is interrupted. */
const PAIRS = 32

/** A spare process gives programs another `performance.now()`, which hides how long it waited for them. */
const read = performance.now.bind(performance)

/** What `performance.now()` must be added to give that clock, in ms. */
const base = measuredBase()

function measuredBase(): number {
  let closest = Number.POSITIVE_INFINITY
  let found = 0
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const before = read()
    const there = Number(process.hrtime.bigint()) / 1e6
    const after = read()
    if (after - before >= closest) continue
    closest = after - before
    found = there - (before + after) / 2
  }
  return found
}

/** The time, in µs. Twenty times cheaper than `process.hrtime.bigint()`. */
export function now(): number {
  return Math.round((base + read()) * 1000)
}
