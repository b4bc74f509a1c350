import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quiz } from '../data.ts'
import { sentenceOf } from './problem.ts'
import { readYaml } from './yaml.ts'

const RIGHT = `section: "8.1"
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

const read = (text: string) => readYaml('quiz.yaml', text, quiz)
const sentences = (text: string) => read(text).problems.map(sentenceOf)

test('a quiz is read as its author typed it, a number being a text like another', () => {
  const reading = read(RIGHT)
  assert.ok('value' in reading)
  assert.equal(reading.value.questions[0]?.options[1]?.text, '1234')
  assert.equal(reading.lineOf(['questions', 0, 'options', 1, 'text']), 9)
})

const MISTAKES: [string, string, string, string][] = [
  [
    'a key that is missing',
    '        because: Il attend.\n',
    '',
    'quiz.yaml:6 : il manque « because » : ajoutez cette clé.',
  ],
  ['a key left empty', 'Il attend.', '', 'quiz.yaml:8 : il manque « because » : ajoutez cette clé.'],
  [
    'an unknown key',
    'because: Il attend.',
    'because: Il attend.\n        becuse: Non.',
    "quiz.yaml:9 : la clé « becuse » n'existe pas ici : corrigez son nom, ou retirez-la.",
  ],
  [
    'an empty text',
    'le serveur',
    '" "',
    'quiz.yaml:6 : « questions.0.options.0.text » : ce texte est vide : écrivez-le.',
  ],
  [
    'two right answers',
    'text: 1234',
    'text: 1234\n        right: true',
    'quiz.yaml:5 : « questions.0.options » : il faut une seule option « right: true ».',
  ],
  [
    'a wrong type',
    'right: true',
    'right: oui',
    'quiz.yaml:7 : « questions.0.options.0.right » : Entrée invalide : true attendu',
  ],
]

for (const [title, typed, mistaken, sentence] of MISTAKES) {
  test(`${title} is told with its line`, () => {
    assert.deepEqual(sentences(RIGHT.replace(typed, mistaken)), [sentence])
  })
}

test('a text that is not YAML is told with its line and what to look at', () => {
  const [sentence, ...others] = sentences(RIGHT.replace('question: Qui', 'question: "Qui" : '))
  assert.match(sentence!, /^quiz\.yaml:4 : ce YAML est illisible \(.+\) : vérifiez les guillemets/)
  assert.deepEqual(others, [])
})
