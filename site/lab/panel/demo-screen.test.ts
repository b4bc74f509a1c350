import assert from 'node:assert/strict'
import { test } from 'node:test'
import refus from '../../../labs/refus/lab.ts'
import { type DemoState, screenOf } from './demo-screen.ts'

function at(state: Partial<DemoState>) {
  return screenOf({
    lab: refus,
    played: 0,
    shown: 0,
    instead: null,
    doing: null,
    failure: null,
    answers: new Map(),
    freed: [],
    awaited: '',
    order: null,
    answer: () => {},
    choose: () => {},
    ...state,
  })
}

test('a question takes the place of the sentence, and says nothing of the answer', () => {
  const screen = at({ played: 3, shown: 3, instead: 'question' })
  assert.equal(screen.kind, 'asked')
  assert.equal(screen.next, 'Lancer l’étape')
  assert.equal(screen.cards.length, 3)
  assert.equal(screen.because, undefined)
  assert.equal(screen.verdict, undefined)
})

test('the cards take the place of the sentence, each with its place once it is chosen', () => {
  const cards = ['attend', 'écoute', 'refuse'].map((words, card) => ({ words, card }))
  const screen = at({ instead: 'order', order: { cards, chosen: [2, 0], score: '' } })
  assert.equal(screen.kind, 'ordered')
  assert.equal(screen.next, 'Lancer l’étape')
  assert.deepEqual(
    screen.cards.map(({ text, chosen, place }) => [text, chosen, place]),
    [
      ['attend', true, '2e'],
      ['écoute', false, undefined],
      ['refuse', true, '1er'],
    ],
  )
  // The question of the step comes after them.
  assert.equal(at({ played: 3, shown: 3, instead: 'order' }).next, 'Suivant')
})

test('what became of the order of the class is said with the step that has just been played', () => {
  const order = { cards: [], chosen: [0], score: '4 sur 6 à leur place' }
  assert.match(at({ played: 2, shown: 2, order }).about.join(), /cartes : 4 sur 6 à leur place/)
  assert.doesNotMatch(at({ played: 2, shown: 1, order }).about.join(), /cartes/)
})

test('the step that was asked about says whether the class was right', () => {
  const right = refus.scenario[3]!.predict!.options.findIndex((option) => 'right' in option)
  const answered = (option: number) => at({ played: 4, shown: 4, answers: new Map([[3, option]]) })
  assert.equal(answered(right).verdict?.right, true)
  assert.equal(answered((right + 1) % 3).verdict?.right, false)
  assert.equal(at({ played: 4, shown: 4 }).verdict, undefined)
})

test('a step already played says that programs do not go back', () => {
  assert.match(at({ played: 4, shown: 2 }).about.join(), /ne reviennent pas en arrière/)
  assert.doesNotMatch(at({ played: 4, shown: 4 }).about.join(), /ne reviennent pas en arrière/)
})

test('while a step is played, what is awaited is said', () => {
  const screen = at({ played: 1, shown: 1, doing: 'playing', awaited: 'on attend ce que Client 1 affiche' })
  assert.deepEqual(screen.about, ['Client 1 démarre', 'on attend ce que Client 1 affiche'])
  assert.equal(screen.busy, true)
})

test('only the end and a failure begin anew', () => {
  const steps = refus.scenario.length
  assert.equal(at({ played: steps, shown: steps }).again, true)
  assert.equal(at({ played: steps, shown: steps - 1 }).again, false)
  const failure = { index: 1, text: 'non', ways: [] }
  assert.equal(at({ played: 2, shown: 2, instead: 'failure', failure }).again, true)
})
