import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lireOptions } from './options.ts'
import { phrase } from './phrases.ts'
import { entreGuillemets } from './texte.ts'

const DEFAUTS = { port: 1234, message: 'Bonjour !', calcul: false, politique: ['message', 'muet'] } as const

test('options are read in both spellings, and the defaults stand for the others', () => {
  assert.deepEqual(lireOptions(DEFAUTS, []), {
    port: 1234,
    message: 'Bonjour !',
    calcul: false,
    politique: 'message',
  })
  assert.deepEqual(lireOptions(DEFAUTS, ['--port', '0', '--message=a=b', '--calcul', '--politique=muet']), {
    port: 0,
    message: 'a=b',
    calcul: true,
    politique: 'muet',
  })
  assert.equal(lireOptions(DEFAUTS, ['--message=']).message, '')
})

test('F16: a SocketError, its number and an errno choose the same sentence', () => {
  assert.equal(phrase('EADDRINUSE'), phrase(8))
  assert.equal(phrase({ valeur: 8 }), phrase(8))
  assert.match(phrase(8, 1234), /^Le port 1234 est déjà pris : [^:]*--port[^:]*$/)
  assert.match(phrase('EINCONNUE'), /^Erreur inattendue/)
  assert.match(phrase(undefined), /^Erreur inattendue/)
})

test('a text from the network is shown as qDebug shows a QString', () => {
  assert.equal(entreGuillemets('a"b\\c\n\t'), '"a\\"b\\\\c\\n\\t"')
  assert.equal(entreGuillemets('\x01\x7f\u0085\u00ad'), '"\\u0001\\u007F\\u0085\\u00AD"')
  assert.equal(entreGuillemets('l’œuf € 😀'), '"l’œuf € 😀"')
})
