/** Two writers on one file, in every order: over the runner's own workspace, on the disk. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { EditedFile, type FileState } from '../../site/lab/editor/edited-file.ts'
import { diskFiles } from './disk-files.ts'

const LAB = 'udp'
const FILE = 'emetteur.ts'
const ORIGINAL = readFileSync(join(import.meta.dirname, '..', '..', 'labs', LAB, FILE), 'utf8')

async function open(t: TestContext, draft: Parameters<EditedFile['open']>[0] = null) {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  const files = diskFiles(join(dir, 'travail'))
  let text = ''
  const states: FileState[] = []
  let told: string | null = null
  let wake = () => {}
  const edited = new EditedFile(files, LAB, FILE, {
    text: () => text,
    replace: (other) => {
      text = other
    },
    show: (state) => {
      states.push(state)
      wake()
    },
  })
  files.watch(({ version }) => {
    told = version
    wake()
  })
  t.after(() => {
    edited.close()
    files.close()
    rmSync(dir, { recursive: true, force: true })
  })
  text = await edited.open(draft)
  const path = join(dir, 'travail', LAB, FILE)
  return {
    edited,
    states,
    path,
    disk: () => readFileSync(path, 'utf8'),
    text: () => text,
    type: (more: string) => {
      text = more
      edited.edited()
    },
    /** Waits for a state, and for the system to have told of what was saved. */
    until: async (name: FileState['name']) => {
      while (edited.state.name !== name || (name === 'saved' && told !== edited.base))
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    },
  }
}

test('nothing is written before the first change; then each change is, a moment later', async (t) => {
  const { edited, text, type, until, disk, path } = await open(t)
  assert.equal(text(), ORIGINAL)
  assert.equal(edited.state.name, 'course')
  assert.throws(() => readFileSync(path), /ENOENT/)
  type('1\n')
  await until('saved')
  assert.equal(disk(), '1\n')
  type('2\n')
  assert.equal(await edited.save(), true)
  assert.equal(disk(), '2\n')
})

test('what another program writes is shown when nothing here is unsaved', async (t) => {
  const { edited, text, type, path, until, states } = await open(t)
  type('1\n')
  await until('saved')
  states.length = 0
  writeFileSync(path, 'elsewhere\n')
  await until('saved')
  while (text() !== 'elsewhere\n') await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(await edited.save(), true)
  assert.equal(
    states.some(({ name }) => name === 'conflict'),
    false,
  )
})

for (const keep of ['mine', 'theirs'] as const) {
  test(`two changes at once are both shown, and nothing is lost when one keeps ${keep}`, async (t) => {
    const { edited, text, type, path, until, disk } = await open(t)
    type('1\n')
    await until('saved')
    writeFileSync(path, 'elsewhere\n')
    type('here\n')
    assert.equal(await edited.save(), false)
    assert.ok(edited.state.name === 'conflict')
    assert.equal(edited.state.theirs?.text, 'elsewhere\n')
    assert.equal(disk(), 'elsewhere\n')
    type('here, again\n')
    assert.equal(await edited.save(), false, 'a conflict launches nothing')
    assert.equal(await edited.resolve(keep), true)
    assert.equal(text(), keep === 'mine' ? 'here, again\n' : 'elsewhere\n')
    assert.equal(disk(), text())
  })
}

test('a copy deleted elsewhere is a conflict: what is shown may be written again, or left', async (t) => {
  const { edited, text, type, path, until, disk } = await open(t)
  type('1\n')
  await until('saved')
  rmSync(path)
  await until('conflict')
  assert.equal(text(), '1\n')
  assert.equal(await edited.resolve('mine'), true)
  assert.equal(disk(), '1\n')
  await until('saved')
  rmSync(path)
  await until('conflict')
  await edited.resolve('theirs')
  assert.equal(text(), ORIGINAL)
  assert.equal(edited.state.name, 'course')
})

test('a draft left by a reload is saved, or is one more writer when the file has changed since', async (t) => {
  const { until, disk } = await open(t, { text: 'draft\n', base: null, history: null })
  await until('saved')
  assert.equal(disk(), 'draft\n')
  const late = await open(t, { text: 'draft\n', base: 'an older version', history: null })
  assert.equal(late.edited.state.name, 'conflict')
  assert.equal(late.text(), 'draft\n')
})

test('what cannot be saved is kept, and said why', async (t) => {
  const { edited, text, type, path, until } = await open(t)
  type('1\n')
  await until('saved')
  writeFileSync(path, Buffer.from([0xe9]))
  type('2\n')
  assert.equal(await edited.save(), false)
  assert.ok(edited.state.name === 'refused')
  assert.equal(edited.state.refusal?.reason, 'not-utf8')
  assert.equal(text(), '2\n')
  assert.ok(dirname(path))
})
