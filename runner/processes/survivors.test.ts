import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Survivors } from './survivors.ts'

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

test('notes that no runner wrote end nothing, stop nothing, and are put away', async (t) => {
  const dir = folder(t)
  // Nothing here may be taken for a program to end, this very process first.
  const runner = { pid: 999_999_999, startTime: '1' }
  const garbage = [
    '',
    '{',
    'null',
    '[]',
    '12',
    '{"programs":[null]}',
    JSON.stringify({ boot: 'x', runner, programs: [null] }),
    JSON.stringify({ boot: 'x', runner, programs: [{ pid: -1, startTime: '' }] }),
    JSON.stringify({ boot: '', runner, programs: [{ pid: process.pid, startTime: '1' }] }),
    JSON.stringify({ boot: 'x', runner: null, programs: [] }),
    JSON.stringify({ boot: 12, runner, programs: {} }),
  ]
  for (const [i, text] of garbage.entries()) writeFileSync(join(dir, `garbage-${i}.json`), text)
  mkdirSync(join(dir, 'folder.json'))
  symlinkSync('/nowhere', join(dir, 'link.json'))
  const survivors = new Survivors(dir, 'boot')
  assert.equal(await survivors.reap(), 0)
  assert.deepEqual(readdirSync(dir).sort(), ['folder.json', 'link.json'])
  assert.equal(await survivors.reap(), 0)
})

test('a place that cannot be read or written costs the notes, nothing else', async (t) => {
  const file = join(folder(t), 'file')
  writeFileSync(file, '')
  const survivors = new Survivors(join(file, 'state'), 'boot')
  assert.equal(await survivors.reap(), 0)
  survivors.note([process.pid])
  await delay(50)
  survivors.forget()
})

test('a full disk costs the notes, nothing else', {
  skip: !existsSync('/dev/full') && 'needs /dev/full',
}, async (t) => {
  const dir = folder(t)
  symlinkSync('/dev/full', join(dir, 'boot.json'))
  const survivors = new Survivors(dir, 'boot')
  survivors.note([process.pid])
  await delay(50)
  survivors.forget()
  assert.deepEqual(readdirSync(dir), [])
})

test('what is noted is ended by the next runner, unless the one that noted it lives', {
  skip: process.platform === 'win32' && 'needs signals',
}, async (t) => {
  const dir = folder(t)
  const child = spawn('sleep', ['600'], { stdio: 'ignore', detached: true })
  t.after(() => child.kill('SIGKILL'))
  const first = new Survivors(dir, 'first')
  first.note([child.pid!])
  const file = join(dir, 'first.json')
  while (!existsSync(file) || !readFileSync(file, 'utf8').endsWith('}')) await delay(10)
  assert.equal(await new Survivors(dir, 'second').reap(), 0)
  const notes = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...notes, runner: { ...notes.runner, startTime: 'another' } }))
  assert.equal(await new Survivors(dir, 'third').reap(), 1)
  while (child.signalCode === null) await delay(10)
  assert.equal(child.signalCode, 'SIGKILL')
})
