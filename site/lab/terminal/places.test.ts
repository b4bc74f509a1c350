import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placesIn } from './places.ts'

const found = (text: string) => placesIn(text).map(({ lab, file, line }) => `${lab}/${file}:${line}`)

test('the lines of a call stack and of a compiler are found, wherever the project is', () => {
  assert.deepEqual(found('    at Serveur.Accepter (file:///p/travail/refus/serveur.ts:63:12)'), [
    'refus/serveur.ts:63',
  ])
  assert.deepEqual(found('file:///C:/cours%20r/travail/udp/exercices/journal.ts:3'), [
    'udp/exercices/journal.ts:3',
  ])
  assert.deepEqual(found('/p/travail/refus/qt/serveur/Serveur.cpp:12:5: error: expected ‘;’'), [
    'refus/qt/serveur/Serveur.cpp:12',
  ])
  assert.deepEqual(found('C:\\p\\travail\\refus\\qt\\serveur\\Serveur.h:7:1: error'), [
    'refus/qt/serveur/Serveur.h:7',
  ])
  const text = 'at (file:///p/labs/refus/client.ts:1:2)'
  const [place] = placesIn(text)
  assert.equal(text.slice(place!.start, place!.end), 'labs/refus/client.ts:1:2')
})

test('what names no file of a lab is no place, and a hostile line costs nothing', () => {
  for (const text of [
    'node:internal/x:1:1',
    '/etc/passwd:1',
    'travail.ts:1',
    'travail/x.ts:1',
    'travail/a/b.js:1',
  ])
    assert.deepEqual(found(text), [], text)
  assert.deepEqual(found('travail/a/'.repeat(100_000)), [])
})
