/** Pure functions of the twin against those of real Qt: all questions of a property in one process. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromUtf8, QDataStream, QHostAddress } from '../../labs/qt-network/index.ts'
import { formeDebug } from '../../labs/qt-network/qdebug.ts'
import { askQt, buildSonde } from './sonde.ts'

type Question = [string, ...Uint8Array[]]

const SAMPLES = 2000
const flags = (...facts: boolean[]) => facts.map((fact) => (fact ? '1' : '0')).join('')
const { ConvertV4MappedToIPv4 } = QHostAddress.ConversionModeFlag

function described(a: QHostAddress): string {
  const facts = flags(a.isNull(), a.isLoopback(), a.isBroadcast(), a.isMulticast())
  return `${a} ${+a.protocol()} ${facts} ${a.toIPv4Address()}`
}

function written(write: (stream: QDataStream) => void): string {
  const parts: Uint8Array[] = []
  const device = {
    write: (bytes: Uint8Array) => parts.push(bytes) && bytes.length,
    read: () => Buffer.alloc(0),
  }
  const rest = {
    startTransaction() {},
    commitTransaction() {},
    rollbackTransaction() {},
    isTransactionStarted: () => false,
  }
  write(new QDataStream({ ...device, ...rest }))
  return Buffer.concat(parts).toString('hex')
}

/** What the twin answers to a question. */
function answer([name, ...args]: Question): string {
  const text = (i: number) => Buffer.from(args[i]!).toString()
  const address = (i: number) => new QHostAddress(text(i))
  switch (name) {
    case 'address':
      return described(address(0))
    case 'number':
      return described(new QHostAddress(Number(text(0))))
    case 'equal': {
      const [a, b] = [address(0), address(1)]
      return flags(a.equals(b), a.isEqual(b), a.isEqual(b, ConvertV4MappedToIPv4))
    }
    case 'subnet':
      return flags(address(0).isInSubnet(address(1), Number(text(2))))
    case 'utf8':
      return Buffer.from(fromUtf8(args[0]!)).toString('hex')
    case 'double':
      return formeDebug(Number(text(0)))
    case 'string':
      return written((out) => out.writeString(text(0)))
    case 'bytes':
      return written((out) => out.writeBytes(args[0]!))
    case 'integers': {
      const n = Number(text(0))
      return written((out) =>
        out
          .writeUInt8(n)
          .writeInt16(n)
          .writeUInt32(n)
          .writeInt64(BigInt(n))
          .writeBool(n % 2 !== 0)
          .writeDouble(n / 8),
      )
    }
    default:
      throw new Error(`unknown question: ${name}`)
  }
}

const ask = (name: string, ...args: (string | Uint8Array)[]): Question => [
  name,
  ...args.map((arg) => (typeof arg === 'string' ? Buffer.from(arg) : arg)),
]

/** What real Qt 6.4 answered: these hold on a machine without Qt too. */
const RECORDED: [Question, string][] = [
  [ask('address', '::1%lo'), '::1%lo 1 0100 0'],
  [ask('address', '::ffff:255.255.255.255'), '::ffff:255.255.255.255 1 0010 4294967295'],
  [ask('address', '127.1'), '127.0.0.1 0 0100 2130706433'],
  [ask('number', '3232235777'), '192.168.1.1 0 0000 3232235777'],
  [ask('equal', 'fe80::1%lo', 'fe80::1'), '111'],
  [ask('equal', '127.0.0.1', '::1'), '010'],
  [ask('equal', '127.0.0.1', '::ffff:127.0.0.1'), '011'],
  [ask('subnet', '10.1.2.3', '10.1.0.0', '16'), '1'],
  [ask('subnet', '10.1.2.3', '10.1.4.0', '22'), '0'],
  [ask('utf8', Buffer.from('e282', 'hex')), 'efbfbdefbfbd'],
  [ask('double', '961339.73'), '961340'],
  [ask('double', '0.00001'), '1e-05'],
  [ask('string', 'été'), '0000000600e9007400e9'],
  [ask('integers', '-3'), 'fdfffdfffffffdfffffffffffffffd01bfd8000000000000'],
]

const octet = fc.constantFrom(0, 1, 10, 127, 128, 169, 192, 224, 239, 240, 254, 255, 256)
const ipv4 = fc.array(octet, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
const zone = fc.constantFrom('', '', '%lo', '%1', '%eth0')
const mapped = fc.tuple(fc.constantFrom('::ffff:', '::', '64:ff9b::'), ipv4).map((parts) => parts.join(''))
const special = fc.constantFrom(
  '::',
  '::1',
  '0.0.0.0',
  '255.255.255.255',
  'ff02::1',
  'fe80::1',
  '',
  ' 127.0.0.1 ',
)
const addresses = fc.oneof(
  ipv4,
  mapped,
  fc.ipV4(),
  fc.ipV6(),
  special,
  fc.tuple(fc.ipV6(), zone).map((p) => p.join('')),
)
const sequences = fc.array(fc.constantFrom('é', '€', '😀', 'a', 'ÿ', '\u{10ffff}'), { maxLength: 4 })
const cut = fc
  .tuple(sequences, fc.nat(3), fc.uint8Array({ maxLength: 3 }), fc.string())
  .map(([text, left, bytes, end]) =>
    Buffer.concat([Buffer.from(text.join('')).subarray(left), bytes, Buffer.from(end)]),
  )
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
  fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
)
const questions: fc.Arbitrary<Question> = fc.oneof(
  addresses.map((a) => ask('address', a)),
  fc.nat(0xffff_ffff).map((n) => ask('number', String(n))),
  fc.tuple(addresses, addresses).map(([a, b]) => ask('equal', a, b)),
  fc
    .tuple(addresses, addresses, fc.integer({ min: -1, max: 130 }))
    .map(([a, b, n]) => ask('subnet', a, b, String(n))),
  fc
    .tuple(fc.ipV4(), fc.integer({ min: 0, max: 33 }))
    .map(([a, n]) => ask('subnet', a, a.replace(/\d+$/, '9'), String(n))),
  cut.map((bytes) => ask('utf8', bytes)),
  numbers.filter((n) => !Number.isInteger(n)).map((n) => ask('double', String(n))),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => ask('string', text)),
  fc.uint8Array({ minLength: 1 }).map((bytes) => ask('bytes', bytes)),
  fc.integer().map((n) => ask('integers', String(n))),
)

test('pure functions answer what real Qt was recorded to answer', () => {
  for (const [question, expected] of RECORDED) {
    assert.equal(answer(question), expected, `${question[0]} ${question.slice(1)}`)
  }
})

const sonde = await buildSonde()
const skip = sonde === null ? 'Qt 6 ou CMake absent : installer qt6-base-dev et cmake' : false

test('pure functions answer what the Qt of this machine answers', { skip }, () => {
  const asked = [...RECORDED.map(([question]) => question), ...fc.sample(questions, SAMPLES)]
  const answers = askQt(asked)
  assert.equal(answers.length, asked.length)
  asked.forEach((question, i) => {
    const shown = question.slice(1).map((arg) => Buffer.from(arg as Uint8Array).toString('latin1'))
    assert.equal(answer(question), answers[i], `${question[0]} ${JSON.stringify(shown)}`)
  })
})
