import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Frame, INPUT_HEADER, INPUT_MAX, VERSION } from '../protocol.ts'
import { parseFrame, parseMessage } from './messages.ts'

const start = {
  type: 'start',
  session: '0123456789abcdef'.repeat(2),
  ref: { lab: 'udp', role: 'recepteur', variant: 'ts' },
  parameters: { port: 1234, message: 'été', flag: true },
  cols: 80,
  rows: 24,
}

test('what a page may say is understood', () => {
  for (const message of [
    start,
    { type: 'hello', version: VERSION, proof: 'x', client: 'y' },
    { type: 'attach', session: 's', from: 0, events: 0, drive: true, cols: 80, rows: 24 },
    { type: 'seen', events: 3 },
    { type: 'resize', cols: 100, rows: 30 },
    { type: 'signal', name: 'INT' },
    { type: 'visible', value: false },
    { type: 'stop' },
    { type: 'watch' },
    { type: 'end', session: 's' },
    { type: 'ping', n: 3 },
  ]) {
    assert.deepEqual(parseMessage(JSON.stringify(message)), message)
  }
})

const refused: [string, string][] = [
  ['an unknown type', '{"type":"exec"}'],
  ['a type inherited from Object', '{"type":"constructor"}'],
  ['a type that is no text', '{"type":["stop"]}'],
  ['an array', '[{"type":"stop"}]'],
  ['text that is no JSON', '{"type":"stop"'],
  ['an extra key', '{"type":"stop","pid":1}'],
  ['a prototype', '{"type":"stop","__proto__":{"admin":true}}'],
  ['another signal', '{"type":"signal","name":"SIGSTOP"}'],
  [
    'a negative offset',
    '{"type":"attach","session":"s","from":-1,"events":0,"drive":true,"cols":80,"rows":24}',
  ],
  ['a size that is no number', '{"type":"resize","cols":"80","rows":24}'],
  ['another variant', JSON.stringify({ ...start, ref: { ...start.ref, variant: 'sh' } })],
  ['a session id that is not 128 bits', JSON.stringify({ ...start, session: 'abc' })],
  ['a session id of another alphabet', JSON.stringify({ ...start, session: 'A'.repeat(32) })],
  ['a command', JSON.stringify({ ...start, command: 'sh' })],
  ['parameters in depth', JSON.stringify({ ...start, parameters: { port: { value: 1 } } })],
  ['parameters in a list', JSON.stringify({ ...start, parameters: [1] })],
  ['10 000 levels', '['.repeat(10_000)],
]
for (const [what, text] of refused) {
  test(`${what} is refused`, () => assert.equal(parseMessage(text), null))
}

test('A27: no text makes the parser throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      parseMessage(text)
    }),
  )
})

test('no frame makes the parser throw, and what it accepts is in bounds', () => {
  fc.assert(
    fc.property(fc.constantFrom(Frame.INPUT, Frame.ACK, 0x01), fc.uint8Array(), (type, bytes) => {
      const frame = parseFrame(Buffer.from([type, ...bytes]))
      if (frame?.type === 'ack') assert.ok(Number.isSafeInteger(frame.offset) && frame.offset >= 0)
    }),
  )
})

test('A19: an empty frame, an input too long and an offset that is no number are refused', () => {
  assert.equal(parseFrame(Buffer.alloc(0)), null)
  assert.equal(parseFrame(Buffer.alloc(INPUT_HEADER + INPUT_MAX + 1, Frame.INPUT)), null)
  for (const offset of [Number.NaN, -1, 0.5, 1e18, Number.POSITIVE_INFINITY]) {
    const frame = Buffer.alloc(9, Frame.ACK)
    frame.writeDoubleLE(offset, 1)
    assert.equal(parseFrame(frame), null)
  }
})
