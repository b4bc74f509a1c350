import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Pace } from './pace.ts'

/** Makes it as often as allowed, each time for `cost` ms, during `length` ms: gives how many times. */
function timesIn(length: number, cost: number, flooded: boolean): number {
  const pace = new Pace()
  let times = 0
  for (let now = 0; now < length; times += 1) {
    now += pace.waitAt(now)
    if (flooded) pace.flooded(now)
    // Made, then drawn.
    for (const part of [cost / 3, (2 * cost) / 3]) {
      now += part
      pace.spent(now, part)
    }
  }
  return times
}

describe('the pace of the figure', () => {
  it('takes at most a fifth of the time, whatever one costs', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 500, noNaN: true }), fc.boolean(), (cost, flooded) => {
        // The last one may end after.
        const times = timesIn(100_000, cost, flooded) - 1
        assert.ok(times * cost <= 100_000 / 5)
      }),
    )
  })

  it('is of four a second when calls come by groups, and waits for nothing when little happens', () => {
    assert.ok(timesIn(10_000, 1, true) <= 41)
    assert.ok(timesIn(10_000, 1, false) > 1000)
    const pace = new Pace()
    assert.equal(pace.waitAt(0), 0)
    pace.spent(1000, 10)
    assert.equal(pace.waitAt(2000), 0)
  })
})
