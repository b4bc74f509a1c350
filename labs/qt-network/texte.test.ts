import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromLatin1, fromUtf8, toLatin1, toUtf8 } from './index.ts'

test('every text survives UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      assert.equal(fromUtf8(toUtf8(`.${text}`)), `.${text}`),
    ),
  )
})

test('toLatin1() turns what Latin-1 lacks into a question mark, for ever', () => {
  assert.equal(fromLatin1(toLatin1('Été reçu €')), 'Été reçu ?')
  assert.deepEqual([...toLatin1('é')], [0xe9])
})

test('Latin-1 bytes read as UTF-8 show replacement signs', () => {
  assert.equal(fromUtf8(toLatin1('Été reçu €')), '�t� re�u ?')
})

test('UTF-8 cut by a packet shows one sign on each side', () => {
  assert.equal(fromUtf8(Buffer.from([0x72, 0x65, 0xc3])), 're�')
  assert.equal(fromUtf8(Buffer.from([0xa7, 0x75])), '�u')
})
