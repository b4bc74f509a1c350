import assert from 'node:assert/strict'
import { test } from 'node:test'
import { datagrams, overtaken, PIECES, stream } from './transports.ts'

const calm = { seed: 42, loss: 0, delay: 20, disorder: 0 }

test('without trouble both transports deliver everything in order', () => {
  const numbers = Array.from({ length: PIECES }, (_, rank) => rank + 1)
  assert.deepEqual(
    datagrams(calm).map(({ piece }) => piece),
    numbers,
  )
  assert.deepEqual(
    stream(calm).flatMap(({ pieces }) => pieces),
    numbers,
  )
})

test('a stream is complete and ordered whatever the trouble, datagrams are not', () => {
  for (let seed = 1; seed < 50; seed += 1) {
    const rough = { seed, loss: 0.4, delay: 60, disorder: 0.5 }
    assert.equal(
      stream(rough)
        .flatMap(({ pieces }) => pieces)
        .join(),
      stream(calm)
        .flatMap(({ pieces }) => pieces)
        .join(),
    )
    assert.ok(datagrams(rough).length < PIECES)
  }
})

test('a held-back datagram is overtaken', () => {
  assert.equal(
    overtaken([
      { piece: 2, at: 1 },
      { piece: 1, at: 2 },
      { piece: 3, at: 3 },
    ]),
    1,
  )
  assert.ok(overtaken(datagrams({ ...calm, disorder: 0.5 })) > 0)
})
