import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { QAbstractSocket, QHostAddress, QTcpServer, QTcpSocket } from './index.ts'
import { connectedPair, next, record, turns, warnings } from './testing.ts'

const { SocketState, SocketError } = QAbstractSocket

function client(port: number): QTcpSocket {
  const socket = new QTcpSocket()
  socket.connectToHost('127.0.0.1', port)
  return socket
}

test('listen() answers at once, and 0 lets the system choose the port', () => {
  const server = new QTcpServer()
  assert.equal(server.errorString(), '')
  assert.equal(server.listen(QHostAddress.AnyIPv4, 0), true)
  assert.ok(server.serverPort() > 0)
  assert.equal(server.serverAddress().toString(), '0.0.0.0')
  server.close()
  assert.equal(server.isListening(), false)
  assert.equal(server.serverPort(), 0)
})

test('a port already taken, a foreign address: false at once, with the reason and no signal', () => {
  const first = new QTcpServer()
  first.listen(QHostAddress.LocalHost, 0)
  const second = new QTcpServer()
  second.acceptError.connect(() => assert.fail('no signal'))
  for (const address of [QHostAddress.LocalHost, QHostAddress.AnyIPv4, QHostAddress.Any]) {
    assert.equal(second.listen(address, first.serverPort()), false)
    assert.equal(second.serverError(), SocketError.AddressInUseError)
    assert.equal(second.errorString(), 'The bound address is already in use')
  }
  assert.equal(second.listen(new QHostAddress('203.0.113.7'), 0), false)
  assert.equal(second.serverError(), SocketError.SocketAddressNotAvailableError)
  first.close()
})

test('listening twice is refused with a warning, and the server goes on', () => {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const said = warnings(() => assert.equal(server.listen(QHostAddress.LocalHost, 0), false))
  assert.deepEqual(said, ['QTcpServer::listen() called when already listening'])
  assert.equal(server.isListening(), true)
  server.close()
})

test('AnyIPv4 and AnyIPv6 share a port, Any excludes both', () => {
  const four = new QTcpServer()
  four.listen(QHostAddress.AnyIPv4, 0)
  const six = new QTcpServer()
  assert.equal(six.listen(QHostAddress.AnyIPv6, four.serverPort()), true)
  const both = new QTcpServer()
  assert.equal(both.listen(QHostAddress.Any, four.serverPort()), false)
  four.close()
  six.close()
})

test('on Any an IPv4 client appears in its IPv6 form', async () => {
  const server = new QTcpServer()
  server.listen(QHostAddress.Any, 0)
  const socket = client(server.serverPort())
  await next(server.newConnection)
  const peer = server.nextPendingConnection()!
  assert.equal(peer.peerAddress().toString(), '::ffff:127.0.0.1')
  socket.abort()
  peer.abort()
  server.close()
})

test('newConnection comes once per connection, already in the queue', async () => {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const seen: boolean[] = []
  server.newConnection.connect(() => void seen.push(server.hasPendingConnections()))
  const clients = [client(server.serverPort()), client(server.serverPort())]
  while (seen.length < 2) await next(server.newConnection)
  assert.deepEqual(seen, [true, true])
  assert.notEqual(server.nextPendingConnection(), null)
  assert.notEqual(server.nextPendingConnection(), null)
  assert.equal(server.nextPendingConnection(), null)
  server.deleteLater()
  for (const socket of clients) await next(socket.disconnected)
})

test('beyond the maximum, connections are held and not dropped; 0 announces none', async () => {
  const server = new QTcpServer()
  server.setMaxPendingConnections(1)
  server.listen(QHostAddress.LocalHost, 0)
  let announced = 0
  server.newConnection.connect(() => void announced++)
  const [a, b] = [client(server.serverPort()), client(server.serverPort())]
  await Promise.all([next(a.connected), next(b.connected)])
  await turns()
  assert.equal(announced, 1)
  const first = server.nextPendingConnection()!
  await next(server.newConnection)
  assert.equal(announced, 2)
  assert.equal(b.state(), SocketState.ConnectedState)
  first.abort()
  server.deleteLater()
  await next(b.disconnected)
})

test('pauseAccepting() announces nothing until resumeAccepting(), and no byte is lost', async () => {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  server.pauseAccepting()
  let announced = 0
  server.newConnection.connect(() => void announced++)
  const socket = client(server.serverPort())
  await next(socket.connected)
  socket.write('patience')
  await next(socket.bytesWritten)
  await turns()
  assert.equal(announced, 0)
  server.resumeAccepting()
  await next(server.newConnection)
  const peer = server.nextPendingConnection()!
  await next(peer.readyRead)
  assert.equal(peer.readAll().toString(), 'patience')
  socket.abort()
  server.deleteLater()
})

test('data arrived before nextPendingConnection() gives no late readyRead, and is there', async () => {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  const socket = client(server.serverPort())
  await next(server.newConnection)
  socket.write('abc')
  await next(socket.bytesWritten)
  await turns(5)
  const peer = server.nextPendingConnection()!
  const heard = record(peer)
  await turns()
  assert.deepEqual(heard, [])
  assert.equal(peer.bytesAvailable(), 3)
  socket.write('de')
  await next(peer.readyRead)
  assert.equal(peer.readAll().toString(), 'abcde')
  socket.abort()
  server.deleteLater()
})

test('close() lets the sockets taken live, cuts those in the queue, and frees the port', async () => {
  using pair = await connectedPair()
  const port = pair.server.serverPort()
  const waiting = client(port)
  await next(pair.server.newConnection)
  await next(waiting.connected)
  pair.server.close()
  await next(waiting.disconnected)
  pair.client.write('encore')
  await next(pair.peer.readyRead)
  assert.equal(pair.server.listen(QHostAddress.LocalHost, port), true)
})

test('a refused client sees connected, then an ordinary end', async () => {
  const server = new QTcpServer()
  server.listen(QHostAddress.LocalHost, 0)
  server.newConnection.connect(() => server.nextPendingConnection()!.disconnectFromHost())
  const socket = client(server.serverPort())
  const seen = record(socket)
  await next(socket.disconnected)
  assert.equal(seen.includes('connected'), true)
  assert.equal(seen.includes('errorOccurred RemoteHostClosedError'), true)
  server.close()
})

test('a listening server keeps the program alive, and a closed one lets it end', async () => {
  const index = join(import.meta.dirname, 'index.ts')
  const program = `import { QTcpServer, QHostAddress } from '${index}'
    const server = new QTcpServer()
    server.listen(QHostAddress.LocalHost, 0)
    console.log('pret')
    process.stdin.once('data', () => { server.close(); process.stdin.unref() })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe' })
  await once(child.stdout, 'data')
  assert.equal(child.exitCode, null)
  child.stdin.write('fin')
  const [code] = await once(child, 'exit')
  assert.equal(code, 0)
})
