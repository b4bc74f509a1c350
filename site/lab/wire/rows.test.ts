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
