import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { ACK_EVERY, FRAME_MAX, HIGH_WATER, INPUT_MAX, LOW_WATER } from '../protocol.ts'
import { BREATH, Flow, LATE_AFTER, PAUSE_MAX, type Tap, TICK } from './flow.ts'

class FakeTap implements Tap {
  paused = false
  gone = false
  pause() {
    this.paused = true
  }
  resume() {
    this.paused = false
  }
  alive() {
    return !this.gone
  }
}

/** A flow on a clock that only moves when told. */
function flowOf(t: { after(f: () => void): void }) {
  let now = 1000
  mock.timers.enable({ apis: ['setInterval'] })
  mock.method(performance, 'now', () => now)
  t.after(() => {
    mock.timers.reset()
    mock.restoreAll()
  })
  const tap = new FakeTap()
  const flow = new Flow(tap)
  const wait = (ms: number) => {
    for (let step = 0; step < ms; step += TICK) {
      now += TICK
      mock.timers.tick(TICK)
    }
  }
  return { tap, flow, wait }
}

test('the page acknowledges before the window closes, and the window holds several frames', () => {
  assert.ok(ACK_EVERY <= LOW_WATER && LOW_WATER < HIGH_WATER)
  assert.ok(HIGH_WATER >= 2 * FRAME_MAX)
  assert.ok(INPUT_MAX <= FRAME_MAX)
})

test('a page that keeps up makes the program wait only until it has caught up', (t) => {
  const { tap, flow } = flowOf(t)
  const page = flow.follow(0)
  flow.produced(HIGH_WATER)
  assert.equal(tap.paused, false)
  flow.produced(HIGH_WATER + 1)
  assert.equal(tap.paused, true)
  flow.acknowledged(page, HIGH_WATER - LOW_WATER)
  assert.equal(tap.paused, true)
  flow.acknowledged(page, HIGH_WATER - LOW_WATER + 1)
  assert.equal(tap.paused, false)
})

test('a frozen page stops the program once, for a bounded time', (t) => {
  const { tap, flow, wait } = flowOf(t)
  flow.follow(0)
  flow.produced(HIGH_WATER + 1)
  assert.equal(tap.paused, true)
  wait(LATE_AFTER + TICK)
  assert.equal(tap.paused, false)
  wait(BREATH)
  flow.produced(HIGH_WATER + 100_000)
  assert.equal(tap.paused, false, 'the page is still late')
})

test('a page that acknowledges a little at a time never holds the program longer than the longest pause', (t) => {
  const { tap, flow, wait } = flowOf(t)
  const page = flow.follow(0)
  flow.produced(HIGH_WATER * 4)
  assert.equal(tap.paused, true)
  for (let at = 0; at < PAUSE_MAX; at += 100) {
    flow.acknowledged(page, at / 100 + 1)
    wait(100)
  }
  assert.equal(tap.paused, false)
})

test('a slow page does not slow down another one that keeps up, and never holds the program alone', (t) => {
  const { tap, flow, wait } = flowOf(t)
  flow.follow(0)
  const fast = flow.follow(0)
  flow.produced(HIGH_WATER)
  flow.acknowledged(fast, HIGH_WATER)
  flow.produced(2 * HIGH_WATER)
  assert.equal(tap.paused, false, 'the fast one has consumed half of it')
  flow.produced(2 * HIGH_WATER + 1)
  assert.equal(tap.paused, true)
  flow.acknowledged(fast, 2 * HIGH_WATER)
  assert.equal(tap.paused, false)
  flow.leave(fast)
  wait(LATE_AFTER + TICK)
  flow.produced(3 * HIGH_WATER)
  assert.equal(tap.paused, false, 'the slow one is late')
})

test('a page that does not look never stops the program, whose output is only slowed down', (t) => {
  const { tap, flow, wait } = flowOf(t)
  flow.show(flow.follow(0), false)
  flow.produced(HIGH_WATER * 2)
  assert.equal(tap.paused, false)
  flow.produced(HIGH_WATER * 20)
  assert.equal(tap.paused, true)
  wait(50)
  assert.equal(tap.paused, false)
})

test('a flood of what is for no page slows the program down, even when a page keeps up', (t) => {
  const { tap, flow, wait } = flowOf(t)
  const page = flow.follow(0)
  flow.hidden(100_000)
  assert.equal(tap.paused, false)
  flow.hidden(4 * 1024 * 1024)
  assert.equal(tap.paused, true)
  flow.acknowledged(page, 0)
  assert.equal(tap.paused, true, 'what the page consumed says nothing of it')
  wait(50)
  assert.equal(tap.paused, false)
  wait(1000)
  flow.produced(100)
  assert.equal(tap.paused, false, 'the flood is forgotten')
})

test('nothing waits once the program is gone: the end of its output would be lost', (t) => {
  const { tap, flow, wait } = flowOf(t)
  flow.follow(0)
  flow.produced(HIGH_WATER + 1)
  tap.gone = true
  wait(TICK)
  assert.equal(tap.paused, false)
})
