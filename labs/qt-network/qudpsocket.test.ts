import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import fc from 'fast-check'
import { QAbstractSocket, QHostAddress, QNetworkDatagram, QUdpSocket } from './index.ts'
import { ReceptionUdp } from './reception-udp.ts'
import { freePort, next, record, turns, warnings } from './testing.ts'

const { SocketState, SocketError, BindFlag } = QAbstractSocket
const LOOPBACK = QHostAddress.LocalHost

function bound(address = LOOPBACK): QUdpSocket {
  const socket = new QUdpSocket()
  assert.equal(socket.bind(address, 0), true)
  return socket
}

test('bind() answers at once: BoundState, and the port the system chose', () => {
  const socket = new QUdpSocket()
  const seen = record(socket)
  assert.equal(socket.bind(QHostAddress.AnyIPv4, 0), true)
  assert.deepEqual(seen, ['stateChanged BoundState'])
  assert.ok(socket.localPort() > 0)
  assert.equal(socket.localAddress().toString(), '0.0.0.0')
  socket.close()
  assert.equal(socket.state(), SocketState.UnconnectedState)
})

test('a failed bind() gives false and errorOccurred', () => {
  const first = bound()
  const second = new QUdpSocket()
  const seen = record(second)
  assert.equal(second.bind(LOOPBACK, first.localPort()), false)
  assert.equal(second.errorString(), 'The bound address is already in use')
  assert.equal(second.bind(new QHostAddress('203.0.113.7'), 0), false)
  // The socket engine of Qt keeps its first error until it is closed.
  assert.deepEqual(seen, ['errorOccurred AddressInUseError', 'errorOccurred AddressInUseError'])
  warnings(() => assert.equal(first.bind(LOOPBACK, 0), false))
  assert.equal(first.state(), SocketState.BoundState)
  first.close()
})

test('sockets that all share an address share the port', () => {
  const first = new QUdpSocket()
  first.bind(QHostAddress.AnyIPv4, 0, BindFlag.ShareAddress)
  const second = new QUdpSocket()
  const port = first.localPort()
  assert.equal(
    second.bind(QHostAddress.AnyIPv4, port, BindFlag.ShareAddress | BindFlag.ReuseAddressHint),
    true,
  )
  const third = new QUdpSocket()
  assert.equal(third.bind(QHostAddress.AnyIPv4, port), false)
  first.close()
  second.close()
})

test('an unbound socket binds itself to both families when it writes', async () => {
  const receiver = bound()
  const sender = new QUdpSocket()
  const seen = record(sender)
  assert.equal(sender.writeDatagram('été', LOOPBACK, receiver.localPort()), 5)
  assert.deepEqual(seen, ['stateChanged BoundState', 'bytesWritten 5'])
  assert.equal(sender.localAddress().equals(QHostAddress.Any), true)
  await next(receiver.readyRead)
  const datagram = receiver.receiveDatagram()
  assert.equal(datagram.data().toString(), 'été')
  assert.equal(datagram.senderPort(), sender.localPort())
  sender.close()
  receiver.close()
})

test('on Any an IPv4 sender appears in its IPv6 form, and can be answered', async () => {
  const receiver = bound(QHostAddress.Any)
  const sender = bound(QHostAddress.AnyIPv4)
  sender.writeDatagram('bonjour', LOOPBACK, receiver.localPort())
  await next(receiver.readyRead)
  const datagram = receiver.receiveDatagram()
  assert.equal(datagram.senderAddress().toString(), '::ffff:127.0.0.1')
  assert.equal(receiver.writeDatagram(datagram.makeReply('reponse')), 7)
  await next(sender.readyRead)
  assert.equal(sender.readDatagram().data.toString(), 'reponse')
  sender.close()
  receiver.close()
})

test('a datagram too large, port 0, an impossible family: -1 at once with errorOccurred', () => {
  const socket = bound(QHostAddress.AnyIPv4)
  const seen = record(socket)
  const port = freePort()
  assert.equal(socket.writeDatagram(Buffer.alloc(65_508), LOOPBACK, port), -1)
  assert.equal(socket.writeDatagram('x', LOOPBACK, 0), -1)
  assert.equal(socket.writeDatagram('x', QHostAddress.LocalHostIPv6, port), -1)
  assert.deepEqual(seen, [
    'errorOccurred DatagramTooLargeError',
    'errorOccurred DatagramTooLargeError',
    'errorOccurred DatagramTooLargeError',
  ])
  assert.equal(socket.writeDatagram(Buffer.alloc(65_507), LOOPBACK, port), 65_507)
  assert.equal(socket.error(), SocketError.DatagramTooLargeError)
  socket.close()
})

