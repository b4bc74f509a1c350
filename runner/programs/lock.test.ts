import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { withLock } from './lock.mjs'

function folder(t: { after(f: () => void): void }): string {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true }))
  return dir
}

/** What a process that died without releasing its lock leaves. */
function leaveDeadLock(path: string): void {
  const { pid } = spawnSync(process.execPath, ['--version'])
  writeFileSync(path, `${pid} x`)
}

test('what a lock protects happens one at a time, even after a failure', async (t) => {
  const path = join(folder(t), 'cache', 'lock')
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

test('who waits is told so once', async (t) => {
  const path = join(folder(t), 'lock')
  let told = 0
  const waiting = Promise.withResolvers<void>()
  const onWait = () => {
    told += 1
    waiting.resolve()
  }
  let second: Promise<void> | undefined
  await withLock(path, async () => {
    second = withLock(path, async () => {}, onWait)
    await waiting.promise
  })
  await second
  assert.equal(told, 1)
})

test('the lock of a dead process does not hold', async (t) => {
  const path = join(folder(t), 'lock')
  leaveDeadLock(path)
  assert.equal(await withLock(path, async () => 'done'), 'done')
})

test('several processes that find a dead lock together still go one at a time', async (t) => {
  const dir = folder(t)
  const path = join(dir, 'lock')
  const counter = join(dir, 'counter')
  writeFileSync(counter, '0')
  leaveDeadLock(path)
  const program = `
    import { readFileSync, writeFileSync } from 'node:fs'
    import { setTimeout as delay } from 'node:timers/promises'
    const { withLock } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.mjs'))})
    for (let i = 0; i < 5; i += 1) await withLock(${JSON.stringify(path)}, async () => {
      const count = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
      await delay(2)
      writeFileSync(${JSON.stringify(counter)}, String(count + 1))
    })`
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' }),
  )
  await Promise.all(children.map((child) => once(child, 'exit')))
  assert.equal(readFileSync(counter, 'utf8'), '30')
})
