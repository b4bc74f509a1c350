import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ArgumentInvalide,
  QAbstractSocket,
  QDataStream,
  QHostAddress,
  QNetworkDatagram,
  QNetworkInterface,
  QTcpServer,
  QTcpSocket,
  QUdpSocket,
} from './index.ts'
import { connectedPair, next } from './testing.ts'

/** What a program without types may pass. */
// biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
type Wrong = any

test('a wrong argument gets a French sentence that says what was expected, never a TypeError', () => {
  const udp = new QUdpSocket()
  const tcp = new QTcpSocket()
  const calls: [() => unknown, RegExp][] = [
    [
      () => udp.bind('12345' as Wrong),
      /bind.*l'adresse doit être un QHostAddress, pas le texte « 12345 »\.$/,
    ],
    [() => udp.bind(QHostAddress.Any, '12345' as Wrong), /le port doit être un nombre, pas le texte/],
    [() => udp.writeDatagram('x', '127.0.0.1' as Wrong, 5000), /writeDatagram.*un QHostAddress/],
    [
      () => udp.writeDatagram(undefined as Wrong, QHostAddress.LocalHost, 5000),
      /un texte ou un Buffer, pas undefined/,
    ],
    [() => udp.joinMulticastGroup('239.0.0.1' as Wrong), /le groupe doit être un QHostAddress/],
    [() => tcp.connectToHost('127.0.0.1', '4000' as Wrong), /connectToHost.*le port doit être un nombre/],
    [() => tcp.connectToHost(null as Wrong, 4000), /l'hôte doit être un texte ou un QHostAddress, pas null/],
    [() => tcp.write(42 as Wrong), /write.*un texte ou un Buffer, pas 42/],
    [() => new QTcpServer().listen('0.0.0.0' as Wrong), /listen.*un QHostAddress/],
    [() => new QHostAddress({} as Wrong), /un texte, un nombre ou un QHostAddress, pas un objet Object/],
    [() => new QNetworkDatagram([] as Wrong), /QNetworkDatagram.*le contenu/],
    [() => tcp.readyRead.connect(tcp as Wrong), /le slot doit être une fonction/],
    [() => new QDataStream(null as Wrong), /le périphérique doit être un QTcpSocket/],
  ]
  for (const [call, sentence] of calls) {
    assert.throws(
      call,
      (error: Error) => error instanceof ArgumentInvalide && sentence.test(error.message),
      `${call}`,
    )
  }
})

test('a state joined to a text gives its name, and is still a number where one is needed', () => {
  assert.equal('état ' + new QTcpSocket().state(), 'état UnconnectedState')
  assert.equal(+QAbstractSocket.SocketState.BoundState, 4)
})

test('bind(port) reserves the port on every interface, and a mode may follow', () => {
  const socket = new QUdpSocket()
  assert.equal(socket.bind(0), true)
  assert.equal(socket.localAddress(), QHostAddress.Any)
  const second = new QUdpSocket()
  second.errorOccurred.connect(() => {})
  assert.equal(second.bind(socket.localPort(), QAbstractSocket.BindFlag.ShareAddress), false)
  socket.close()
  assert.equal(second.bind(0, QAbstractSocket.BindFlag.ShareAddress), true)
  second.close()
})

test('a datagram is cleared, and its sender changed', () => {
  const datagram = new QNetworkDatagram('x', QHostAddress.LocalHost, 5000)
  datagram.setSender(QHostAddress.LocalHost, 6000)
  assert.equal(datagram.senderPort(), 6000)
  datagram.clear()
  assert.equal(datagram.isNull(), true)
  assert.equal(datagram.destinationPort(), -1)
  assert.equal(datagram.data().length, 0)
})

test('the loopback interface has its address and its network', () => {
  const loopback = QNetworkInterface.allInterfaces().find((i) => i.isLoopBack())!
  const entry = loopback.addressEntries().find((e) => e.ip().toString() === '127.0.0.1')
  assert.equal(QNetworkInterface.interfaceFromName(loopback.name()).isValid(), true)
  assert.equal(QNetworkInterface.interfaceFromName('nulle').isValid(), false)
  assert.equal(entry === undefined || entry.broadcast().toString() === '127.255.255.255', true)
})

test('a redefined incomingConnection() receives each connection, announced even when it keeps the socket', async () => {
  class Server extends QTcpServer {
    kept: QTcpSocket | null = null
    protected override incomingConnection(
      descriptor: Parameters<QTcpSocket['setSocketDescriptor']>[0],
    ): void {
      this.kept = new QTcpSocket(this)
      this.kept.setSocketDescriptor(descriptor)
    }
  }
  const server = new Server()
  server.listen(QHostAddress.LocalHost, 0)
  const client = new QTcpSocket()
  const announced = next(server.newConnection)
  client.connectToHost('127.0.0.1', server.serverPort())
  await announced
  assert.equal(server.hasPendingConnections(), false)
  assert.equal(server.kept?.state(), QAbstractSocket.SocketState.ConnectedState)
  client.abort()
  server.kept?.abort()
  server.close()
})

test('a stream whose end has not come is rolled back, then read whole', async () => {
  using pair = await connectedPair()
  const whole: Buffer[] = []
  new QDataStream({
    ...{
      read: () => Buffer.alloc(0),
      startTransaction() {},
      commitTransaction() {},
      rollbackTransaction() {},
    },
    ...{
      isTransactionStarted: () => false,
      write: (bytes: Uint8Array) => whole.push(Buffer.from(bytes)) && bytes.length,
    },
  })
    .writeUInt16(7)
    .writeString('été')
  const message = Buffer.concat(whole)
  const stream = new QDataStream(pair.client)
  const read = () => {
    stream.startTransaction()
    const values = [stream.readUInt16(), stream.readString()]
    return stream.commitTransaction() ? values : null
  }
  let came = next(pair.client.readyRead)
  pair.peer.write(message.subarray(0, 7))
  await came
  assert.equal(read(), null)
  assert.equal(stream.status(), 'ReadPastEnd')
  assert.equal(pair.client.bytesAvailable(), 7)
  came = next(pair.client.readyRead)
  pair.peer.write(message.subarray(7))
  await came
  assert.deepEqual(read(), [7, 'été'])
  assert.equal(pair.client.atEnd(), true)
})
