import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesOf } from './differences.ts'
import { figureOf } from './figure.ts'
import { Program } from './testing.ts'

const ROLES = [
  { role: 'serveur', title: 'Serveur' },
  { role: 'client', title: 'Client' },
]

interface Played {
  /** Of the server, and of the client. */
  listens?: number
  port?: number
  /** How long each step takes, in µs. */
  step?: number
  says?: readonly string[]
  /** The server reads once, late, all that was said. */
  late?: boolean
}

/** A client says something to a server, over TCP. */
function played({ listens = 1234, port = 40_000, step = 10, says = ['bonjour'], late = false }: Played = {}) {
  const [server, client] = [new Program('serveur', 1), new Program('client', 2)]
  const [near, far] = [`127.0.0.1:${listens}`, `127.0.0.1:${port}`]
  let at = 1_000_000
  const tick = () => {
    at += step
    return at
  }
  server.does(tick(), { kind: 'listen', socket: 1, local: near })
  client.does(tick(), { kind: 'connect', socket: 1, remote: near })
  client.does(tick(), { kind: 'connected', socket: 1, remote: near, local: far })
  server.does(tick(), { kind: 'accept', socket: 2, server: 1, local: near, remote: far })
  let offset = 0
  for (const text of says) {
    const data = { bytes: text.length, preview: Buffer.from(text).toString('base64'), offset }
    offset += text.length
    client.does(tick(), { kind: 'send', socket: 1, ...data })
    if (!late) server.does(tick(), { kind: 'receive', socket: 2, ...data })
  }
  if (late) server.does(tick(), { kind: 'receive', socket: 2, bytes: offset, offset: 0 })
  return figureOf([...server.happenings, ...client.happenings])
}

const plain = (sentences: readonly string[]) => sentences.map((one) => one.replace(/\s/g, ' '))

test('the same exchange, at other times and on other ports: nothing differs', () => {
  const { only, reordered } = differencesOf(
    played(),
    played({ listens: 4321, port: 51_234, step: 200_000 }),
    ROLES,
  )
  assert.deepEqual(only, [[], []])
  assert.deepEqual(reordered, [])
})

test('what only one says is told, on its side and as often as it says it more', () => {
  const { only } = differencesOf(played(), played({ says: ['bonjour', 'bonjour', 'bonjour'] }), ROLES)
  assert.deepEqual(plain(only[0]), [])
  const sent = 'Client envoie « bonjour » à Serveur ; 7 octets'
  assert.deepEqual(plain(only[1]), ['Serveur reçoit 7 octets', 'Serveur reçoit 7 octets', sent, sent])
})

test('bytes that are read at once here, and piece by piece there', () => {
  const says = ['un', 'deux']
  const { only } = differencesOf(played({ says }), played({ says, late: true }), ROLES)
  assert.deepEqual(plain(only[0]), ['Serveur reçoit 2 octets', 'Serveur reçoit 4 octets'])
  assert.deepEqual(plain(only[1]), ['Serveur reçoit 6 octets ; 2 envois réunis'])
})

test('the same sentences in another order are told apart', () => {
  const { only, reordered } = differencesOf(
    played({ says: ['un', 'deux'] }),
    played({ says: ['deux', 'un'] }),
    ROLES,
  )
  assert.deepEqual(only, [[], []])
  assert.deepEqual(reordered, ['Serveur', 'Client'])
})