test('writing to a closed port says nothing', async () => {
  const socket = bound()
  const seen = record(socket)
  assert.equal(socket.writeDatagram('a', LOOPBACK, freePort()), 1)
  await turns(5)
  assert.deepEqual(seen, ['bytesWritten 1'])
  socket.close()
})

test('an empty datagram is a datagram', async () => {
  const receiver = bound()
  const sender = bound()
  assert.equal(sender.writeDatagram('', LOOPBACK, receiver.localPort()), 0)
  await next(receiver.readyRead)
  assert.equal(receiver.hasPendingDatagrams(), true)
  assert.equal(receiver.pendingDatagramSize(), 0)
  assert.equal(receiver.readDatagram().size, 0)
  assert.equal(receiver.pendingDatagramSize(), -1)
  sender.close()
  receiver.close()
})

test('too small a maximum loses the end of that datagram only', async () => {
  const receiver = bound()
  const sender = bound()
  sender.writeDatagram('abcdefgh', LOOPBACK, receiver.localPort())
  sender.writeDatagram('suivant', LOOPBACK, receiver.localPort())
  await next(receiver.readyRead)
  assert.equal(receiver.readDatagram(4).data.toString(), 'abcd')
  while (!receiver.hasPendingDatagrams()) await turns(1)
  assert.equal(receiver.receiveDatagram(3).data().toString(), 'sui')
  sender.close()
  receiver.close()
})

test('with nothing to read: size -1 and an error, or an invalid datagram without one', () => {
  const socket = bound()
  const seen = record(socket)
  assert.equal(socket.receiveDatagram().isValid(), false)
  assert.equal(socket.readDatagram().size, -1)
  assert.deepEqual(seen, ['errorOccurred TemporaryError'])
  socket.close()
})

test('a slot that reads one datagram is called again for the next', async () => {
  const receiver = bound()
  const sender = bound()
  const read: string[] = []
  const done = new Promise<void>((resolve) => {
    receiver.readyRead.connect(() => {
      read.push(receiver.receiveDatagram().data().toString())
      if (read.length === 3) resolve()
    })
  })
  for (const text of ['un', 'deux', 'trois']) sender.writeDatagram(text, LOOPBACK, receiver.localPort())
  await done
  assert.deepEqual(read, ['un', 'deux', 'trois'])
  sender.close()
  receiver.close()
})

test('a slot that reads nothing is called no more, until something is read', async () => {
  const receiver = bound()
  const sender = bound()
  const heard = record(receiver)
  sender.writeDatagram('un', LOOPBACK, receiver.localPort())
  await next(receiver.readyRead)
  sender.writeDatagram('deux', LOOPBACK, receiver.localPort())
  await turns(10)
  assert.deepEqual(heard, ['readyRead'])
  assert.equal(receiver.readDatagram().data.toString(), 'un')
  await next(receiver.readyRead)
  assert.equal(receiver.readDatagram().data.toString(), 'deux')
  sender.close()
  receiver.close()
})

test('a slot that does not read loses datagrams beyond the buffer', () => {
  const queue = new ReceptionUdp(new QUdpSocket().readyRead)
  const source = { address: '127.0.0.1', family: 'IPv4', port: 1, size: 232 } as const
  const fill = () => {
    for (let i = 0; i < 100; i++) queue.ajouter(Buffer.alloc(232), source)
  }
  const readAll = () => {
    let count = 0
    while (queue.retirer(Number.POSITIVE_INFINITY) !== null) count += 1
    return count
  }
  queue.place = 10_000
  fill()
  assert.notEqual(queue.retirer(1), null)
  fill()
  assert.equal(readAll(), 10, 'one read makes room for one')
  fill()
  assert.equal(readAll(), 10, 'an empty queue has its whole room again')
})

