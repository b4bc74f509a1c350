import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Piece, Splitter } from './split.ts'

/** Splits chunks; joins the pieces of one text or of one string, so that the cuts no longer show. */
function split(...chunks: Buffer[]): [Piece['kind'], string][] {
  const splitter = new Splitter()
  const joined: [Piece['kind'], string][] = []
  let over = true
  for (const { kind, bytes, last } of chunks.flatMap((chunk) => splitter.push(chunk))) {
    const previous = joined.at(-1)
    if (previous?.[0] === kind && !(kind === 'control' && over)) previous[1] += bytes.toString('latin1')
    else joined.push([kind, bytes.toString('latin1')])
    over = last
  }
  return joined
}

const OUTPUT = Buffer.from(
  'été\r\n\x1b]0;titre\x07port\x1b[32m : \x1b]6017;{"a":1}\x1b\\\x1bPq\x07x\x1b\\1\x1b_a\x18b\x1b]c\x1b]d\x07e\x1b]f\x1b[0mg\x1b(B\n',
)
const EXPECTED = [
  ['text', 'été\r\n'],
  ['control', '\x1b]0;titre\x07'],
  ['text', 'port\x1b[32m : '],
  ['control', '\x1b]6017;{"a":1}\x1b\\'],
  ['control', '\x1bPq\x07x\x1b\\'],
  ['text', '1'],
  ['control', '\x1b_a\x18'],
  ['text', 'b'],
  ['control', '\x1b]c'],
  ['control', '\x1b]d\x07'],
  ['text', 'e'],
  ['control', '\x1b]f'],
  ['text', '\x1b[0mg\x1b(B\n'],
].map(([kind, text]) => [kind, Buffer.from(text!).toString('latin1')])

test('text and control strings are told apart as the terminal does', () => {
  assert.deepEqual(split(OUTPUT), EXPECTED)
})

test('it does not matter where the output is cut: at each byte, at all of them', () => {
  for (let at = 0; at <= OUTPUT.length; at += 1) {
    assert.deepEqual(split(OUTPUT.subarray(0, at), OUTPUT.subarray(at)), EXPECTED, `cut at ${at}`)
  }
  assert.deepEqual(split(...Array.from(OUTPUT, (byte) => Buffer.of(byte))), EXPECTED)
})

test('F26: the pieces are the output, byte for byte, whatever the bytes and the cuts', () => {
  const byte = fc.oneof(
    fc.constantFrom(0x1b, 0x5d, 0x5c, 0x07, 0x50, 0x18, 0xc3, 0xa9, 0x00),
    fc.integer({ min: 0, max: 255 }),
  )
  const chunks = fc.array(
    fc.array(byte, { maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(chunks, (cut) => {
      const whole = Buffer.concat(cut)
      // An ESC at the very end waits.
      const given = Buffer.from(
        split(...cut, Buffer.from('.'))
          .map(([, text]) => text)
          .join(''),
        'latin1',
      )
      assert.deepEqual(given, Buffer.concat([whole, Buffer.from('.')]))
      assert.deepEqual(split(...cut), split(whole))
    }),
    { numRuns: 2000 },
  )
})
