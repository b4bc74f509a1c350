import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { EventCard } from '../../../labs/activities.ts'
import { shuffled } from '../panel/options.ts'
import {
  cardWords,
  compareOrder,
  isAsPredicted,
  isComplete,
  keptOrder,
  rightOrder,
  type Seen,
  seenIn,
} from './cards.ts'
import { type Figure, figureOf } from './figure.ts'
import type { Moment } from './moments.ts'
import { Program } from './testing.ts'

const ROLES = [
  { id: 'serveur', title: 'Serveur' },
  { id: 'client-2', title: 'Client 2 (le refusé)' },
]
const CARDS: EventCard[] = [
  { role: 'client-2', event: { kind: 'connect' }, with: 'serveur' },
  { role: 'serveur', event: { kind: 'accept' }, with: 'client-2' },
  { role: 'serveur', event: { kind: 'send' }, with: 'client-2', text: 'OCCUPÉ' },
  { role: 'client-2', event: { kind: 'refused' }, never: true },
]

const SERVER = '127.0.0.1:1234'
const RELAY = '127.0.0.1:2345'

/** The same, each client going through a relay. */
function relayedRun(): Figure {
  const server = new Program('serveur', 1)
  const relay = new Program('relais', 4)
  const clients = [new Program('client-1', 2), new Program('client-2', 3)]
  let at = 0
  const tick = () => ++at
  server.does(tick(), { kind: 'listen', socket: 1, local: SERVER })
  relay.does(tick(), { kind: 'listen', socket: 1, local: RELAY })
  for (const [rank, client] of clients.entries()) {
    const [near, far] = [`127.0.0.1:400${rank}`, `127.0.0.1:500${rank}`]
    client.does(tick(), { kind: 'connect', socket: 1, remote: RELAY })
    client.does(tick(), { kind: 'connected', socket: 1, remote: RELAY, local: near })
    relay.does(tick(), { kind: 'accept', socket: 10 + rank, server: 1, local: RELAY, remote: near })
    relay.does(tick(), { kind: 'connect', socket: 20 + rank, remote: SERVER })
    relay.does(tick(), { kind: 'connected', socket: 20 + rank, remote: SERVER, local: far })
    server.does(tick(), { kind: 'accept', socket: 2 + rank, server: 1, local: SERVER, remote: far })
    const bytes = new TextEncoder().encode('OCCUPÉ')
    const preview = btoa(String.fromCharCode(...bytes))
    server.does(tick(), { kind: 'send', socket: 2 + rank, bytes: bytes.length, preview })
  }
  return figureOf([server, relay, ...clients].flatMap(({ happenings }) => happenings))
}

/** A run where the server welcomes two clients and tells the second one that it is full. */
function run(): Figure {
  const server = new Program('serveur', 1)
  const clients = [new Program('client-1', 2), new Program('client-2', 3)]
  let at = 0
  const tick = () => ++at
  const says = (socket: number, text: string) => {
    const bytes = new TextEncoder().encode(text)
    const preview = btoa(String.fromCharCode(...bytes))
    server.does(tick(), { kind: 'send', socket, bytes: bytes.length, preview })
  }
  server.does(tick(), { kind: 'listen', socket: 1, local: SERVER })
  for (const [rank, client] of clients.entries()) {
    const [socket, own] = [rank + 2, `127.0.0.1:400${rank}`]
    client.does(tick(), { kind: 'connect', socket: 1, remote: SERVER })
    client.does(tick(), { kind: 'connected', socket: 1, remote: SERVER, local: own })
    server.does(tick(), { kind: 'accept', socket, server: 1, local: SERVER, remote: own })
    if (rank === 0) says(socket, 'OCCUPÉ')
    says(socket, 'BIENVENUE')
    says(socket, 'OCCUPÉ')
  }
  const happenings = [server, ...clients].flatMap((program) => program.happenings)
  return figureOf(happenings.toSorted((a, b) => a.event.at - b.event.at))
}