test('a broadcast needs no option', async () => {
  const receiver = bound(QHostAddress.AnyIPv4)
  const sender = bound(QHostAddress.AnyIPv4)
  sender.writeDatagram('tous', new QHostAddress('127.255.255.255'), receiver.localPort())
  await next(receiver.readyRead)
  assert.equal(receiver.receiveDatagram().data().toString(), 'tous')
  sender.close()
  receiver.close()
})

test('a multicast group is joined from AnyIPv4, on a named interface, once', async () => {
  const group = new QHostAddress('239.1.2.3')
  const receiver = bound(QHostAddress.AnyIPv4)
  assert.equal(receiver.joinMulticastGroup(group, 'lo'), true)
  assert.equal(receiver.joinMulticastGroup(group, 'lo'), false)
  const sender = bound(QHostAddress.AnyIPv4)
  sender.setMulticastInterface('lo')
  sender.setMulticastTtl(1)
  sender.setMulticastLoopback(true)
  sender.writeDatagram('groupe', group, receiver.localPort())
  await next(receiver.readyRead)
  assert.equal(receiver.leaveMulticastGroup(group, 'lo'), true)
  sender.close()
  receiver.close()
})

test('joining from Any, or unbound, gives a warning and false', () => {
  const group = new QHostAddress('239.1.2.3')
  const any = bound(QHostAddress.Any)
  const first = warnings(() => assert.equal(any.joinMulticastGroup(group), false))
  assert.match(first[0]!, /bind to QHostAddress::AnyIPv4 instead/)
  const second = warnings(() => assert.equal(new QUdpSocket().joinMulticastGroup(group), false))
  assert.match(second[0]!, /not in QUdpSocket::BoundState/)
  any.close()
})

test('the receive buffer can be enlarged', () => {
  const socket = bound()
  const before = socket.receiveBufferSize()
  socket.setReceiveBufferSize(before + 4096)
  assert.ok(socket.receiveBufferSize() > before)
  socket.close()
})

test('close() ends in Qt order and the object can bind again; abort() is abrupt', () => {
  const socket = bound()
  const seen = record(socket)
  socket.close()
  assert.deepEqual(seen, [
    'stateChanged ClosingState',
    'stateChanged UnconnectedState',
    'readChannelFinished',
    'disconnected',
  ])
  assert.equal(socket.bind(LOOPBACK, 0), true)
  seen.length = 0
  socket.abort()
  assert.deepEqual(seen, ['stateChanged UnconnectedState', 'readChannelFinished'])
})

test('a datagram keeps its content and its addresses', () => {
  const datagram = new QNetworkDatagram('données', new QHostAddress('192.168.1.1'), 1234)
  assert.equal(datagram.isValid(), true)
  assert.equal(datagram.senderPort(), -1)
  assert.equal(new QNetworkDatagram().isNull(), true)
  assert.equal(new QNetworkDatagram().destinationPort(), -1)
  datagram.setData('autre')
  datagram.setDestination(LOOPBACK, 5)
  assert.equal(datagram.data().toString(), 'autre')
  assert.deepEqual([`${datagram.destinationAddress()}`, datagram.destinationPort()], ['127.0.0.1', 5])
})

test('any content crosses whole, byte for byte', async () => {
  const receiver = bound()
  const sender = bound()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (content) => {
      sender.writeDatagram(new QNetworkDatagram(content, LOOPBACK, receiver.localPort()))
      await next(receiver.readyRead)
      assert.deepEqual([...receiver.receiveDatagram().data()], [...content])
    }),
    { numRuns: 50 },
  )
  sender.close()
  receiver.close()
})

test('the interface chosen for groups is told until the socket closes, and an unknown one changes nothing', () => {
  const local = Object.entries(networkInterfaces()).find(([, a]) => a?.some(({ internal }) => internal))![0]
  const socket = new QUdpSocket()
  socket.bind(QHostAddress.AnyIPv4)
  assert.equal(socket.multicastInterface().isValid(), false)
  socket.setMulticastInterface(local)
  socket.setMulticastInterface('nulle-part')
  assert.equal(socket.multicastInterface().name(), local)
  socket.close()
  assert.equal(socket.multicastInterface().isValid(), false)
})
