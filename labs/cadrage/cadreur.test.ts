import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Decodeur, encadrer } from './cadreur.ts'

const MESSAGES = ['été €', '', 'un\tdeux', '😀']

for (const cadrage of ['lignes', 'longueur'] as const) {
  test(`${cadrage}: messages come back whole however the stream is cut`, () => {
    const stream = Buffer.concat(MESSAGES.map((message) => encadrer(cadrage, message)))
    for (let size = 1; size <= stream.length; size++) {
      const decoder = new Decodeur(cadrage, 100)
      const read: string[] = []
      for (let at = 0; at < stream.length; at += size) {
        read.push(...decoder.lire(stream.subarray(at, at + size)).map(String))
      }
      assert.deepEqual(read, MESSAGES)
      assert.equal(decoder.reste, 0)
    }
  })

  test(`${cadrage}: what comes before a message too long is still given, then all is refused`, () => {
    const decoder = new Decodeur(cadrage, 4)
    const stream = Buffer.concat([encadrer(cadrage, 'bon'), encadrer(cadrage, 'trop long')])
    assert.deepEqual(decoder.lire(stream).map(String), ['bon'])
    assert.equal(decoder.refus, true)
    assert.deepEqual(decoder.lire(encadrer(cadrage, 'bon')), [])
  })
}

test('a message of exactly the size allowed passes', () => {
  const decoder = new Decodeur('lignes', 4)
  assert.deepEqual(decoder.lire(Buffer.from('1234\n')).map(String), ['1234'])
  assert.equal(decoder.refus, false)
})

test('a line that never ends is refused before its end', () => {
  const decoder = new Decodeur('lignes', 1000)
  decoder.lire(Buffer.alloc(1001, 'x'))
  assert.equal(decoder.refus, true)
})

test('an announced length of 4 GiB is refused at once, without waiting for it', () => {
  const decoder = new Decodeur('longueur', 1000)
  assert.deepEqual(decoder.lire(Buffer.from([0xff, 0xff, 0xff, 0xff])), [])
  assert.equal(decoder.refus, true)
})

test('a length cut in two waits for its other half', () => {
  const decoder = new Decodeur('longueur', 1000)
  assert.deepEqual(decoder.lire(Buffer.from([0, 0])), [])
  assert.deepEqual(decoder.lire(Buffer.from([0, 1])), [])
  assert.deepEqual(decoder.lire(Buffer.from('x')).map(String), ['x'])
})

test('without framing every read is taken for a message', () => {
  const decoder = new Decodeur('aucun', 1)
  assert.deepEqual(decoder.lire(Buffer.from('deux')).map(String), ['deux'])
  assert.equal(encadrer('aucun', 'été').length, 5)
})
