import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesOf, only, skip, watched } from './testing.ts'

/** A server that answers, and a client whose part is given; both end. */
const pair = (client: string, server = 'c.resume()') => `
const net = require('node:net')
const s = net.createServer((c) => { c.on('error', () => {}); c.on('close', () => s.close()); ${server} })
s.listen(0, '127.0.0.1', () => { const c = net.connect(s.address().port, '127.0.0.1'); c.on('error', () => {}); ${client} })
`

describe('the probe of TCP', { skip }, () => {
  test('what is written before the connection leaves once, at the line that wrote it', async () => {
    const { events } = await watched(pair("c.once('connectionAttempt', () => { c.write('avant'); c.end() })"))
    const sent = only(events, 'send')
    assert.deepEqual(
      sent.map(({ bytes, offset, preview, site }) => ({ bytes, offset, preview, site })),
      [{ bytes: 5, offset: 0, preview: 'YXZhbnQ=', site: sent[0]!.site }],
    )
    assert.match(String(sent[0]!.site), /^programme\.cjs:4:\d+$/)
    assert.equal(only(events, 'shutdown').length, 2, 'each side says once that it sends no more')
  })

  test('end(data) is a send too', async () => {
    const { events } = await watched(pair("c.end('fin')"))
    assert.equal(bytesOf(only(events, 'send')), 3)
    assert.equal(bytesOf(only(events, 'receive')), 3)
  })

  test('writes that leave together are one send, whose cuts make its bytes', async () => {
    const { events } = await watched(
      pair(
        "c.on('connect', () => { c.cork(); c.write('un'); c.write('deux'); c.write('é'); c.uncork(); c.end() })",
      ),
    )
    const [sent] = only(events, 'send')
    assert.deepEqual(sent?.cuts, [2, 4, 2])
    assert.equal(sent?.bytes, 8)
    assert.equal(Buffer.from(sent?.preview ?? '', 'base64').toString(), 'undeuxé')
  })

  test('a connection is accepted before the welcome is sent', async () => {
    const { events } = await watched(pair('c.resume()', "c.end('BIENVENUE')"))
    const order = events.map(({ kind }) => kind)
    assert.ok(order.indexOf('accept') < order.indexOf('send'))
    const [accepted] = only(events, 'accept')
    assert.equal(accepted!.remote, only(events, 'connected')[0]!.local)
    assert.equal(accepted!.server, only(events, 'listen')[0]!.socket)
  })

  test('a flood is told in groups that have all its bytes', async () => {
    const { events } = await watched(
      pair("let n = 0; const f = () => { if (n++ < 5000) c.write('x'.repeat(1000), f); else c.end() }; f()"),
    )
    assert.equal(bytesOf(only(events, 'send')), 5_000_000)
    assert.equal(bytesOf(only(events, 'receive')), 5_000_000)
    assert.ok(only(events, 'send').some(({ times = 1 }) => times > 1))
    assert.ok(events.length < 1500, `${events.length} events`)
    let offset = 0
    for (const sent of only(events, 'send')) {
      assert.equal(sent.offset, offset)
      offset += sent.bytes
    }
  })

  test('a refusal, a reset, an end: each is told as what it was', async () => {
    const refused = await watched(`
      const net = require('node:net')
      const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => {
        net.connect(port, '127.0.0.1').on('error', (e) => console.log(e.code)) }) })`)
    assert.deepEqual(
      only(refused.events, 'refused').map(({ error }) => error),
      ['ECONNREFUSED'],
    )
    assert.match(refused.text, /ECONNREFUSED/)
    const reset = await watched(pair('c.resume()', "c.once('data', () => {}); c.resetAndDestroy()"))
    assert.ok(only(reset.events, 'close').some((closed) => closed.reset))
    const ended = await watched(pair("c.end('a')"))
    assert.deepEqual(
      only(ended.events, 'fin')
        .map(({ offset }) => offset)
        .sort(),
      [0, 1],
    )
  })

  test('a socket that connects again starts again from its first byte', async () => {
    const { events } = await watched(`
      const net = require('node:net')
      let seen = 0
      const s = net.createServer((c) => { c.on('data', () => c.end()) }).listen(0, '127.0.0.1', () => {
        const c = new net.Socket()
        c.on('close', () => { if (seen++ === 0) go(); else s.close() })
        const go = () => { c.connect(s.address().port, '127.0.0.1'); c.write('bonjour') }
        c.resume(); go() })`)
    const [client] = only(events, 'connect')
    const sent = only(events, 'send').filter(({ socket }) => socket === client!.socket)
    assert.deepEqual(
      sent.map(({ offset, bytes, site }) => [offset, bytes, String(site).replace(/:\d+$/, '')]),
      [
        [0, 7, 'programme.cjs:7'],
        [0, 7, 'programme.cjs:7'],
      ],
    )
  })

  test('what Node reads without the socket (HTTP) is counted when it closes', async () => {
    const { events } = await watched(`
      const http = require('node:http')
      const s = http.createServer((q, r) => r.end('ok')).listen(0, '127.0.0.1', () => {
        http.get({ port: s.address().port, host: '127.0.0.1', agent: false }, (r) => { r.resume(); r.on('end', () => s.close()) }) })`)
    const accepted = only(events, 'accept')[0]!.socket
    const closed = only(events, 'close').find(({ socket }) => socket === accepted)
    const read = bytesOf(only(events, 'receive').filter(({ socket }) => socket === accepted))
    assert.ok((closed?.unseen ?? 0) + read > 50, JSON.stringify(closed))
  })

  test('the twin tells its signals on its socket, its two tries, and the lines that write', async () => {
    const refused = await watched(`
import { QTcpSocket, QTcpServer, QHostAddress } from '#qt-network'
const serveur = new QTcpServer(); serveur.listen(QHostAddress.LocalHost, 0); const port = serveur.serverPort(); serveur.close()
const s = new QTcpSocket(); s.errorOccurred.connect(() => {}); s.connectToHost('127.0.0.1', port)`)
    assert.equal(only(refused.events, 'refused').length, 2)
    const [error] = only(refused.events, 'signal')
    assert.equal(error?.signal, 'errorOccurred')
    assert.equal(error?.value, 'ConnectionRefusedError')
    assert.equal(error?.socket, only(refused.events, 'connect')[1]?.socket)

    const { events } = await watched(`
import { QTcpSocket, QTcpServer, QHostAddress } from '#qt-network'
const serveur = new QTcpServer(); serveur.listen(QHostAddress.LocalHost, 0)
serveur.newConnection.connect(() => { const c = serveur.nextPendingConnection()!
  c.readyRead.connect(() => { c.disconnectFromHost(); serveur.close() }) })
const s = new QTcpSocket(); s.connectToHost('127.0.0.1', serveur.serverPort())
s.connected.connect(() => {
  s.write('un')
  s.write('deux')
})`)
    const [sent] = only(events, 'send')
    assert.equal(sent?.bytes, 6)
    assert.deepEqual(sent?.cuts, [2, 4])
    assert.deepEqual(
      [sent?.site ?? []].flat().map((site) => site.replace(/:\d+$/, '')),
      ['programme.mts:8', 'programme.mts:9'],
    )
    const names = only(events, 'signal').map(({ signal }) => signal)
    for (const name of ['connected', 'newConnection', 'readyRead', 'disconnected'])
      assert.ok(names.includes(name), name)
    assert.ok(only(events, 'signal').find(({ signal, unheard }) => signal === 'disconnected' && unheard))
  })
})
