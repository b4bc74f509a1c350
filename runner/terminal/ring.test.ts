import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Ring } from './ring.ts'

function kept(ring: Ring): Buffer {
  const bytes = Buffer.alloc(ring.end - ring.start)
  ring.copy(ring.start, bytes)
  return bytes
}

test('the ring holds the last bytes pushed, whatever the pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.integer({ min: 1, max: 32 }),
      fc.integer({ min: 1, max: 32 }),
      (pieces, capacity, smaller) => {
        const ring = new Ring(capacity)
        for (const piece of pieces) ring.push(piece)
        const all = Buffer.concat(pieces)
        assert.equal(ring.end, all.length)
        assert.deepEqual(kept(ring), all.subarray(Math.max(0, all.length - capacity)))
        ring.shrink(smaller)
        assert.deepEqual(kept(ring), all.subarray(Math.max(0, all.length - Math.min(capacity, smaller))))
        for (const piece of pieces) ring.push(piece)
        assert.deepEqual(kept(ring), Buffer.concat([all, all]).subarray(ring.start))
      },
    ),
  )
})

test('an offset that has left the ring, or is not reached, is refused', () => {
  const ring = new Ring(4)
  ring.push(Buffer.from('abcdef'))
  assert.throws(() => ring.copy(1, Buffer.alloc(1)), RangeError)
  assert.throws(() => ring.copy(7, Buffer.alloc(1)), RangeError)
})

test('a reader that fell behind resumes at the first whole line', () => {
  const ring = new Ring(8)
  ring.push(Buffer.from('one\ntwo\nthree\n'))
  assert.equal(ring.firstLine(), 8)
  ring.push(Buffer.from('xxxxxxxxxx'))
  assert.equal(ring.firstLine(), ring.start)
})
