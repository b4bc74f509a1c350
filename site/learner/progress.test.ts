import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blankRecord, type LabRecord } from './labs.ts'
import { progressOf, type Remembered, resumeAt, type SectionFacts } from './progress.ts'

const lab = {
  id: 'refus',
  predict: 3,
  roles: ['serveur', 'client'],
  observe: 1,
  modify: 1,
  create: ['EX-1', 'EX-2'],
}
const section: SectionFacts = {
  section: '8.6.7',
  label: 'Refuser un client',
  part: 'tcp',
  href: '/chapitre-8/8-6-7/',
  minutes: 45,
  recalls: 2,
  questions: 2,
  labs: [lab],
}
const opening: SectionFacts = { ...section, recalls: 0, questions: 0, labs: [] }
const record = (changes: Partial<LabRecord> = {}): LabRecord => ({ ...blankRecord(), ...changes })
const nothing: Remembered = { answers: {}, recalled: 0, records: [record()], read: false }
const played = record({
  predictions: { 0: 1, 1: 0 },
  order: [1, 0],
  launched: ['serveur', 'client'],
  observed: ['0'],
  modified: ['0'],
})

test('nothing done is nothing done', () => {
  const { state, beats, quiz, exercises } = progressOf(section, nothing)
  assert.equal(state, 'todo')
  assert.deepEqual(new Set(Object.values(beats!)), new Set(['todo']))
  assert.deepEqual(quiz, { right: 0, again: 0, of: 2 })
  assert.deepEqual(exercises, { done: 0, of: 2 })
})

test('one role launched is a launch in part, every role a launch done', () => {
  const launched = (...roles: string[]) =>
    progressOf(section, { ...nothing, records: [record({ launched: roles })] }).beats!.launch
  assert.equal(launched('serveur'), 'part')
  assert.equal(launched('serveur', 'client'), 'done')
})

test('a missed question is answered, and to be seen again until it is mended', () => {
  const quiz = (answer: 'missed' | 'mended') =>
    progressOf(section, { ...nothing, answers: { q1: 'right', q2: answer } }).quiz
  assert.deepEqual(quiz('missed'), { right: 1, again: 1, of: 2 })
  assert.deepEqual(quiz('mended'), { right: 2, again: 0, of: 2 })
})

test('a section is done when its quiz is answered and its lab played; its exercises come in addition', () => {
  const answers = { q1: 'right', q2: 'missed' } as const
  assert.equal(progressOf(section, { ...nothing, answers, records: [played] }).state, 'done')
  assert.equal(progressOf(section, { ...nothing, answers }).state, 'part')
  assert.equal(progressOf(section, { ...nothing, records: [played] }).state, 'part')
})

test('a section with two labs waits for both', () => {
  const two = { ...section, labs: [lab, { ...lab, id: 'autre', create: ['EX-3'] }] }
  const { beats, exercises } = progressOf(two, {
    ...nothing,
    records: [{ ...played, created: ['EX-1'] }, record()],
  })
  assert.equal(beats!.observe, 'part')
  assert.deepEqual(exercises, { done: 1, of: 3 })
})

test('a section that asks nothing is done once read to its end', () => {
  assert.equal(progressOf(opening, { ...nothing, records: [] }).state, 'todo')
  assert.equal(progressOf(opening, { ...nothing, records: [], read: true }).state, 'done')
})

test('one resumes where one was, else at the next section to do', () => {
  const course = (...states: ('done' | 'part' | 'todo')[]) =>
    states.map((state, at) => ({ section: `8.${at + 1}`, state }))
  assert.equal(resumeAt(course('done', 'part', 'todo'), '8.2'), '8.2')
  assert.equal(resumeAt(course('done', 'done', 'todo'), '8.2'), '8.3')
  assert.equal(resumeAt(course('todo', 'done', 'done'), '8.3'), '8.1')
  assert.equal(resumeAt(course('todo', 'todo'), null), '8.1')
  assert.equal(resumeAt(course('done', 'done'), '8.2'), null)
})
