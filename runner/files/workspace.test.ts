/** The learner's copies beside the labs of the tests, and what is told of them. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { FIXTURES } from '../testing.ts'
import { RefusedFile } from './text.ts'
import { type FileChange, FileWatch } from './watch.ts'
import { Workspace } from './workspace.ts'

const LABS = join(dirname(dirname(import.meta.dirname)), 'labs')

function make(t: TestContext, labs = FIXTURES): Workspace {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return new Workspace(labs, join(dir, 'travail'))
}

const refused = (reason: string) => (error: unknown) =>
  error instanceof RefusedFile && error.refusal.reason === reason

/** Names that are no file of a lab, each one that a disk would give a meaning to. */
const STRANGE = [
  ...[
    '../x/y.ts',
    '/etc/passwd',
    'a/../echo.ts',
    './echo.ts',
    'a\\b.ts',
    '.cache.ts',
    'echo.ts\0',
    'echo.ts.',
  ],
  ...[
    '',
    '.',
    '..',
    'ECHO.TS',
    'echo.js',
    'con.ts',
    'qt/echo/aux.h',
    'b:c.ts',
    'qt//echo/main.cpp',
    'e\u0301cho.ts',
  ],
  ...['lab.ts', 'activites.ts', 'table.test.ts', '__proto__', 'constructor'],
]

test('A28: only the files that a lab declares are read or written, whatever the name asked for', async (t) => {
  const workspace = make(t)
  for (const file of STRANGE) {
    await assert.rejects(workspace.read('outils', file), refused('unknown-file'), file)
    await assert.rejects(workspace.write('outils', file, 'x', null), refused('unknown-file'), file)
    await assert.rejects(workspace.program('outils', file), refused('unknown-file'), file)
  }
  for (const lab of ['', '.', '..', '../labs', 'outils/', 'commun', 'OUTILS', 'absent'])
    await assert.rejects(workspace.read(lab, 'echo.ts'), refused('unknown-file'), lab)
})

test('the copies leave the files of the labs intact, and say which version each one is', async (t) => {
  const workspace = make(t)
  const { original, copy } = await workspace.read('outils', 'echo.ts')
  assert.equal(copy, null)
  const version = await workspace.write('outils', 'echo.ts', '// le mien\n', null)
  assert.equal((await workspace.read('outils', 'echo.ts')).copy?.text, '// le mien\n')
  assert.equal(readFileSync(join(FIXTURES, 'outils', 'echo.ts'), 'utf8'), original.text)
  const entry = (await workspace.list('outils')).find(({ file }) => file === 'echo.ts')
  assert.deepEqual(entry, { file: 'echo.ts', copy: version, original: original.version, kept: [] })
  assert.ok(workspace.files('outils').includes('qt/echo/main.cpp'))
  assert.equal(workspace.files('outils').includes('lab.ts'), false)
})

test('a program is copied with what it imports, or with its C++ neighbours, over nothing that is there', async (t) => {
  const workspace = make(t, LABS)
  await workspace.write('cadrage', 'serveur.ts', '// le mien\n', null)
  const main = await workspace.program('cadrage', 'serveur.ts')
  assert.equal(readFileSync(main, 'utf8'), '// le mien\n')
  assert.equal(
    readFileSync(join(dirname(main), 'cadreur.ts'), 'utf8'),
    readFileSync(join(LABS, 'cadrage', 'cadreur.ts'), 'utf8'),
  )
  await workspace.program('cadrage', 'qt/serveur/main.cpp')
  assert.ok(readFileSync(join(workspace.dir, 'cadrage', 'qt', 'Cadreur.h'), 'utf8'))
  await workspace.program('multi-clients', 'qt/serveur/main.cpp')
  for (const name of ['Serveur.cpp', 'Serveur.h', 'calcul.h'])
    assert.ok(readFileSync(join(workspace.dir, 'multi-clients', 'qt', 'serveur', name), 'utf8'))
  assert.ok(JSON.parse(readFileSync(join(workspace.dir, 'tsconfig.json'), 'utf8')))
})

test('versions are kept under names, which are never paths', async (t) => {
  const workspace = make(t)
  await workspace.keep('outils', 'echo.ts', 'Avant la file', '1\n', null)
  await workspace.keep('outils', 'echo.ts', 'été 2', '2\n', null)
  const entry = (await workspace.list('outils')).find(({ file }) => file === 'echo.ts')
  assert.deepEqual(entry?.kept, ['Avant la file', 'été 2'])
  assert.equal((await workspace.readKept('outils', 'echo.ts', 'e\u0301te\u0301 2')).text, '2\n')
  await assert.rejects(workspace.keep('outils', 'echo.ts', 'été 2', '3\n', null), refused('conflict'))
  for (const name of ['', '..', 'a/b', 'a\\b', 'aux', 'x.', ' x', 'x '.repeat(30), 'a\0', '.x', 'a:b'])
    await assert.rejects(workspace.keep('outils', 'echo.ts', name, 'x', null), refused('bad-name'), name)
})

test('each change of a copy is told once, whole, whoever makes it', async (t) => {
  const workspace = make(t)
  const watch = new FileWatch(workspace)
  t.after(() => watch.close())
  const told: FileChange[] = []
  let wake = () => {}
  const end = watch.listen((change) => {
    told.push(change)
    wake()
  })
  /** Waits until the last thing told is this version. */
  const until = async (version: string | null) => {
    while (told.at(-1)?.version !== version)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
  const file = join(workspace.dir, 'outils', 'echo.ts')
  const first = await workspace.write('outils', 'echo.ts', '1\n', null)
  await until(first)
  // Written by another program in several goes: what is half there is not told.
  const large = 'x'.repeat(100_000)
  writeFileSync(file, 'x')
  writeFileSync(file, large)
  const { copy } = await workspace.read('outils', 'echo.ts')
  await until(copy!.version)
  const second = await workspace.write('outils', 'echo.ts', '2\n', copy!.version)
  await until(second)
  rmSync(file)
  await until(null)
  assert.deepEqual(
    told.map(({ version }) => version),
    [first, copy!.version, second, null],
  )
  assert.ok(told.every(({ lab, file }) => lab === 'outils' && file === 'echo.ts'))
  mkdirSync(join(workspace.dir, 'elsewhere'))
  writeFileSync(join(workspace.dir, 'outils', 'stranger.ts'), 'x')
  await workspace.write('outils', 'flood.ts', '3\n', null)
  while (told.at(-1)?.file !== 'flood.ts')
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  assert.equal(told.length, 5)
  end()
})
