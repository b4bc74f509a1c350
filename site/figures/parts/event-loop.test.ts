import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runLoop, TICK } from './event-loop.ts'

test('a short slot leaves the ticks regular and loses nothing', () => {
  const { silence, lost, ticks } = runLoop({ slot: 2, rate: 10, sliced: false })
  assert.ok(silence <= TICK + 2)
  assert.equal(lost, 0)
  assert.equal(ticks.length, 19)
})

test('a slot of a second silences the ticks for as long, and the buffer overflows', () => {
  const { silence, lost, waiting } = runLoop({ slot: 1000, rate: 20, sliced: false })
  assert.ok(silence >= 1000)
  assert.ok(lost > 0)
  assert.equal(waiting, 8)
})

test('cutting the slot into slices keeps the ticks regular', () => {
  assert.ok(runLoop({ slot: 1000, rate: 20, sliced: true }).silence <= TICK + 20)
})
