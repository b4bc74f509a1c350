import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from './fold.ts'

test('what fits is left as it is, its columns too', () => {
  const text = '✓ Le départ libère la place.\n   776 ms  ←     10 octets'
  assert.equal(fold(text, 40), text)
})

test('a longer line is cut between words, the bytes of an exchange too', () => {
  const bytes = '   776 ms  ←     10 octets  42 49 45 4e 56 45 4e 55 45 0a         « BIENVENUE\\n »'
  assert.deepEqual(fold(`Le départ\n${bytes}`, 36).split('\n'), [
    'Le départ',
    '   776 ms ← 10 octets 42 49 45 4e 56',
    '     45 4e 55 45 0a « BIENVENUE\\n »',
  ])
})

test('colours take no place, and a word longer than the line stays whole', () => {
  const red = '\x1b[31;1m✗\x1b[0m Le second client'
  assert.equal(fold(red, 18), red)
  const pale = '  \x1b[2m   776 ms  connexion établie\x1b[0m'
  assert.equal(fold(pale, 24), '  \x1b[2m   776 ms connexion\n    établie\x1b[0m')
  assert.equal(
    fold('voir travail/refus/exercices/poli.ts ici', 12),
    'voir\n  travail/refus/exercices/poli.ts\n  ici',
  )
})
