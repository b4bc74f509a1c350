import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseTrace, TRACE_MAX, type WireEvent, writeTrace } from './trace.ts'

/** The sequence of any JSON text, its length said as it is. */
const sequence = (json: string, length = json.length, process = '42') =>
  `\x1b]6017;${length};${process};${json}\x07`

const SEND: WireEvent = { k: 'send', n: 3, t: 1000, s: 1, l: 'udp/é.ts:1:2', b: 5, o: 0, p: 'Ym9uag==' }

test('an event written is read with its clear names', () => {
  assert.deepEqual(parseTrace(writeTrace('42.1', SEND)!), {
    kind: 'send',
    process: '42.1',
    order: 3,
    at: 1000,
    socket: 1,
    site: 'udp/é.ts:1:2',
    bytes: 5,
    offset: 0,
    preview: 'Ym9uag==',
  })
  const signal = parseTrace(
    writeTrace('1', { k: 'signal', n: 0, t: 0, sig: 'connected', ob: 'QTcpSocket', deaf: 1 })!,
  )
  assert.ok(signal?.kind === 'signal' && signal.unheard === true)
})

test('what is written is ASCII without any control character, whatever the text, or too long to be told', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (site) => {
      const written = writeTrace('42', { ...SEND, l: site })
      if (written === null) return
      assert.match(written, /^\x1b\]6017;[\x20-\x7e]*\x07$/)
      assert.equal(parseTrace(written)?.site, site)
    }),
  )
  assert.equal(writeTrace('42', { ...SEND, l: 'x'.repeat(TRACE_MAX) }), null)
})

test('a damaged sequence is refused: another length, another character, a cut', () => {
  const good = writeTrace('42', SEND)!
  assert.ok(parseTrace(good))
  for (let at = 0; at < good.length; at += 1) {
    assert.equal(parseTrace(good.slice(0, at) + 'x' + good.slice(at)), null, `an echo at ${at}`)
    assert.equal(parseTrace(good.slice(0, at)), null, `cut at ${at}`)
  }
})

test('an event that misses a field, or whose field is not what it should be, is refused', () => {
  const base = { k: 'send', n: 0, t: 0, b: 1 }
  assert.ok(parseTrace(sequence(JSON.stringify(base))))
  for (const wrong of [
    { ...base, b: undefined },
    { ...base, n: undefined },
    { ...base, b: -1 },
    { ...base, b: 1.5 },
    { ...base, b: '1' },
    { ...base, t: 1e300 },
    { ...base, w: [] },
    { ...base, w: Array(100).fill(1) },
    { ...base, l: { toString: 1 } },
    { ...base, k: 'constructor' },
    { ...base, k: ['send'] },
    null,
    [],
    'send',
  ]) {
    assert.equal(parseTrace(sequence(JSON.stringify(wrong))), null, JSON.stringify(wrong))
  }
})

test('fields that are not those of the kind are left out: a program cannot make an event larger than its kind', () => {
  const event = parseTrace(
    sequence('{"k":"unlisten","n":0,"t":0,"b":5,"__proto__":{"x":1},"kind":"send","zz":[[1]]}'),
  )
  assert.deepEqual(event, { kind: 'unlisten', process: '42', order: 0, at: 0 })
})

test('whatever the bytes, reading gives an event of a bounded size or null', () => {
  const keys = fc.constantFrom('k', 'n', 't', 's', 'b', 'l', 'r', 'e', 'w', 'val', '__proto__')
  const values = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('send', 'signal', 'close'), fc.nat())
  const json = fc.dictionary(keys, values, { maxKeys: 8 }).map((value) => JSON.stringify(value))
  const any = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `\x1b]6017;${text}\x07`),
    fc.tuple(json, fc.integer({ min: -1, max: 1 })).map(([text, off]) => sequence(text, text.length + off)),
  )
  fc.assert(
    fc.property(any, (text) => {
      const event = parseTrace(text)
      if (event === null) return
      assert.equal(typeof event.kind, 'string')
      assert.ok(event.order >= 0 && event.at >= 0)
      assert.ok(JSON.stringify(event).length < 4 * TRACE_MAX)
    }),
    { numRuns: 5000 },
  )
})
