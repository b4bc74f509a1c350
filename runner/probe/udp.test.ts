import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesOf, only, skip, watched } from './testing.ts'

describe('the probe of UDP', { skip }, () => {
  test('a datagram sent before the socket has a port is one send, at the line that sent it', async () => {
    const { events } = await watched(`
      const { createSocket } = require('node:dgram')
      const r = createSocket('udp4', (m) => { if (String(m) === 'deux') { r.close(); e.close() } })
      const e = createSocket('udp4')
      r.bind(0, '127.0.0.1', () => {
        e.send('un', r.address().port, '127.0.0.1')
        e.send(['d', 'eux'], r.address().port, '127.0.0.1')
      })`)
    const sent = only(events, 'send')
    const received = only(events, 'receive')
    assert.deepEqual(
      sent.map(({ bytes, site }) => [bytes, String(site).replace(/:\d+$/, '')]),
      [
        [2, 'programme.cjs:6'],
        [4, 'programme.cjs:7'],
      ],
    )
    assert.deepEqual(
      received.map(({ hash }) => hash),
      sent.map(({ hash }) => hash),
    )
    assert.equal(only(events, 'bind').length, 2)
    assert.ok(sent[0]!.at <= received[0]!.at)
  })

  test('what the system refuses is told, and the error of the program is the same', async () => {
    const source = `
      const { createSocket } = require('node:dgram')
      const s = createSocket('udp4')
      const said = (e) => { console.log(e.code, e.message); s.close() }
      s.bind(0, '127.0.0.1', () => s.send(Buffer.alloc(70000), 9, '127.0.0.1', said))`
    const { events, text } = await watched(source)
    assert.equal(only(events, 'send-failed')[0]?.error, 'EMSGSIZE')
    assert.equal(text, (await watched(source, { probe: false })).text)
  })

  test('a flood to several ends is told in groups that have all its datagrams', async () => {
    const { events } = await watched(`
      const { createSocket } = require('node:dgram')
      const s = createSocket('udp4')
      s.bind(0, '127.0.0.1', () => {
        let n = 0
        const some = () => { for (let i = 0; i < 100; i++, n++) s.send('xyz', 40000 + (n % 40), '127.0.0.1')
          if (n < 8000) setImmediate(some); else setTimeout(() => s.close(), 200) }
        some()
      })`)
    const sent = only(events, 'send')
    assert.equal(bytesOf(sent), 24_000)
    assert.equal(
      sent.reduce((sum, { times = 1 }) => sum + times, 0),
      8000,
    )
    assert.ok(sent.length < 1500, `${sent.length} events`)
  })

  test('groups joined and left, and a port already taken', async () => {
    const { events, text } = await watched(`
      const { createSocket } = require('node:dgram')
      const a = createSocket('udp4'), b = createSocket('udp4')
      b.on('error', (e) => { console.log(e.code); a.close() })
      a.bind(0, '0.0.0.0', () => {
        try { a.addMembership('1.2.3.4') } catch (e) { console.log(e.code) }
        try { a.addMembership('239.1.2.3', '127.0.0.1'); a.dropMembership('239.1.2.3', '127.0.0.1') } catch {}
        b.bind(a.address().port)
      })`)
    assert.equal(only(events, 'join')[0]?.error, 'EINVAL')
    assert.equal(only(events, 'join')[1]?.group, '239.1.2.3')
    assert.equal(only(events, 'leave').length, 1)
    assert.equal(only(events, 'error')[0]?.error, 'EADDRINUSE')
    assert.match(text, /EINVAL\r\nEADDRINUSE/)
  })
})
