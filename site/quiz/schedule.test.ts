import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidates, choose } from './schedule.ts'

const course = ['8.1', '8.2', '8.3', '8.4', '8.4.1']
const questions = ['8.1', '8.2', '8.3', '8.4.1'].flatMap((section) =>
  ['q1', 'q2', 'q3'].map((id) => ({ section, id })),
)
const named = (list: { section: string; id: string }[]) => list.map(({ section, id }) => `${section}/${id}`)

test('the first section asks nothing back', () => {
  assert.deepEqual(candidates('8.1', course, questions), [])
})

test('a section is opened by the two before it that have a quiz', () => {
  const sections = new Set(candidates('8.4.1', course, questions).map(({ section }) => section))
  assert.deepEqual([...sections], ['8.2', '8.3'])
})

test('without a missed question, one comes from each of the two sections', () => {
  assert.deepEqual(named(choose(candidates('8.4.1', course, questions), new Set())), ['8.2/q1', '8.3/q1'])
})

test('a question missed two sections earlier comes back first', () => {
  const chosen = choose(candidates('8.4.1', course, questions), new Set(['8.2/q3', '8.1/q1']))
  assert.deepEqual(named(chosen), ['8.2/q3', '8.2/q1'])
})

test('the section after the first asks two questions of the first', () => {
  assert.deepEqual(named(choose(candidates('8.2', course, questions), new Set())), ['8.1/q1', '8.1/q2'])
})
