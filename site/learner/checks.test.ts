import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../labs/check.ts'
import { checkOf, isSolutionOpen, keepCheck } from './checks.ts'

const judged = (outcome: Report['outcome'], source: string) => ({
  report: { outcome, exercise: 'EX-1', criteria: [], seed: 7 } as unknown as Report,
  source,
  variant: 'ts' as const,
})

test('tries count until the first success, whose date and program stay', () => {
  assert.deepEqual(checkOf('EX-1'), { tries: 0 })
  keepCheck('EX-1', judged('failed', 'a'))
  keepCheck('EX-1', judged('not-run', 'b'))
  assert.equal(checkOf('EX-1').last?.source, 'b')
  assert.equal(isSolutionOpen(checkOf('EX-1')), false)
  const date = new Date('2026-11-26T05:00:00Z')
  keepCheck('EX-1', judged('passed', 'c'), date)
  keepCheck('EX-1', judged('failed', 'd'), new Date('2026-12-01'))
  const { tries, passed, last } = checkOf('EX-1')
  assert.deepEqual([tries, passed, last?.source], [3, date.toISOString(), 'c'])
  assert.deepEqual(checkOf('EX-2'), { tries: 0 })
})

test('the solution opens with a success, or with the third try', () => {
  for (let tries = 1; tries <= 3; tries += 1)
    assert.equal(isSolutionOpen(keepCheck('EX-3', judged('failed', ''))), tries === 3)
  assert.equal(isSolutionOpen(keepCheck('EX-4', judged('passed', ''))), true)
})
