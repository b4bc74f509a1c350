import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PeerTrace } from '../../../labs/check.ts'
import { Scene } from '../wire/scene.ts'
import { exchangeOf } from './exchange-figure.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const bytes = (text: string) => ({ bytes: Buffer.byteLength(text), preview: base64(text) })

/** What the figure says of these peers, in order. */
function said(peers: readonly PeerTrace[]): { sentences: string[]; fates: string[]; lanes: string[] } {
  const { figure, roles } = exchangeOf(peers)
  const scene = new Scene({ figure, level: 'events', count: figure.moments.length, roles, width: 900 })
  return {
    sentences: scene.spoken.map(({ row }) => scene.sentenceOf(row).replaceAll(/[\u00a0\u202f]/g, ' ')),
    fates: figure.arrows.map(({ fate }) => fate),
    lanes: roles.map(({ title }) => title),
  }
}

const client = (localPort: number, name: string, ...moments: PeerTrace['moments']): PeerTrace => ({
  name,
  over: 'tcp',
  localPort,
  remotePort: 1234,
  moments,
})

test('two clients and the program between them: who says what to whom, each arrow arrived', () => {
  const { sentences, fates, lanes } = said([
    client(
      40_001,
      'le premier client',
      { at: 1, kind: 'connect' },
      { at: 2, kind: 'got', ...bytes('BIENVENUE\n') },
      { at: 5, kind: 'sent', ...bytes('un') },
      { at: 6, kind: 'got', ...bytes('un') },
    ),
    client(
      40_002,
      'le second client',
      { at: 3, kind: 'connect' },
      { at: 4, kind: 'got', ...bytes('OCCUPÉ\n') },
      { at: 4.5, kind: 'end' },
    ),
  ])
  assert.deepEqual(lanes, ['Premier client', 'Votre programme', 'Second client'])
  assert.ok(fates.length >= 6 && fates.every((fate) => fate === 'arrived'), fates.join())
  const place = (words: string) => {
    const at = sentences.findIndex((sentence) => sentence.includes(words))
    assert.notEqual(at, -1, `${words} is not in:\n${sentences.join('\n')}`)
    return at
  }
  const order = [
    'Votre programme écoute :1234',
    'Premier client se connecte',
    'Votre programme envoie « BIENVENUE',
    'Second client se connecte',
    'Votre programme envoie « OCCUPÉ',
    'Premier client envoie « un »',
    'Votre programme envoie « un »',
  ].map(place)
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  )
})

test('a judge that listens, a cut, datagrams', () => {
  const listening = said([
    {
      name: 'le serveur du juge',
      over: 'tcp',
      listens: true,
      localPort: 1234,
      remotePort: 40_001,
      moments: [
        { at: 1, kind: 'connect' },
        { at: 2, kind: 'got', ...bytes('bonjour') },
        { at: 3, kind: 'cut' },
      ],
    },
  ])
  assert.match(
    listening.sentences.join('\n'),
    /Votre programme se connecte[\s\S]*envoie « bonjour »[\s\S]*coupe net/,
  )
  const posted = said([
    {
      name: 'un émetteur',
      over: 'udp',
      localPort: 45_454,
      remotePort: 1234,
      moments: [
        { at: 1, kind: 'sent', ...bytes('salut') },
        { at: 2, kind: 'got', ...bytes('reçu') },
      ],
    },
  ])
  assert.match(posted.sentences.join('\n'), /Émetteur envoie « salut »[\s\S]*Votre programme envoie « reçu »/)
  assert.match(
    posted.sentences.join('\n'),
    /Émetteur est attaché à :45454[\s\S]*programme est attaché à :1234/,
  )
  assert.deepEqual(posted.fates, ['arrived', 'arrived'])
})

// Members of a group have its port.
for (const localPorts of [
  [45_001, 45_002],
  [1234, 1234],
])
  test(`two peers at :${localPorts.join(' and :')}, one port of the program: it is attached once, each datagram finds its way`, () => {
    const peers = ['un', 'deux'].map(
      (text, rank): PeerTrace => ({
        name: `le poste ${rank + 1}`,
        over: 'udp',
        localPort: localPorts[rank]!,
        remotePort: 1234,
        moments: [
          { at: 1 + rank, kind: 'sent', ...bytes(text) },
          { at: 3 + rank, kind: 'got', ...bytes(text) },
        ],
      }),
    )
    const { sentences, fates } = said(peers)
    assert.equal(sentences.filter((sentence) => sentence.startsWith('Votre programme est attaché')).length, 1)
    assert.deepEqual(fates, ['arrived', 'arrived', 'arrived', 'arrived'])
  })
