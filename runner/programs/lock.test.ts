import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { withLock } from './lock.ts'

test('what a lock protects happens one at a time, even after a failure', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const path = join(dir, 'cache', 'lock')
  let inside = 0
  const task = async () => {
    assert.equal(inside, 0)
    inside += 1
    await new Promise((resolve) => setImmediate(resolve))
    inside -= 1
  }
  await Promise.all(Array.from({ length: 5 }, () => withLock(path, task)))
  await assert.rejects(
    withLock(path, () => Promise.reject(new Error('failed'))),
    /failed/,
  )
  await withLock(path, task)
})

test('the lock of a dead process does not hold', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const { pid } = spawnSync(process.execPath, ['--version'])
  const path = join(dir, 'lock')
  mkdirSync(path)
  writeFileSync(join(path, 'pid'), String(pid))
  assert.equal(await withLock(path, async () => 'done'), 'done')
})
