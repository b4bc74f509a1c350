import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { TraceEvent } from '../../../labs/trace.ts'
import { figureOf } from './figure.ts'
import type { Happening } from './moments.ts'
import { Program } from './testing.ts'

const SERVER = '127.0.0.1:1234'
const CLIENT = '127.0.0.1:40000'

/** A connection over which the client writes `sent`, which the server reads in pieces of `read`. */
function stream(sent: readonly number[], read: readonly number[], skew: number): Happening[] {
  const client = new Program('client', 1)
  const server = new Program('serveur', 2, skew)
  let now = 2_000_000
  const tick = () => {
    now += 10
    return now
  }
  server.does(tick(), { kind: 'listen', socket: 1, local: '[::]:1234' })
  client.does(tick(), { kind: 'connect', socket: 1, remote: SERVER })
  server.does(tick(), {
    kind: 'accept',
    socket: 2,
    server: 1,
    local: SERVER,
    remote: `[::ffff:127.0.0.1]:40000`,
  })
  client.does(tick(), { kind: 'connected', socket: 1, remote: SERVER, local: CLIENT })
  let [gone, taken] = [0, 0]
  let next = 0
  for (const bytes of sent) {
    client.does(tick(), { kind: 'send', socket: 1, bytes, offset: gone })
    gone += bytes
    const size = read[next]
    if (size === undefined || taken + size > gone) continue
    next += 1
    server.does(tick(), { kind: 'receive', socket: 2, bytes: size, offset: taken })
    taken += size
  }
  if (gone > taken) server.does(tick(), { kind: 'receive', socket: 2, bytes: gone - taken, offset: taken })
  client.does(tick(), { kind: 'close', socket: 1 })
  server.does(tick(), { kind: 'fin', socket: 2, offset: gone })
  return [...client.happenings, ...server.happenings]
}

const sizes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 })
/** Clocks may disagree by a second. */
const skews = fc.integer({ min: -1_000_000, max: 1_000_000 })

