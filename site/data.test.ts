import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareSections, parseData, quiz } from './data.ts'

const RIGHT = `
section: "8.1"
questions:
  - id: q1
    question: Qui écoute ?
    options:
      - text: le serveur
        right: true
        because: Il attend.
      - text: 1234
        because: C'est un port.
`

test('a quiz is read as its author typed it, a number being a text like another', () => {
  assert.equal(parseData('quiz/8-1.yaml', RIGHT, quiz).questions[0]?.options[1]?.text, '1234')
})

test('a missing explanation is refused with the file, the field and the reason, in French', () => {
  assert.throws(() => parseData('quiz/8-1.yaml', RIGHT.replace('because: Il attend.', ''), quiz), {
    message:
      'content/quiz/8-1.yaml :\n  questions.0.options.0.because : Entrée invalide : chaîne de caractères attendu, indéfini reçu',
  })
})

test('a question has one right answer', () => {
  assert.throws(
    () => parseData('quiz/8-1.yaml', RIGHT.replace('        right: true\n', ''), quiz),
    /questions\.0\.options : il faut une seule option « right: true »/,
  )
})

test('sections are ordered as numbers', () => {
  assert.deepEqual(['8.10', '8.9', '8.6.7'].sort(compareSections), ['8.6.7', '8.9', '8.10'])
})
