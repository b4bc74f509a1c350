import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePs, processTable, treeOf } from './table.ts'

const process_ = (pid: number, parent: number, group: number, tag: string | null = null) => ({
  pid,
  parent,
  group,
  startTime: '1',
  tag,
})

test('a tree is made of the program, its descendants, its terminal session and those that carry its tag', () => {
  const table = [
    process_(1, 0, 1),
    process_(10, 1, 10, 'a'),
    process_(11, 10, 10, 'a'),
    process_(12, 11, 12),
    process_(13, 1, 10),
    process_(14, 1, 14, 'a'),
    process_(15, 14, 15),
    process_(20, 1, 20, 'b'),
  ]
  assert.deepEqual(
    treeOf(table, 10, 'a').map(({ pid }) => pid),
    [10, 11, 12, 13, 14, 15],
  )
})

test('the answer of ps is read, without the dead', () => {
  const text =
    '    1     0     1 Ss   Sun Nov 22 21:00:00 2026\n  42     1    42 Z+   Sun Nov 22 21:00:01 2026\n'
  assert.deepEqual(parsePs(text), [
    { pid: 1, parent: 0, group: 1, startTime: 'Sun Nov 22 21:00:00 2026', tag: null },
  ])
})

test('this very process is in the table', {
  skip: process.platform === 'win32' && 'no table on Windows',
}, async () => {
  const self = (await processTable()).find(({ pid }) => pid === process.pid)
  assert.equal(self?.parent, process.ppid)
})
