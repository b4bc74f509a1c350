import assert from 'node:assert/strict'
import { test } from 'node:test'
import { align } from './align.ts'

test('a Qt listing and its twin are matched line for line by their shared names', () => {
  const qt = [
    '// ACCEPTER',
    'QTcpSocket *nouveau = serveur->nextPendingConnection();',
    'if (client) {',
    '    nouveau->write("OCCUPÉ");',
    '    nouveau->disconnectFromHost();',
    '    return;',
    '}',
  ]
  const ts = [
    '// ACCEPTER',
    'const nouveau = this.serveur.nextPendingConnection()',
    'if (this.client) {',
    "  nouveau.write('OCCUPÉ')",
    '  nouveau.disconnectFromHost()',
    '  return',
    '}',
  ]
  assert.deepEqual(align(qt, ts), [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
  ])
})

test('lines that one language needs and the other not are left alone', () => {
  const qt = [
    'QByteArray buffer;',
    'buffer.resize(socket.pendingDatagramSize());',
    'socket.readDatagram(buffer.data());',
  ]
  const ts = ['const taille = socket.pendingDatagramSize()', 'const recu = socket.readDatagram()']
  assert.deepEqual(align(qt, ts), [
    [1, 0],
    [2, 1],
  ])
})

test('matches never cross', () => {
  const pairs = align(['a.write(1)', 'b.close()', 'a.write(2)'], ['b.close()', 'a.write(2)'])
  for (let i = 1; i < pairs.length; i += 1) {
    assert.ok(pairs[i]![0] > pairs[i - 1]![0] && pairs[i]![1] > pairs[i - 1]![1])
  }
})
