/** The figure of real programs, from a recording of the scenario of their lab, in words; and the files made of it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import framed from '../labs/cadrage/lab.ts'
import type { VariantId } from '../labs/lab.ts'
import { Labs } from '../runner/programs/labs.ts'
import { Launcher } from '../runner/programs/launch.ts'
import { fileOf, record } from '../scripts/recorder.ts'
import { happeningsOf, readRecording } from '../site/lab/link/recording-file.ts'
import { type Figure, figureOf } from '../site/lab/wire/figure.ts'
import { headersOf } from '../site/lab/wire/framing.ts'
import { initialsOf } from '../site/lab/wire/lanes.ts'
import { captureOf } from '../site/lab/wire/pcapng.ts'
import { type Level, rowsOf } from '../site/lab/wire/rows.ts'
import { sentenceOf, wordsOf } from '../site/lab/wire/words.ts'
import { holdFor } from './exclusive.ts'
import { optionsOf } from './variants.ts'

const labs = new Labs(new Launcher().labsDir)

/** The figure of a lab whose scenario has just been played for real. */
async function figureFor(id: string, variant: VariantId = 'ts'): Promise<Figure> {
  const lab = (await labs.find(id))!
  const release = await holdFor(lab)
  const recording = await record(id, lab, variant, { freely: true }).finally(release)
  const file = readRecording(fileOf(recording))
  assert.ok(file)
  return figureOf(happeningsOf(file))
}

/** What it says, the ports that the system chose left out. */
function said(figure: Figure, level: Level = 'events'): string[] {
  const naming = { titleOf: (role: string) => role, relayed: figure.relayed }
  return rowsOf(figure, level)
    .filter(({ quiet }) => !quiet)
    .map((row) => sentenceOf(row, wordsOf(row, naming), naming).replace(/:\d+/, ':n'))
}

/** Each pattern is found after the one before. */
function assertInOrder(sentences: readonly string[], patterns: readonly RegExp[]): void {
  let from = 0
  for (const pattern of patterns) {
    const at = sentences.findIndex((sentence, index) => index >= from && pattern.test(sentence))
    assert.ok(at >= 0, `${pattern} is not in order in:\n${sentences.join('\n')}`)
    from = at + 1
  }
}

