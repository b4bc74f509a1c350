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

const client = (name: string, ...moments: PeerTrace['moments']): PeerTrace => ({ name, over: 'tcp', moments })

test('two clients and the program between them: who says what to whom, each arrow arrived', () => {
  const { sentences, fates, lanes } = said([
    client(
      'le premier client',
      { at: 1, kind: 'connect' },
      { at: 2, kind: 'got', ...bytes('BIENVENUE\n') },
      { at: 5, kind: 'sent', ...bytes('un') },
      { at: 6, kind: 'got', ...bytes('un') },
    ),
    client(
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
      moments: [
        { at: 1, kind: 'sent', ...bytes('salut') },
        { at: 2, kind: 'got', ...bytes('reçu') },
      ],
    },
  ])
  assert.match(posted.sentences.join('\n'), /Émetteur envoie « salut »[\s\S]*Votre programme envoie « reçu »/)
  assert.deepEqual(posted.fates, ['arrived', 'arrived'])
})
