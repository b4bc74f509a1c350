import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { only, skip, watched } from './testing.ts'

describe('the probe', { skip }, () => {
  test('the terminal, the pipes of a child and its messages are no sockets of the program', async () => {
    const { events, text } = await watched(`
      console.log('bonjour')
      const child = require('node:child_process').spawn('cat')
      child.stdout.on('data', (data) => { console.log(String(data)); child.stdin.end() })
      child.stdin.write('du tube')`)
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['hello', 'exit'],
    )
    assert.match(text, /bonjour[\s\S]*du tube/)
  })

  test('nothing that a program can see of its sockets is changed', async () => {
    const source = `
      const net = require('node:net'), dgram = require('node:dgram')
      const facts = []
      const note = (what, o) => facts.push(what, o.readableFlowing, o.listenerCount('data'), o.listenerCount('error'),
        o.eventNames().length, Object.keys(o).length, Object.getOwnPropertySymbols(o).length)
      const s = net.createServer({ pauseOnConnect: true, allowHalfOpen: true }, (c) => {
        note('accepted', c)
        c.on('close', () => { facts.push(c.remotePort, c.remoteAddress, c.localPort, c.address()); s.close()
          const u = dgram.createSocket('udp4'); note('udp', u)
          u.send(Buffer.alloc(70000), 9, '127.0.0.1', (e) => {
            facts.push(e.code, e.message, u.listenerCount('error')); u.close(); console.log(JSON.stringify(facts)) }) })
        setTimeout(() => { facts.push(c.bytesRead, c.readableLength); c.resume(); c.end('fin') }, 50)
      }).listen(0, '127.0.0.1', () => {
        const c = net.connect(s.address().port, '127.0.0.1')
        note('client', c)
        facts.push(c.write.name, c.write.length, c.connect.length, Object.keys(net.Socket.prototype).length,
          process.listenerCount('uncaughtException'))
        c.end('bonjour'); c.resume()
      })`
    const { text } = await watched(source)
    assert.equal(text, (await watched(source, { probe: false })).text)
    assert.match(text, /EMSGSIZE/)
  })

  test('it ends with the program: an exit in a handler, an uncaught error, closed outputs', async () => {
    const listening = "require('node:net').createServer().listen(0, '127.0.0.1', function () { "
    const exited = await watched(`${listening} process.exit(3) })`)
    assert.equal(only(exited.events, 'exit')[0]?.code, 3)
    assert.equal(exited.exit.code, 3)
    const thrown = await watched(`${listening} throw new Error('aïe') })`)
    assert.equal(only(thrown.events, 'exit')[0]?.code, 1)
    const mute = await watched(
      `const fs = require('node:fs'); fs.closeSync(1); fs.closeSync(2); ${listening} this.close() })`,
    )
    assert.equal(only(mute.events, 'listen', 'unlisten').length, 2)
  })

  test('a worker and a child are told apart, and a silent pipe stays clean', async () => {
    const { events, text } = await watched(`
      const { fork } = require('node:child_process'), { Worker } = require('node:worker_threads'), net = require('node:net')
      const listen = () => net.createServer().listen(0, '127.0.0.1', function () { this.close(); process.disconnect?.() })
      if (process.argv[2] === 'enfant') { if (process.send) process.stdout.write('du tube'); listen() } else {
        const child = fork(__filename, ['enfant'], { silent: true })
        let read = ''
        child.stdout.on('data', (data) => { read += data })
        child.on('exit', () => { console.log(JSON.stringify(read)); new Worker(__filename, { argv: ['enfant'] }) })
      }`)
    assert.match(text, /"du tube"/)
    const listened = new Set(only(events, 'listen').map(({ process }) => process))
    assert.equal(listened.size, 2)
    assert.ok(
      [...listened].some((process) => /^\d+\.\d+$/.test(process)),
      'a worker says its number',
    )
  })

  test('a terminal that nobody reads never makes the program wait; what is lost is counted', async () => {
    const { events, text } = await watched(
      `
      const { createSocket } = require('node:dgram')
      let longest = 0
      const sockets = []
      const end = Date.now() + 1500
      const next = () => {
        const before = performance.now()
        for (let i = 0; i < 20; i++) { const s = createSocket('udp4'); s.bind({ port: 0, exclusive: true }); s.send('x', 9, '127.0.0.1', () => s.close()) }
        longest = Math.max(longest, performance.now() - before)
        if (Date.now() < end) setTimeout(next, 2)
        else setTimeout(() => { createSocket('udp4').bind(0, function () { this.close(); console.log('fini') }) }, 700)
      }
      next()`,
      {
        meanwhile: (pty) => {
          void delay(300).then(() => pty.pause())
          void delay(2300).then(() => pty.resume())
        },
      },
    )
    assert.match(text, /fini/)
    const lost = events.reduce((sum, event) => sum + (event.lost ?? 0), 0)
    assert.ok(lost > 0, 'the terminal was full')
    assert.equal(events.at(-1)!.order + 1, events.length + lost, 'each event is told or counted')
  })

  test('a key typed while it speaks hardly ever damages an event', async () => {
    let typing: NodeJS.Timeout | undefined
    const { events, damaged } = await watched(
      `const net = require('node:net')
      let n = 0
      const next = () => { if (n++ === 300) process.exit(); net.createServer().listen(0, '127.0.0.1', function () { this.close(next) }) }
      next()`,
      {
        meanwhile: (pty) => {
          typing = setInterval(() => pty.write(Buffer.from('abcdefgh\x7f')), 2)
        },
      },
    )
    clearInterval(typing)
    const lost = events.reduce((sum, event) => sum + (event.lost ?? 0), 0)
    const missing = events.at(-1)!.order + 1 - events.length - lost
    assert.ok(
      missing <= 12 && damaged <= missing,
      `${missing} events missing, ${damaged} damaged, ${lost} lost`,
    )
    assert.ok(events.length > 300)
  })

  test('it is silent without the variable of the runner, and without a terminal', async () => {
    const source = "require('node:net').createServer().listen(0, function () { this.close() })"
    const { events, text } = await watched(source, { probe: false })
    assert.deepEqual({ events, text }, { events: [], text: '' })
    const piped = spawnSync(
      'setsid',
      ['-w', process.execPath, `--require=${join(import.meta.dirname, 'preload.cjs')}`, '-e', source],
      { env: { ...process.env, PRISE_DIRECTE_SONDE: '/' }, encoding: 'utf8' },
    )
    if (!piped.error) assert.deepEqual([piped.status, piped.stdout, piped.stderr], [0, '', ''])
  })
})