test('a card says what the figure would say of its event', () => {
  const words = CARDS.map((card) => cardWords(card, ROLES))
  assert.deepEqual(words, [
    'Client 2 se connecte à Serveur',
    'Serveur accepte Client 2',
    'Serveur envoie « OCCUPÉ » à Client 2',
    'Client 2 : connexion refusée',
  ])
})

test('a card stands for the first event of its role that is so, with that other end and those bytes', () => {
  const seen = seenIn(run(), CARDS)
  assert.deepEqual(
    seen.map((moment) => moment?.event.kind),
    ['connect', 'accept', 'send', undefined],
  )
  assert.equal(seen[1]!.end!.remote, '127.0.0.1:4001')
  assert.equal(seen[2]!.end!.remote, '127.0.0.1:4001')
  assert.deepEqual(seenIn(figureOf([]), CARDS), [null, null, null, null])
})

test('what came before the cards were put in order does not count', () => {
  const figure = run()
  const [asked] = seenIn(figure, CARDS)
  assert.ok(isComplete(seenIn(figure, CARDS, asked!.key), CARDS))
  const later = seenIn(figure, CARDS, asked!.key + 1)
  assert.equal(later[0], null)
  assert.equal(isComplete(later, CARDS), false)
})

test('a card stands for what goes through a relay, each connection as the one that it goes on as', () => {
  const seen = seenIn(relayedRun(), CARDS)
  assert.deepEqual(
    seen.map((moment) => moment && [moment.role, moment.event.kind]),
    [['client-2', 'connect'], ['serveur', 'accept'], ['serveur', 'send'], null],
  )
  // Of the second client: the first one was told « OCCUPÉ » too.
  assert.equal(seen[1]!.end!.remote, '127.0.0.1:5001')
  assert.equal(seen[2]!.end!.remote, '127.0.0.1:5001')
})

test('the right order is told right, and any other one is told wrong, card by card', () => {
  const seen = seenIn(run(), CARDS)
  assert.ok(compareOrder(rightOrder(CARDS), seen).every(isAsPredicted))
  const told = compareOrder([1, 0, 3], seen).map(({ card, expected, seen: at }) => [card, expected, at])
  assert.deepEqual(told, [
    [1, 1, 2],
    [0, 2, 1],
    [3, 3, null],
    [2, null, 3],
  ])
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3]), (order) => {
      const right = order.join() === rightOrder(CARDS).join()
      assert.equal(compareOrder(order, seen).every(isAsPredicted), right)
    }),
  )
})

test('every card is compared once, whatever was predicted and seen', () => {
  const count = fc.integer({ min: 1, max: 8 })
  fc.assert(
    fc.property(
      count.chain((cards) => {
        const all = Array.from({ length: cards }, (_, card) => card)
        const rank = fc.option(fc.nat(), { nil: null })
        return fc.record({
          order: fc.shuffledSubarray(all),
          ranks: fc.array(rank, { minLength: cards, maxLength: cards }),
        })
      }),
      ({ order, ranks }) => {
        const seen: Seen = ranks.map((at) => (at === null ? null : ({ rank: at } as Moment)))
        const compared = compareOrder(order, seen)
        assert.deepEqual(
          compared.map(({ card }) => card).toSorted((a, b) => a - b),
          ranks.map((_, card) => card),
        )
        const places = compared.flatMap(({ seen: at }) => at ?? []).toSorted((a, b) => a - b)
        assert.deepEqual(
          places,
          places.map((_, at) => at + 1),
        )
      },
    ),
  )
})

test('cards are shown in an order that is always the same, and never the right one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 8 }), (words) => {
      const order = shuffled(words)
      assert.deepEqual(shuffled(words), order)
      assert.deepEqual(new Set(order), new Set(words.keys()))
      assert.ok(order.some((card, at) => card !== at))
    }),
  )
})

test('an order kept before the cards changed is what is left of it', () => {
  assert.deepEqual(keptOrder([7, 2, 0, 2], CARDS), [2, 0])
})
