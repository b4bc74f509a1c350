import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figureOf } from './figure.ts'
import { rowsOf } from './rows.ts'
import { Scene } from './scene.ts'
import { Program } from './testing.ts'

test('a port that is taken is said once, though the twin asks twice why; another attempt is said again', () => {
  const server = new Program('serveur', 1)
  const fails = (at: number, told: object) =>
    server.does(at, { kind: 'error', error: 'EADDRINUSE', call: 'listen', ...told })
  fails(1, { socket: 1, local: '[::]:1234' })
  fails(2, { socket: 2 })
  fails(3, { socket: 3, local: '[::]:1234' })
  const said = rowsOf(figureOf(server.happenings), 'events').map(({ moment }) => moment.end?.socket)
  assert.deepEqual(said, [1, 3])
})

test('what no event tells is drawn when it is asked for, and its effect is said all the same', () => {
  const client = new Program('client', 1)
  const server = new Program('serveur', 2)
  server.does(1, { kind: 'listen', socket: 1, local: '127.0.0.1:1234' })
  client.does(2, { kind: 'connect', socket: 1, remote: '127.0.0.1:1234' })
  client.does(3, { kind: 'connected', socket: 1, remote: '127.0.0.1:1234', local: '127.0.0.1:4000' })
  server.does(4, { kind: 'accept', socket: 2, server: 1, local: '127.0.0.1:1234', remote: '127.0.0.1:4000' })
  client.does(6, { kind: 'fin', socket: 1, offset: 0 })
  const over = { kind: 'over', at: 5, code: 143 } as const
  const figure = figureOf([
    ...client.happenings,
    ...server.happenings,
    { role: 'serveur', run: 2, offset: 0, event: over },
  ])
  const roles = ['client', 'serveur'].map((role) => ({ role, title: role }))
  const sceneOf = (deduced: boolean) =>
    new Scene({ figure, level: 'service', count: figure.moments.length, roles, width: 900, deduced })
  const said = (scene: Scene) => scene.spoken.map(({ row }) => scene.sentenceOf(row))
  assert.equal(sceneOf(true).figure.arrows.filter(({ deduced }) => deduced).length, 1)
  assert.equal(sceneOf(false).figure.arrows.filter(({ deduced }) => deduced).length, 0)
  assert.ok(said(sceneOf(false)).some((sentence) => /client voit la fin/.test(sentence)))
})

test('a datagram that the relay keeps says so, even where its departure and its arrival are one row', () => {
  const [sender, relay, receiver] = [
    new Program('emetteur', 1),
    new Program('relais', 2),
    new Program('recepteur', 3),
  ]
  const data = (name: string, bytes: number) => ({ bytes, hash: name, preview: '' })
  sender.does(1, { kind: 'bind', socket: 1, local: '127.0.0.1:4000' })
  relay.does(2, { kind: 'bind', socket: 1, local: '127.0.0.1:5000' })
  relay.does(3, { kind: 'bind', socket: 2, local: '127.0.0.1:5001' })
  receiver.does(4, { kind: 'bind', socket: 1, local: '127.0.0.1:6000' })
  for (const [at, name] of [
    [10, 'a'],
    [20, 'b'],
  ] as const) {
    const sent = data(name, at)
    sender.does(at, { kind: 'send', socket: 1, local: '127.0.0.1:4000', remote: '127.0.0.1:5000', ...sent })
    relay.does(at + 1, {
      kind: 'receive',
      socket: 1,
      local: '127.0.0.1:5000',
      remote: '127.0.0.1:4000',
      ...sent,
    })
    if (name === 'b') continue
    relay.does(at + 2, {
      kind: 'send',
      socket: 2,
      local: '127.0.0.1:5001',
      remote: '127.0.0.1:6000',
      ...sent,
    })
    receiver.does(at + 3, {
      kind: 'receive',
      socket: 1,
      local: '127.0.0.1:6000',
      remote: '127.0.0.1:5001',
      ...sent,
    })
  }
  const figure = figureOf([...sender.happenings, ...relay.happenings, ...receiver.happenings])
  const roles = ['emetteur', 'relais', 'recepteur'].map((role) => ({ role, title: role }))
  const scene = new Scene({
    figure,
    level: 'events',
    count: figure.moments.length,
    roles,
    width: 900,
    deduced: true,
  })
  const said = scene.spoken.map(({ row }) => scene.sentenceOf(row).replace(/\s/g, ' '))
  const kept = said.filter((sentence) => /pas retransmis/.test(sentence))
  assert.deepEqual(kept, ['emetteur envoie « … » à relais ; 20 octets, pas retransmis'], said.join('\n'))
})