describe('the figure of a stream', () => {
  it('has every byte in one arrow, from its send to its receipt, causes first, whatever the cuts and the clocks', () => {
    fc.assert(
      fc.property(sizes, sizes, skews, fc.infiniteStream(fc.nat()), (sent, read, skew, chance) => {
        const happenings = stream(sent, read, skew)
        // The programs are told in any order; each one's own is kept by its numbers.
        const keyed = happenings.map((happening) => ({ happening, key: chance.next().value as number }))
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ happening }) => happening)
        const { moments, arrows, connections } = figureOf(shuffled)
        assert.equal(connections.length, 1)
        assert.ok(connections[0]?.client && connections[0].server)
        for (const run of [1, 2]) {
          const orders = moments.flatMap(({ run: of, event }) =>
            of === run && 'order' in event ? [event.order] : [],
          )
          assert.deepEqual(orders, [...orders.keys()], 'a program keeps its order')
        }
        for (const { from, to } of arrows)
          if (from && to) assert.ok(from.rank < to.rank, 'a cause comes first')
        const data = arrows.filter(({ kind }) => kind === 'data')
        assert.ok(data.every(({ fate }) => fate === 'arrived'))
        const covered = data
          .map(({ offset, bytes }) => [offset, offset + bytes] as const)
          .sort((a, b) => a[0] - b[0])
        let end = 0
        for (const [start, stop] of covered) {
          assert.equal(start, end, 'no hole, no byte twice')
          end = stop
        }
        assert.equal(
          end,
          sent.reduce((sum, bytes) => sum + bytes, 0),
        )
        assert.equal(arrows.filter(({ kind }) => kind === 'fin').length, 1)
      }),
    )
  })

  it('says that bytes are lost when their reader closed, on their way while it may still read', () => {
    for (const closes of [true, false]) {
      const [client, server] = [new Program('client', 1), new Program('serveur', 2)]
      server.does(0, { kind: 'listen', socket: 1, local: SERVER })
      client.does(1, { kind: 'connect', socket: 1, remote: SERVER })
      server.does(2, { kind: 'accept', socket: 2, server: 1, local: SERVER, remote: CLIENT })
      client.does(3, { kind: 'connected', socket: 1, remote: SERVER, local: CLIENT })
      client.does(4, { kind: 'send', socket: 1, bytes: 10, offset: 0 })
      server.does(5, { kind: 'receive', socket: 2, bytes: 4, offset: 0 })
      if (closes) server.does(6, { kind: 'close', socket: 2 })
      const { arrows } = figureOf([...client.happenings, ...server.happenings])
      const rest = arrows.find(({ kind, to }) => kind === 'data' && to === null)
      assert.deepEqual([rest?.bytes, rest?.offset, rest?.fate], [6, 4, closes ? 'lost' : 'waiting'])
    }
  })

  it('pairs the connections in order when two have the same endpoints', () => {
    const [client, server] = [new Program('client', 1), new Program('serveur', 2)]
    server.does(0, { kind: 'listen', socket: 1, local: SERVER })
    for (const round of [0, 1]) {
      const at = 10 * round
      client.does(at + 1, { kind: 'connect', socket: 1, remote: SERVER })
      server.does(at + 2, { kind: 'accept', socket: 2 + round, server: 1, local: SERVER, remote: CLIENT })
      client.does(at + 3, { kind: 'connected', socket: 1, remote: SERVER, local: CLIENT })
      client.does(at + 4, { kind: 'close', socket: 1 })
      server.does(at + 5, { kind: 'fin', socket: 2 + round, offset: 0 })
    }
    const { connections } = figureOf([...client.happenings, ...server.happenings])
    assert.deepEqual(
      connections.map(({ client: near, server: far }) => [near?.opened?.event.at, far?.socket]),
      [
        [3, 2],
        [13, 3],
      ],
    )
  })

  it('says of a connection that nobody took whether it was refused, or waits to be accepted', () => {
    for (const [event, fate] of [
      [{ kind: 'refused', socket: 1, remote: SERVER, error: 'ECONNREFUSED' }, 'refused'],
      [{ kind: 'connected', socket: 1, remote: SERVER, local: CLIENT }, 'waiting'],
    ] as const) {
      const [client, server] = [new Program('client', 1), new Program('serveur', 2)]
      server.does(0, { kind: 'listen', socket: 1, local: SERVER })
      client.does(1, { kind: 'connect', socket: 1, remote: SERVER })
      client.does(2, event)
      const { arrows } = figureOf([...client.happenings, ...server.happenings])
      assert.deepEqual(
        arrows.map((arrow) => [arrow.kind, arrow.fate, arrow.towards]),
        [['connect', fate, 'serveur']],
      )
    }
  })
})

