import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { QAbstractSocket, QHostAddress, QTcpSocket, qDebug, qs, toUtf8 } from './index.ts'
import { formeDebug } from './qdebug.ts'
import { warnings } from './testing.ts'

const { SocketState, SocketError } = QAbstractSocket

test('a literal is written as it is, a QString between quotes, so two spaces follow a literal that ends with one', () => {
  assert.equal(formeDebug('Message reçu é'), 'Message reçu é')
  assert.equal(
    formeDebug('double espace : ', qs('Message reçu'), ' ; ', 12),
    'double espace :  "Message reçu"  ;  12',
  )
})

test('a QString keeps what can be printed and escapes the rest', () => {
  assert.equal(
    formeDebug(qs("l'œuf €"), qs('a"b\\c'), qs('ligne1\nligne2\t|'), qs('😀'), qs('')),
    '"l\'œuf €" "a\\"b\\\\c" "ligne1\\nligne2\\t|" "😀" ""',
  )
  assert.equal(
    formeDebug(qs('\u0001'), qs('\u007f'), qs('\u0085'), qs('\u00a0'), qs('\u00ad'), qs('zéro\0')),
    '"\\u0001" "\\u007F" "\\u0085" "\u00a0" "\\u00AD" "zéro\\u0000"',
  )
})

test('a QByteArray escapes every byte that is not ASCII, and cuts the text where a digit would be swallowed', () => {
  assert.equal(formeDebug(toUtf8('données')), '"donn\\xC3\\xA9""es"')
  assert.equal(formeDebug(Buffer.from('l1\nl2\r\t|')), '"l1\\nl2\\r\\t|"')
  assert.equal(formeDebug(Buffer.from([0, 1, 65])), '"\\x00\\x01""A"')
  assert.equal(formeDebug(Buffer.from([0xe9, ...Buffer.from('zoo')])), '"\\xE9zoo"')
  assert.equal(formeDebug(Buffer.alloc(0)), '""')
})

test('numbers, booleans, enumerations, addresses, lists and null pointers are written as Qt writes them', () => {
  assert.equal(formeDebug(42, -1, 3.5, 1e10 + 0.5, 1e-7, 0.0001, true), '42 -1 3.5 1e+10 1e-07 0.0001 true')
  assert.equal(
    formeDebug(SocketState.UnconnectedState, SocketError.UnknownSocketError),
    'QAbstractSocket::UnconnectedState QAbstractSocket::UnknownSocketError',
  )
  assert.equal(
    formeDebug(new QHostAddress('127.0.0.1'), QHostAddress.Any, QHostAddress.AnyIPv6, new QHostAddress('x')),
    'QHostAddress("127.0.0.1") QHostAddress(QHostAddress::Any) QHostAddress("::") QHostAddress("")',
  )
  assert.equal(formeDebug(QHostAddress.Any.protocol()), 'QAbstractSocket::AnyIPProtocol')
  assert.equal(formeDebug([1, 2], ['a', 'é']), 'QList(1, 2) QList("a", "é")')
  assert.equal(formeDebug(null), 'QObject(0x0)')
  const socket = new QTcpSocket()
  assert.match(formeDebug(socket), /^QTcpSocket\(0x[\da-f]+\)$/)
  assert.equal(formeDebug(socket), formeDebug(socket))
})

test('qDebug() writes one line on the error output, or to the message handler', () => {
  assert.deepEqual(
    warnings(() => qDebug('a', 1)),
    ['a 1'],
  )
  const program = `import { qDebug } from '${join(import.meta.dirname, 'index.ts')}'; qDebug('été', 1)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  assert.equal(stdout, '')
  assert.equal(stderr, 'été 1\n')
})

test('a written QByteArray, read as a C++ literal, gives its bytes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.deepEqual(readLiteral(formeDebug(bytes)), [...bytes])
    }),
  )
})

/** Reads adjacent C++ string literals, where `\x` takes every hexadecimal digit that follows. */
function readLiteral(written: string): number[] {
  const named: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12, '"': 34, '\\': 92 }
  const bytes: number[] = []
  for (const literal of written.match(/"(?:\\.|[^"\\])*"/g) ?? []) {
    for (const [all, hexa, letter] of literal.slice(1, -1).matchAll(/\\x([\da-fA-F]+)|\\(.)|[^\\]/g)) {
      if (hexa !== undefined) bytes.push(Number.parseInt(hexa, 16))
      else bytes.push(letter === undefined ? all.charCodeAt(0) : named[letter]!)
    }
  }
  return bytes
}
