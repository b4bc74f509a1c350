import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { figureOf } from './figure.ts'
import { headersOf } from './framing.ts'
import { bytesShown } from './row-bytes.ts'
import { rowsOf } from './rows.ts'
import { Program } from './testing.ts'

const FRAMING = { lengthBytes: 4, max: 1000 }

/** A client that writes these bytes in pieces of these sizes, and keeps so many of each to be shown. */
function written(bytes: Uint8Array, sizes: readonly number[], kept = 48) {
  const client = new Program('client', 1)
  client.does(1, { kind: 'connect', socket: 1, remote: '127.0.0.1:1234' })
  client.does(2, { kind: 'connected', socket: 1, remote: '127.0.0.1:1234', local: '127.0.0.1:4000' })
  let offset = 0
  for (const size of [...sizes, bytes.length]) {
    const piece = bytes.subarray(offset, offset + size)
    if (piece.length === 0) continue
    const preview = btoa(String.fromCharCode(...piece.subarray(0, kept)))
    client.does(3 + offset, { kind: 'send', socket: 1, bytes: piece.length, offset, preview })
    offset += piece.length
  }
  return figureOf(client.happenings)
}

function framed(texts: readonly string[]): Uint8Array {
  return Uint8Array.from(
    texts.flatMap((text) => {
      const bytes = new TextEncoder().encode(text)
      return [0, 0, bytes.length >> 8, bytes.length & 255, ...bytes]
    }),
  )
}

describe('the headers of a stream', () => {
  it('are found wherever the stream is cut, each byte of them once', () => {
    const texts = fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(texts, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }), (all, sizes) => {
        const { ends, moments } = written(framed(all), sizes, 256)
        const headers = headersOf(ends, FRAMING)
        const found = moments.flatMap((moment) => headers.get(moment) ?? [])
        const lengths = all.map((text) => new TextEncoder().encode(text).length)
        const whole = lengths.flatMap((length) => Array<number>(4).fill(length))
        assert.deepEqual(
          found.flatMap(({ here, length }) => Array<number>(here).fill(length)),
          whole,
        )
      }),
    )
  })

  it('are none in a stream of text, nor once a header is not known', () => {
    const { ends } = written(new TextEncoder().encode('été €\nété €\n'), [3, 3])
    assert.equal(headersOf(ends, FRAMING).size, 0)
    const long = written(framed(['x'.repeat(300), 'y']), [])
    const [send] = long.moments.filter(({ event }) => event.kind === 'send')
    assert.deepEqual(headersOf(long.ends, FRAMING).get(send!), [{ at: 0, here: 4, bytes: 4, length: 300 }])
  })

  it('are said under the bytes where they begin, whole or in part', () => {
    const figure = written(framed(['douze octets', 'été']), [14])
    const headers = headersOf(figure.ends, FRAMING)
    const shown = rowsOf(figure, 'bytes')
      .map((row) => bytesShown(row, 8, headers.get(row.moment)))
      .filter((lines) => lines.length > 0)
    assert.deepEqual(shown, [
      [
        ' 00 00 00 0C 64 6F 75 7A  ····douz',
        'en-tête : 4 octets, longueur 12',
        ' 65 20 6F 63 74 65        e octe',
      ],
      [
        ' 74 73 00 00 00 05 C3 A9  ts····é ',
        'en-tête à l’octet 3 : 4 octets, longueur 5',
        ' 74 C3 A9                 té ',
      ],
    ])
    const cut = written(framed(['été']), [1])
    const [first, second] = rowsOf(cut, 'bytes')
      .filter(({ moment }) => moment.event.kind === 'send')
      .map((row) => bytesShown(row, 8, headersOf(cut.ends, FRAMING).get(row.moment)))
    assert.deepEqual(first, [' 00  ·', 'en-tête : 1 de ses 4 octets, longueur 5'])
    assert.match(second![1]!, /^en-tête : 3 de ses 4 octets, longueur 5$/)
  })
})
