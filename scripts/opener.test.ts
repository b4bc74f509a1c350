import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { openBrowser } from './opener.ts'

const URL = 'http://localhost:4321/#jeton=S3CR3T'

test('A6: the token is in no argument of what opens the browser, only in a page of its owner', {
  skip: process.platform !== 'linux' && 'remplace xdg-open, propre à Linux',
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  const { PATH } = process.env
  t.after(() => {
    process.env.PATH = PATH
    rmSync(dir, { recursive: true })
  })
  // What another user could see, and what the browser would read.
  const record = join(dir, 'record')
  writeFileSync(
    join(dir, 'xdg-open'),
    `#!/bin/sh\ntr '\\0' ' ' < /proc/$$/cmdline > ${record}.1\nstat -c %a "$1" > ${record}.2\ncat "$1" > ${record}.3\ntouch ${record}.end\n`,
    { mode: 0o755 },
  )
  process.env.PATH = `${dir}${delimiter}${PATH}`
  const pages = join(dir, 'cache')
  const remove = openBrowser(URL, pages)
  while (!existsSync(`${record}.end`)) await delay(10)
  const said = (part: number) => readFileSync(`${record}.${part}`, 'utf8')
  assert.match(said(1), /xdg-open .*ouvrir-/)
  assert.doesNotMatch(said(1), /S3CR3T/)
  assert.equal(said(2).trim(), '600')
  assert.ok(said(3).includes(`content="0;url=${URL}"`))
  remove()
  assert.deepEqual(readdirSync(pages), [])
})

test('without a folder to write in, nothing is opened and nothing fails', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, 'file'), '')
  openBrowser(URL, join(dir, 'file', 'cache'))()
})
