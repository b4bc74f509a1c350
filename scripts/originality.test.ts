import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shared } from './originality.ts'

const source = 'Une machine peut héberger **plusieurs** applications capables de communiquer par le réseau.'

test('eight words in common are found whatever the punctuation and the case', () => {
  assert.deepEqual(shared('une MACHINE peut héberger, plusieurs applications capables de rien', source), [
    'une machine peut héberger plusieurs applications capables de',
  ])
})

test('seven words in common are not a copy', () => {
  assert.deepEqual(shared('une machine peut héberger plusieurs applications capables', source), [])
})

test('code does not count', () => {
  assert.deepEqual(
    shared('`Une machine peut héberger plusieurs applications capables de communiquer`', source),
    [],
  )
})