describe('the figure of real programs', () => {
  for (const variant of ['ts', 'node', 'qt'] as const) {
    test(
      `refus in ${variant}: welcomed, told that it is full, refused by the system`,
      optionsOf(variant),
      async () => {
        const figure = await figureFor('refus', variant)
        const sentences = said(figure)
        assertInOrder(sentences, [
          /^serveur écoute :n/,
          /^client-1 se connecte/,
          /^serveur envoie « BIENVENUE » à client-1 ; 9 octets/,
          /^client-1 envoie « bonjour » à serveur ; 7 octets/,
          /^client-2 se connecte/,
          /^serveur envoie « OCCUPÉ » à client-2 ; 7 octets/,
          /^client-2 .*(voit la fin|RemoteHostClosedError|terminé, code 1)/,
          /^client-1 envoie « toujours là » à serveur ; 12 octets/,
          /^serveur terminé/,
          /^client-2 : connexion refusée ; ECONNREFUSED/,
        ])
        for (const { from, to } of figure.arrows) if (from && to) assert.ok(from.rank < to.rank)
        const data = figure.arrows.filter(({ kind }) => kind === 'data')
        assert.ok(data.length > 0 && data.every(({ fate }) => fate === 'arrived'), 'every byte arrived')
      },
    )
  }

  test('cadrage: what is joined, what is cut, half a character', async () => {
    const figure = await figureFor('cadrage')
    const sentences = said(figure)
    assertInOrder(sentences, [/écritures réunies/, /envoie « ‹C3› » à serveur ; 1 octet/])
    const received = figure.moments.flatMap(({ event, role }) =>
      event.kind === 'receive' && role === 'serveur' ? event.bytes : [],
    )
    assert.ok(received.includes(1), 'cut byte by byte')
    const headers = headersOf(figure.ends, framed.framing)
    const lengths = (role: string, kind: string) =>
      [...headers].flatMap(([{ role: of, event }, some]) =>
        of === role && event.kind === kind ? some.map(({ length }) => length) : [],
      )
    assert.deepEqual(lengths('client', 'send').slice(0, 4), [9, 9, 9, 9], 'the length of « été € »')
    assert.ok(new Set(lengths('serveur', 'receive')).has(9))
  })

  test('udp: each datagram whole, an empty one too, and one that nobody takes', async () => {
    assertInOrder(said(await figureFor('udp')), [
      /^emetteur envoie « Message à envoyer » à recepteur ; 18 octets ; recepteur : readyRead/,
      /^emetteur envoie « été » à recepteur ; 5 octets/,
      /^emetteur envoie datagramme vide à recepteur ; vide/,
      /^recepteur terminé/,
      /^emetteur envoie .* à recepteur ; 20 octets, personne à ce port/,
    ])
  })

  test('transports: what the relay keeps, over UDP', async () => {
    const figure = await figureFor('transports', 'node')
    assert.ok(figure.relayed.kept.size > 0, 'the relay has kept datagrams')
    assert.ok(said(figure).some((sentence) => /^relais-udp reçoit .* ; pas retransmis$/.test(sentence)))
  })

  test('multidiffusion: to the members only, while they are', async () => {
    const sentences = said(await figureFor('multidiffusion'))
    assertInOrder(sentences, [
      /^emetteur envoie « avant » ; .*aucun membre observé/,
      /^membre rejoint 239/,
      /^emetteur envoie « pendant » à (membre, voisin|voisin, membre) ; 7 octets/,
      /^membre quitte 239/,
      /^emetteur envoie « après » ; .*aucun membre observé/,
    ])
  })

  test('client-vole: the answer to one client goes to the other', async () => {
    assertInOrder(said(await figureFor('client-vole')), [
      /^client-a envoie « deux de A » à serveur/,
      /^serveur envoie « Message reçu .* à client-b/,
    ])
  })

  test('« Service » says what is said, and leaves the signals out', async () => {
    const figure = await figureFor('client-vole')
    const service = said(figure, 'service')
    assert.ok(service.length < said(figure).length)
    assert.ok(service.every((sentence) => !/readyRead|newConnection|connecté$/.test(sentence)))
    assert.ok(service.some((sentence) => /client-a envoie « deux de A »/.test(sentence)))
  })
})

test('the lanes of each lab have names of their own where there is little room', async () => {
  for (const id of labs.ids()) {
    const titles = (await labs.find(id))!.roles.map(({ title }) => title)
    const initials = initialsOf(titles)
    assert.equal(new Set(initials).size, titles.length, `${id}: ${initials}`)
  }
})

describe('a rebuilt capture', () => {
  test('has the bytes of each side, right sums, and says that it is none', async () => {
    const figure = await figureFor('client-vole')
    const packets = packetsOf(captureOf(figure, 0))
    const text = new TextDecoder().decode(captureOf(figure, 0))
    assert.match(text, /ce n’est pas une capture/)
    assert.match(text, /observé : client-vole\/serveur.ts:\d+/)
    assert.match(text, /déduit : SYN-ACK/)
    for (const packet of packets)
      assert.equal(sumOf(packet.subarray(0, 20)), 0xffff, 'the sum of an IP header')
    const sent = figure.moments.reduce((sum, { event }) => sum + (event.kind === 'send' ? event.bytes : 0), 0)
    assert.equal(
      packets.reduce((sum, packet) => sum + packet.length - 40, 0),
      sent,
    )
  })
})

/** The packets of a file, checked block by block. */
function packetsOf(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer)
  const packets: Uint8Array[] = []
  for (let at = 0; at < file.length; ) {
    const length = view.getUint32(at + 4, true)
    assert.equal(view.getUint32(at + length - 4, true), length, 'a block says its length twice')
    if (view.getUint32(at, true) === 6) {
      const size = view.getUint32(at + 20, true)
      packets.push(file.subarray(at + 28, at + 28 + size))
    }
    at += length
  }
  return packets
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) + bytes[at + 1]!
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return sum
}
