import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type PlacedEvent, TRACE_MAX, writeTrace } from '../../labs/trace.ts'
import { EventLog } from './event-log.ts'
import { Separator } from './separate.ts'

const told = (order: number) => writeTrace('42', { k: 'unlisten', n: order, t: 0 })!

/** The text (in Latin-1), where each event stands in it, and how many sequences were damaged. */
function separate(...chunks: Buffer[]) {
  const separator = new Separator()
  const texts: Buffer[] = []
  const events: PlacedEvent[] = []
  for (const chunk of chunks) {
    const pieces = separator.push(chunk)
    texts.push(pieces.text)
    events.push(...pieces.events)
  }
  texts.push(separator.flush())
  return {
    text: Buffer.concat(texts).toString('latin1'),
    events: events.map(({ event, offset }) => [event.order, offset]),
    damaged: separator.damaged,
  }
}

const each = (bytes: Buffer) => Array.from(bytes, (byte) => Buffer.of(byte))

test('events leave the text, each with the place it had; colours, titles and other strings stay', () => {
  const output = Buffer.from(
    `a\x1b[32mb${told(0)}\x1b]0;titre\x07c${told(1)}${told(2)}\x1b]60;x\x07\x1bPq\x1b\\d${told(3)}`,
  )
  const expected = {
    text: 'a\x1b[32mb\x1b]0;titre\x07c\x1b]60;x\x07\x1bPq\x1b\\d',
    events: [
      [0, 7],
      [1, 18],
      [2, 18],
      [3, 31],
    ],
    damaged: 0,
  }
  assert.deepEqual(separate(output), expected)
  assert.deepEqual(separate(...each(output)), expected)
  for (let at = 0; at <= output.length; at += 1) {
    assert.deepEqual(separate(output.subarray(0, at), output.subarray(at)), expected, `cut at ${at}`)
  }
})

test('only what may become an event waits: a colour cut in two, or another string, leaves at once', () => {
  const separator = new Separator()
  assert.equal(separator.push(Buffer.from('a\x1b[3')).text.toString(), 'a\x1b[3')
  assert.equal(separator.push(Buffer.from('2mb\x1b]0;long ti')).text.toString(), '2mb\x1b]0;long ti')
  assert.equal(separator.push(Buffer.from('tle\x07c\x1b]60')).text.toString(), 'tle\x07c')
  assert.equal(separator.push(Buffer.from('2;x')).text.toString(), '\x1b]602;x')
})

test('a damaged event is counted, and never shown', () => {
  const good = told(0)
  for (let at = 7; at < good.length - 1; at += 1) {
    const cut = Buffer.from(`a${good.slice(0, at)}é${good.slice(at)}b${told(1)}`)
    assert.deepEqual(separate(cut), { text: 'ab', events: [[1, 2]], damaged: 1 }, `echo at ${at}`)
  }
})

test('an endless event costs no memory, and what follows its end is read again', () => {
  const separator = new Separator()
  const before = process.memoryUsage().heapUsed + process.memoryUsage().external
  separator.push(Buffer.from('\x1b]6017;'))
  for (let times = 0; times < 400; times += 1) separator.push(Buffer.alloc(100_000, 'x'))
  assert.ok(process.memoryUsage().heapUsed + process.memoryUsage().external - before < 20_000_000)
  const { text, events } = separator.push(Buffer.from(`\x07b${told(0)}`))
  assert.equal(text.toString(), 'b')
  assert.equal(events.length, 1)
  assert.equal(separator.damaged, 1)
})

test('whatever the bytes and the cuts, the same text and events; without events, the text is the output', () => {
  const piece = fc.oneof(
    fc.constantFrom('\x1b', '\x1b]', '\x1b]6', '6017;', '\x07', '\x1b\\', '\x1b[0m', '\x1b]6017;', 'é', 'x'),
    fc.nat({ max: 9 }).map(told),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  )
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 6 }), { maxLength: 8 }), (cuts) => {
      const chunks = cuts.map((pieces) => Buffer.from(pieces.join(''), 'latin1'))
      const whole = Buffer.concat(chunks)
      assert.deepEqual(separate(...chunks), separate(whole))
      assert.deepEqual(separate(...each(whole)), separate(whole))
      if (!whole.includes('\x1b]6017;')) assert.equal(separate(whole).text, whole.toString('latin1'))
    }),
    { numRuns: 2000 },
  )
})

test('an event longer than the longest is refused without being read', () => {
  assert.equal(separate(Buffer.from(`\x1b]6017;${'1'.repeat(TRACE_MAX)}\x07`)).damaged, 1)
})

test('the log keeps the last events under their numbers, and says from which one', () => {
  const log = new EventLog(3)
  const { event } = new Separator().push(Buffer.from(told(0))).events[0]!
  for (let n = 0; n < 20; n += 1) log.push([{ event: { ...event, order: n }, offset: n }])
  assert.equal(log.end, 20)
  assert.ok(log.start <= 17 && log.start >= 14)
  assert.deepEqual(
    log.slice(18, 30).map(({ offset }) => offset),
    [18, 19],
  )
  assert.equal(log.slice(0, Number.POSITIVE_INFINITY)[0]!.offset, log.start)
  assert.deepEqual(log.slice(20, 30), [])
})
