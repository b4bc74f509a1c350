import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { hexLines, piecesOf, previewOf, textOf } from './bytes.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('bytes', () => {
  it('are their text when they are whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const pieces = piecesOf(bytesOf(text))
        assert.equal(pieces.map((piece) => ('text' in piece ? piece.text : '?')).join(''), text)
      }),
    )
  })

  it('show half a character as such, wherever it was cut', () => {
    const whole = bytesOf('été €')
    assert.equal(textOf(whole.subarray(0, 1)), '‹C3›')
    assert.equal(textOf(whole.subarray(1, 4)), '‹A9›t‹C3›')
    assert.equal(textOf(whole.subarray(0, 4), true), 'ét')
    assert.equal(textOf(bytesOf('a\n\t\0')), 'a⏎␉␀')
    assert.equal(textOf(Uint8Array.of(0xff, 0x41)), '‹FF›A')
  })

  it('are shown with their cuts, a character at its first byte', () => {
    assert.deepEqual(hexLines(bytesOf('été'), 16, [2]), [' C3 A9|74 C3 A9  é té '])
    assert.deepEqual(hexLines(bytesOf('abcde'), 4), [' 61 62 63 64  abcd', ' 65           e'])
  })

  it('are never more than were sent', () => {
    assert.deepEqual([...previewOf({ preview: btoa('abc'), bytes: 2 })], [0x61, 0x62])
  })
})
