/** `npm run build -- --sortie`: what it refuses, before it builds or empties anything. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../scripts/build.ts'

function build(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'build.ts'), ...args])
  return { status, stderr: stderr.toString() }
}

test('a folder that holds something else is left as it is', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sortie-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'devoir.txt'), 'à rendre')
  const { status, stderr } = build('--sortie', folder)
  assert.equal(status, 1)
  assert.match(stderr, /contient autre chose que ce site : choisissez un dossier vide/)
  assert.equal(readFileSync(join(folder, 'devoir.txt'), 'utf8'), 'à rendre')
})

for (const args of [
  ['--base', 'cours', '--sortie', 'x'],
  ['--base', '/cours', '--sortie', 'x'],
  ['--base', '/cours/'],
  ['--x'],
]) {
  test(`${args.join(' ')}: the usage, and nothing is built`, () => {
    const { status, stderr } = build(...args)
    assert.equal(status, 2)
    assert.match(stderr, /Usage : npm run build/)
  })
}