describe('the figure of datagrams', () => {
  const FROM = '127.0.0.1:5000'
  const TO = '127.0.0.1:6000'

  /** Datagrams sent in order, and the order in which they are received: one may be missing, or come twice. */
  function datagrams(count: number, received: readonly number[]): Happening[] {
    const [sender, receiver] = [new Program('emetteur', 1), new Program('recepteur', 2)]
    receiver.does(0, { kind: 'bind', socket: 1, local: '0.0.0.0:6000' })
    sender.does(1, { kind: 'bind', socket: 1, local: '0.0.0.0:5000' })
    for (let rank = 0; rank < count; rank += 1)
      sender.does(10 + rank, { kind: 'send', socket: 1, bytes: 3, hash: rank, remote: TO })
    for (const [rank, hash] of received.entries())
      receiver.does(1000 + rank, { kind: 'receive', socket: 1, bytes: 3, hash, remote: FROM })
    return [...sender.happenings, ...receiver.happenings]
  }

  it('says which arrived, was lost, came twice or after a later one, and nothing of what may still come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((count) =>
          fc.record({
            count: fc.constant(count),
            received: fc.array(fc.integer({ min: 0, max: count - 1 }), { maxLength: 20 }),
          }),
        ),
        ({ count, received }) => {
          const { arrows } = figureOf(datagrams(count, received))
          const hashOf = (arrow: (typeof arrows)[number]) =>
            arrow.from?.event.kind === 'send' ? arrow.from.event.hash! : -1
          const last = Math.max(-1, ...received)
          for (let rank = 0; rank < count; rank += 1) {
            const own = arrows.filter((arrow) => hashOf(arrow) === rank)
            const copies = received.filter((hash) => hash === rank).length
            assert.equal(own.filter(({ duplicate }) => duplicate).length, Math.max(0, copies - 1))
            if (copies > 0) assert.ok(own.every(({ fate }) => fate === 'arrived'))
            else
              assert.deepEqual(
                own.map(({ fate }) => fate),
                [rank < last ? 'lost' : 'waiting'],
              )
            const first = received.indexOf(rank)
            const late = first >= 0 && received.slice(0, first).some((hash) => hash > rank)
            assert.equal(
              own.some((arrow) => arrow.late),
              late,
            )
          }
        },
      ),
    )
  })

  it('sends a group to each member, and says nothing of who is not observed', () => {
    const sender = new Program('emetteur', 1)
    const members = [new Program('membre', 2), new Program('voisin', 3)]
    for (const member of members) {
      member.does(0, { kind: 'bind', socket: 1, local: '0.0.0.0:6000', shared: true })
      member.does(30, { kind: 'receive', socket: 1, bytes: 1, hash: 7, remote: FROM })
    }
    sender.does(1, { kind: 'bind', socket: 1, local: '0.0.0.0:5000' })
    for (const [at, hash] of [
      [10, 6],
      [20, 7],
    ])
      sender.does(at!, { kind: 'send', socket: 1, bytes: 1, hash, remote: '239.255.43.21:6000' })
    const { arrows } = figureOf([...sender.happenings, ...members.flatMap(({ happenings }) => happenings)])
    assert.deepEqual(
      arrows.map(({ fate, to, cast }) => [fate, to?.role, cast]),
      [
        ['arrived', 'membre', 'multicast'],
        ['arrived', 'voisin', 'multicast'],
        ['nobody', undefined, 'multicast'],
      ],
    )
  })

  it('says what a relay kept and what it sent twice', () => {
    const relay = new Program('relais', 1)
    relay.does(0, { kind: 'bind', socket: 1, local: '127.0.0.1:7000' })
    relay.does(1, { kind: 'bind', socket: 2, local: '127.0.0.1:5000' })
    const does = (kind: string, hash: number) =>
      relay.does(2, {
        kind,
        socket: kind === 'send' ? 2 : 1,
        bytes: 1,
        hash,
        remote: kind === 'send' ? TO : FROM,
      })
    for (const [kind, hash] of [
      ['receive', 1],
      ['receive', 2],
      ['send', 2],
      ['send', 2],
    ] as const)
      does(kind, hash)
    const { relayed } = figureOf(relay.happenings)
    const ordersOf = (moments: ReadonlySet<{ event: object }>) =>
      [...moments].map(({ event }) => 'order' in event && event.order)
    assert.deepEqual([ordersOf(relayed.kept), ordersOf(relayed.copies)], [[2], [5]])
  })
})

describe('what programs say of themselves', () => {
  it('makes a figure, whatever they say', () => {
    const endpoint = fc.constantFrom(SERVER, CLIENT, 'rien', '')
    const kind = fc.constantFrom(
      'connect',
      'connected',
      'accept',
      'send',
      'receive',
      'fin',
      'close',
      'bind',
      'listen',
      'signal',
    )
    const event = fc.record({
      kind,
      process: fc.constantFrom('1', '2'),
      order: fc.nat(20),
      at: fc.nat(1000),
      socket: fc.nat(2),
      local: endpoint,
      remote: endpoint,
      bytes: fc.nat(50),
      offset: fc.nat(50),
      hash: fc.nat(2),
      server: fc.nat(2),
      signal: fc.constant('readyRead'),
      object: fc.constant('QTcpSocket'),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const happenings = events.map((one) => ({
          role: one.process,
          run: Number(one.process),
          offset: 0,
          event: one as unknown as TraceEvent,
        }))
        assert.equal(figureOf(happenings).moments.length, events.length, 'nothing is left out')
      }),
    )
  })
})
