/** What a program sees of its errors is the same with and without the probe. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { skip, watched } from './testing.ts'

/** The text of a program with the probe and without it: random ports and process numbers made the same. */
async function twice(source: string): Promise<[string, string]> {
  const [seen, alone] = await Promise.all([watched(source), watched(source, { probe: false })])
  assert.ok(seen.events.length > 0, 'it was observed')
  const plain = (text: string) => text.replace(/sonde-\w+/g, 'dossier').replace(/\b\d{4,5}\b/g, 'n')
  return [plain(seen.text), plain(alone.text)]
}

const NODE = `
  const net = require('node:net'), dgram = require('node:dgram')
  const say = (what, error) => console.log(what, error.stack)
  const trying = (what, run) => { try { run() } catch (error) { say(what, error) } }
  const deep = (n, run) => n === 0 ? run() : deep(n - 1, run)
  say('start', new Error('ici'))
  deep(14, () => say('deep', new Error('loin')))
  const target = {}
  const s = net.createServer((c) => {
    say('connection', new Error('acceptée'))
    trying('end', () => deep(5, () => c.end(42)))
    c.on('data', () => { say('data', new Error('lue')); c.end('fin') })
    c.on('end', () => say('fin', new Error('finie')))
    c.on('close', () => { s.close(udp) })
  })
  s.listen(0, '127.0.0.1', () => {
    Error.captureStackTrace(target)
    say('listening', target)
    const { port } = s.address()
    trying('listen', () => net.createServer().listen({ port: 'x' }))
    net.createServer().on('error', (error) => say('taken', error)).listen(port, '127.0.0.1')
    const c = net.connect(port, '127.0.0.1', () => { say('connect', new Error('connecté')); c.write('bonjour') })
    trying('write', () => c.write({}))
    c.resume()
  })
  function udp() {
    const u = dgram.createSocket('udp4', () => { say('message', new Error('reçu')); u.close(refused) })
    u.bind(0, '127.0.0.1', () => {
      trying('send', () => u.send('x', -1))
      trying('join', () => u.addMembership('rien'))
      u.send('x', u.address().port, '127.0.0.1')
    })
  }
  function refused() {
    const c = net.connect(1, '127.0.0.1')
    c.on('error', (error) => {
      say('refused', error)
      console.trace('trace')
      Error.stackTraceLimit = 3
      deep(5, () => say('three', new Error('trois')))
      Error.stackTraceLimit = 50
      throw new TypeError('dans un gestionnaire')
    })
  }`

const TWIN = `import { QHostAddress, QTcpServer, QTcpSocket } from '#qt-network'
  const server = new QTcpServer()
  server.newConnection.connect(() => {
    console.log(new Error('un client').stack)
    const client = server.nextPendingConnection()!
    client.readyRead.connect(() => { console.log(new Error('lu').stack); throw new Error(String(client.readAll())) })
  })
  server.listen(QHostAddress.LocalHost, 0)
  const socket = new QTcpSocket()
  socket.connected.connect(() => socket.write(Buffer.from('bonjour')))
  socket.connectToHost(QHostAddress.LocalHost, server.serverPort())`

describe('the errors of a program', { skip }, () => {
  test('their traces are those that it would have without the probe: thrown, kept, printed, uncaught', async () => {
    const [seen, alone] = await twice(NODE)
    assert.equal(seen, alone)
    for (const what of [
      'connection',
      'data',
      'deep',
      'taken',
      'write',
      'send',
      'join',
      'message',
      'refused',
      'three',
    ]) {
      assert.match(alone, new RegExp(`^${what} `, 'm'))
    }
    assert.match(alone, /TypeError: dans un gestionnaire[\s\S]*at Socket.emit/)
  })

  test('those of the slots of the twin too', async () => {
    const [seen, alone] = await twice(TWIN)
    assert.equal(seen, alone)
    assert.match(alone, /Error: lu[\s\S]*Error: bonjour/)
  })
})
