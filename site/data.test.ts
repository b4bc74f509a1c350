import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareSections } from './data.ts'

test('sections are ordered as numbers', () => {
  assert.deepEqual(['8.10', '8.9', '8.6.7'].sort(compareSections), ['8.6.7', '8.9', '8.10'])
})
