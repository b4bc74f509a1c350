/** Two writers on one file, in every order: over the runner's own workspace, on the disk. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
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

/** What a learner lives through on a small disk that fills up, then is read-only: told line by line. */
const SMALL_DISK = `
  import { execFileSync } from 'node:child_process'
  import { readFileSync, rmSync, writeFileSync } from 'node:fs'
  const { EditedFile } = await import(MODULES[0])
  const { diskFiles } = await import(MODULES[1])
  const { FILE_REFUSALS } = await import(MODULES[2])
  const files = diskFiles(DIR + '/travail')
  let text = ''
  const view = { text: () => text, replace: (other) => { text = other }, show: () => {} }
  const edited = new EditedFile(files, 'udp', 'emetteur.ts', view)
  text = await edited.open(null)
  const save = async (what, more) => {
    if (more) { text = more; edited.edited() }
    const saved = await edited.save()
    const why = edited.state.refusal?.reason
    const disk = readFileSync(DIR + '/travail/udp/emetteur.ts', 'utf8').slice(0, 3)
    console.log(what, saved, why ? FILE_REFUSALS[why].slice(0, 27) : '-', text.slice(0, 3), disk)
  }
  const remount = (how) => execFileSync('mount', ['-o', 'remount,' + how, DIR])
  await save('first:', 'un')
  writeFileSync(DIR + '/plein', 'x'.repeat(80_000))
  await save('full:', 'deux' + ' '.repeat(60_000))
  rmSync(DIR + '/plein')
  await save('freed:')
  remount('ro')
  await save('read-only:', 'trois')
  remount('rw')
  await save('writable:')
  edited.close()
  files.close()
`

test('on a full disk, in a read-only folder, what is typed stays and it is said why; it is saved once it can be', {
  skip: spawnSync('unshare', ['-m', 'true']).status !== 0 && 'il faut pouvoir monter un petit disque',
}, (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const modules = [
    '../../site/lab/editor/edited-file.ts',
    './disk-files.ts',
    '../../site/texts/files.ts',
  ].map((path) => new URL(path, import.meta.url).href)
  const program = `const MODULES = ${JSON.stringify(modules)}, DIR = ${JSON.stringify(dir)}\n${SMALL_DISK}`
  const mounted = 'mount -t tmpfs -o size=128k tmpfs "$1" && exec "$2" --input-type=module -e "$3"'
  const said = execFileSync('unshare', ['-m', 'sh', '-c', mounted, 'sh', dir, process.execPath, program], {
    encoding: 'utf8',
  })
  assert.deepEqual(said.trim().split('\n'), [
    'first: true - un un',
    'full: false le disque est plein. Libére deu un',
    'freed: true - deu deu',
    'read-only: false le système refuse l’accès à tro deu',
    'writable: true - tro tro',
  ])
})
