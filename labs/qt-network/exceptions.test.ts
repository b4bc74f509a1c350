import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { QHostAddress, QTcpServer, QTcpSocket, QUdpSocket } from './index.ts'
import { next, turns, warnings } from './testing.ts'

/** What a program may call, in any order and in any state; nothing listens at these addresses for long. */
const hosts = fc.constantFrom(
  '127.0.0.1',
  '::1',
  '',
  'pas.une.ip',
  '255.255.255.255',
  '0.0.0.0',
  '::ffff:127.0.0.1',
)
const ports = fc.constantFrom(-1, 0, 9, 65_535, 65_536, 1e9)
const sizes = fc.constantFrom(0, 1, 65_507, 65_508, 200_000)

test('no call on a QTcpSocket throws, whatever its state', async () => {
  const action = fc.oneof(
    fc.record({ host: hosts, port: ports }).map(
      ({ host, port }) =>
        (s: QTcpSocket) =>
          s.connectToHost(host, port),
    ),
    sizes.map((size) => (s: QTcpSocket) => void s.write(Buffer.alloc(size))),
    fc
      .constantFrom(
        'flush',
        'close',
        'abort',
        'disconnectFromHost',
        'readAll',
        'readLine',
        'canReadLine',
        'deleteLater',
      )
      .map((name) => (s: QTcpSocket) => void s[name as 'flush']()),
    fc.constantFrom(-1, 0, 5, Number.NaN).map((max) => (s: QTcpSocket) => void [s.read(max), s.peek(max)]),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 12 }), (actions) => {
      warnings(() => {
        const socket = new QTcpSocket()
        for (const act of actions) act(socket)
        socket.abort()
      })
    }),
    { numRuns: 60 },
  )
  // What Node throws later, from the loop, fails the test that runs then.
  await turns(20)
})

test('no call on a QTcpServer throws, whatever its state', async () => {
  const action = fc.oneof(
    fc.record({ host: hosts, port: ports }).map(
      ({ host, port }) =>
        (s: QTcpServer) =>
          void s.listen(new QHostAddress(host), port),
    ),
    fc
      .constantFrom(
        'close',
        'nextPendingConnection',
        'pauseAccepting',
        'resumeAccepting',
        'serverPort',
        'deleteLater',
      )
      .map((name) => (s: QTcpServer) => void s[name as 'close']()),
    ports.map((count) => (s: QTcpServer) => s.setMaxPendingConnections(count)),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 8 }), (actions) => {
      warnings(() => {
        const server = new QTcpServer()
        for (const act of actions) act(server)
        server.close()
      })
    }),
    { numRuns: 60 },
  )
  // What Node throws later, from the loop, fails the test that runs then.
  await turns(20)
})

test('no call on a QUdpSocket throws, whatever its state, at once or later', async () => {
  const thrown: unknown[] = []
  process.on('uncaughtExceptionMonitor', (error) => thrown.push(error))
  const action = fc.oneof(
    fc.record({ host: hosts, port: ports }).map(
      ({ host, port }) =>
        (s: QUdpSocket) =>
          void s.bind(new QHostAddress(host), port),
    ),
    fc.record({ host: hosts, port: ports, size: sizes }).map(
      ({ host, port, size }) =>
        (s: QUdpSocket) =>
          void s.writeDatagram(Buffer.alloc(size), new QHostAddress(host), port),
    ),
    hosts.map((host) => (s: QUdpSocket) => void s.joinMulticastGroup(new QHostAddress(host), 'nulle')),
    ports.map((value) => (s: QUdpSocket) => {
      s.setMulticastTtl(value)
      s.setReceiveBufferSize(value)
      s.setMulticastInterface(`x${value}`)
    }),
    fc
      .constantFrom('close', 'abort', 'readDatagram', 'receiveDatagram', 'pendingDatagramSize', 'deleteLater')
      .map((name) => (s: QUdpSocket) => void s[name as 'close']()),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 8 }), (actions) => {
      warnings(() => {
        const socket = new QUdpSocket()
        for (const act of actions) act(socket)
        socket.abort()
      })
    }),
    { numRuns: 60 },
  )
  // What Node would throw later, from the loop: everything asked above is done once a datagram has come round.
  await datagramRound()
  assert.deepEqual(thrown, [])
})

async function datagramRound(): Promise<void> {
  const socket = new QUdpSocket()
  socket.bind(QHostAddress.LocalHost, 0)
  const came = next(socket.readyRead)
  socket.writeDatagram('x', QHostAddress.LocalHost, socket.localPort())
  await came
  await turns()
  socket.close()
}
