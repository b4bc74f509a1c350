import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compose } from './typography.ts'

const CASES: [string, string, string][] = [
  ['a colon takes a no-break space', 'le port : 1234', 'le port\u00a0: 1234'],
  ['a semicolon takes a thin one', 'il écoute ; il attend', 'il écoute\u202f; il attend'],
  ['an exclamation mark takes a thin one', 'Complet !', 'Complet\u202f!'],
  ['a question mark takes a thin one', 'Qui parle ?', 'Qui parle\u202f?'],
  ['guillemets hold their words', '« un mot »', '«\u00a0un mot\u00a0»'],
  ['an apostrophe between letters is curved', "l'hôte", 'l’hôte'],
  ['an apostrophe before a term or a code word is curved', "l'", 'l’'],
  ['three points are one sign', 'attendre...', 'attendre…'],
  ['a number stays with its unit', '2 secondes et 47 octets', '2\u00a0secondes et 47\u00a0octets'],
  ['thousands are held together', '65 507 octets', '65\u202f507\u00a0octets'],
  ['an address and a port are left alone', '127.0.0.1:1234', '127.0.0.1:1234'],
  ['an IPv6 address is left alone', '::ffff:127.0.0.1', '::ffff:127.0.0.1'],
]

for (const [title, typed, printed] of CASES) {
  test(title, () => assert.equal(compose(typed), printed))
}

test('composing twice changes nothing more', () => {
  const pieces = fc.constantFrom(
    ' ',
    "'",
    '«',
    '»',
    ':',
    ';',
    '!',
    '?',
    '...',
    '12',
    '500',
    'octets',
    'é',
    '\u00a0',
    '\u202f',
  )
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const once = compose(parts.join(''))
      assert.equal(compose(once), once)
    }),
  )
})
