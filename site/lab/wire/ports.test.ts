import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { TraceEvent } from '../../../labs/trace.ts'
import { figureOf } from './figure.ts'
import { openSockets } from './ports.ts'

it('lists the sockets that are open, with the groups that they are still members of', () => {
  const told = [
    { kind: 'listen', socket: 1, local: '[::]:1234' },
    { kind: 'bind', socket: 2, local: '0.0.0.0:5000' },
    { kind: 'join', socket: 2, group: '239.1.1.1' },
    { kind: 'join', socket: 2, group: '239.1.1.2' },
    { kind: 'leave', socket: 2, group: '239.1.1.1' },
    { kind: 'connect', socket: 3, remote: '127.0.0.1:80' },
    { kind: 'connected', socket: 3, remote: '127.0.0.1:80', local: '127.0.0.1:4000' },
    { kind: 'connect', socket: 4, remote: '127.0.0.1:81' },
    { kind: 'close', socket: 4 },
  ]
  const happenings = told.map((event, order) => ({
    role: 'serveur',
    run: 1,
    offset: 0,
    event: { process: '1', order, at: order, ...event } as unknown as TraceEvent,
  }))
  assert.deepEqual(
    openSockets(figureOf(happenings)).map(({ protocol, port, state, groups }) => [
      protocol,
      port,
      state,
      groups,
    ]),
    [
      ['TCP', 1234, 'listens', []],
      ['UDP', 5000, 'bound', ['239.1.1.2']],
      ['TCP', 4000, 'connected', []],
    ],
  )
})
