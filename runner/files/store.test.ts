/** Files with two writers, on a real disk: no byte lost, nothing followed elsewhere. */
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Store } from './store.ts'
import { RefusedFile } from './text.ts'

const WINDOWS = process.platform === 'win32'
const PLACE = ['a', 'b.ts'] as const

async function make(
  t: TestContext,
  content?: string | Buffer,
): Promise<{ root: string; store: Store; file: string }> {
  const root = await mkdtemp(join(tmpdir(), 'prise-directe-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  const file = join(root, 'a', 'b.ts')
  if (content !== undefined) {
    await mkdir(join(root, 'a'))
    await writeFile(file, content)
  }
  return { root, store: new Store(root), file }
}

function refused(reason: string, more: object = {}) {
  return (error: unknown) => {
    assert.ok(error instanceof RefusedFile, String(error))
    assert.deepEqual({ ...error.refusal, ...more }, { ...error.refusal, ...more, reason })
    for (const [key, value] of Object.entries(more))
      assert.deepEqual((error.refusal as unknown as Record<string, unknown>)[key], value)
    return true
  }
}

test('what is written is read again, and no draft is left', async (t) => {
  const { root, store } = await make(t)
  const version = await store.write(PLACE, 'é\n', null)
  assert.deepEqual(await store.read(PLACE), { text: 'é\n', version })
  assert.deepEqual(await readdir(join(root, 'a')), ['b.ts'])
  assert.equal(await store.find(['a', 'c.ts']), null)
  assert.deepEqual(await store.names(['z']), [])
})

test('a version that another program replaced, or a file that it deleted, is a conflict; the same text is none', async (t) => {
  const { store, file } = await make(t)
  const first = await store.write(PLACE, '1\n', null)
  await writeFile(file, 'elsewhere\n')
  const theirs = await store.read(PLACE)
  await assert.rejects(store.write(PLACE, '2\n', first), refused('conflict', { theirs }))
  assert.equal(await readFile(file, 'utf8'), 'elsewhere\n')
  assert.equal(await store.write(PLACE, 'elsewhere\n', first), theirs.version)
  await assert.rejects(store.write(PLACE, 'new\n', null), refused('conflict'))
  await unlink(file)
  await assert.rejects(store.write(PLACE, '2\n', first), refused('conflict', { theirs: null }))
})

test('of two writings at once one wins and the other is told', async (t) => {
  const { store, file } = await make(t)
  const base = await store.write(PLACE, '1\n', null)
  const outcomes = await Promise.allSettled([
    store.write(PLACE, 'x\n', base),
    store.write(PLACE, 'y\n', base),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  )
  assert.equal(await readFile(file, 'utf8'), 'x\n')
})

test('a file that another program is still writing is no conflict once it is whole', async (t) => {
  const { store, file } = await make(t, 'whole\n')
  const { version } = await store.read(PLACE)
  const other = await open(file, 'w')
  await other.write('who')
  const written = store.write(PLACE, 'mine\n', version)
  setTimeout(async () => {
    await other.write('le\n')
    await other.close()
  }, 20)
  await written
  assert.equal(await readFile(file, 'utf8'), 'mine\n')
})

test('line endings of Windows and a byte order mark survive', async (t) => {
  const { store, file } = await make(t, '\ufeffun\r\ndeux\r\n')
  const { text, version } = await store.read(PLACE)
  assert.equal(text, 'un\ndeux\n')
  await store.write(PLACE, text + 'trois\n', version)
  assert.equal(await readFile(file, 'utf8'), '\ufeffun\r\ndeux\r\ntrois\r\n')
})

test('what is no text in UTF-8, or too large, is neither read nor written over', async (t) => {
  const cases: [Buffer, string, object][] = [
    [Buffer.from([0x63, 0xe9, 0x0a]), 'not-utf8', { guess: 'windows-1252' }],
    [Buffer.from([0xff, 0xfe, 0x63, 0x00]), 'not-utf8', { guess: 'utf-16' }],
    [Buffer.from('a\0b'), 'binary', {}],
    [Buffer.alloc(300_000, 'x'), 'too-large', { bytes: 300_000 }],
  ]
  for (const [bytes, reason, more] of cases) {
    const { store, file } = await make(t, bytes)
    await assert.rejects(store.read(PLACE), refused(reason, more))
    await assert.rejects(store.write(PLACE, 'x', null), refused(reason, more))
    assert.deepEqual(await readFile(file), bytes)
  }
  const { store } = await make(t)
  await assert.rejects(
    store.write(PLACE, 'é'.repeat(150_000), null),
    refused('too-large', { bytes: 300_000 }),
  )
  await assert.rejects(store.write(PLACE, 'a\0', null), refused('binary'))
})

test('A28: a link, a folder or a queue in place of a file or of a folder is refused, and what it leads to is unchanged', {
  skip: WINDOWS && 'Windows demande un droit particulier pour créer un lien',
}, async (t) => {
  const { root, store, file } = await make(t)
  const secret = join(root, 'secret.ts')
  await writeFile(secret, 'secret\n')
  const treat = async (place: readonly [string, string]) => {
    await assert.rejects(store.read(place), refused('link'))
    await assert.rejects(store.write(place, 'x', null), refused('link'))
  }
  await mkdir(join(root, 'a'))
  await symlink(secret, file)
  await treat(PLACE)
  await symlink(join(root, 'absent.ts'), join(root, 'a', 'dangling.ts'))
  await treat(['a', 'dangling.ts'])
  execFileSync('mkfifo', [join(root, 'a', 'queue.ts')])
  await treat(['a', 'queue.ts'])
  await mkdir(join(root, 'a', 'folder.ts'))
  await treat(['a', 'folder.ts'])
  await symlink(root, join(root, 'lab'))
  await treat(['lab', 'secret.ts'])
  await writeFile(join(root, 'plain'), '')
  await treat(['plain', 'b.ts'])
  const linked = join(root, 'linked')
  await symlink(join(root, 'a'), linked)
  await assert.rejects(new Store(linked).write(['c', 'd.ts'], 'x', null), refused('link'))
  assert.equal(await readFile(secret, 'utf8'), 'secret\n')
  assert.equal((await readdir(root)).includes('absent.ts'), false)
})

/** Puts a folder and a link to another one in turn under one name, as fast as it can, whatever the store makes there. */
const SWAP = `
  const { renameSync, rmSync } = require('node:fs')
  const [folder, link, name] = process.argv.slice(1)
  const clear = (path) => { try { rmSync(path, { recursive: true, force: true }) } catch {} }
  const put = (from, to) => {
    for (;;) try { return renameSync(from, to) } catch { clear(to) }
  }
  process.stdout.write('go')
  for (;;) {
    put(folder, name); put(name, folder)
    put(link, name); put(name, link)
  }`

test('A28: a folder that becomes a link and back, all along, never leads a writing elsewhere', {
  skip: process.platform !== 'linux' && 'seul Linux laisse tenir un dossier ouvert',
}, async (t) => {
  const { root } = await make(t)
  const outside = join(root, 'outside')
  const work = join(root, 'work')
  await mkdir(outside)
  await writeFile(join(outside, 'b.ts'), 'untouched\n')
  await mkdir(join(work, 'folder'), { recursive: true })
  await symlink(outside, join(work, 'link'))
  const names = ['folder', 'link', 'a'].map((name) => join(work, name))
  const swapper = spawn(process.execPath, ['-e', SWAP, ...names])
  const ended = once(swapper, 'exit')
  await once(swapper.stdout, 'data')
  const inside = new Store(work)
  const ends = new Set<string>()
  const refusal = (error: unknown) => {
    if (error instanceof RefusedFile) ends.add(error.refusal.reason)
    else throw error
  }
  try {
    // Each one under a name of its own: none waits for the other writer of a conflict.
    for (let i = 0; i < 300; i += 1) {
      await inside.write(['a', `${i}.ts`], 'x\n', null).then(() => ends.add('written'), refusal)
      const read = await inside.read(PLACE).catch(refusal)
      assert.equal(read, undefined, 'the file of another folder was read')
    }
  } finally {
    swapper.kill('SIGKILL')
    await ended
  }
  assert.deepEqual(await readdir(outside), ['b.ts'])
  assert.equal(await readFile(join(outside, 'b.ts'), 'utf8'), 'untouched\n')
  assert.ok(ends.has('link') && ends.has('written'), [...ends].join(' '))
})

test('on a full disk the old file stays whole and no draft is left', {
  skip: spawnSync('unshare', ['-m', 'true']).status !== 0 && 'il faut pouvoir monter un petit disque',
}, async (t) => {
  const { root } = await make(t)
  const program = `
    const { Store } = await import(${JSON.stringify(new URL('./store.ts', import.meta.url).href)})
    const { readdirSync, readFileSync } = await import('node:fs')
    const store = new Store(${JSON.stringify(root)})
    const version = await store.write(['a', 'b.ts'], 'good', null)
    const end = await store.write(['a', 'b.ts'], 'x'.repeat(200000), version).catch((e) => e.refusal?.reason)
    console.log(end, readdirSync(${JSON.stringify(join(root, 'a'))}).join(), readFileSync(${JSON.stringify(join(root, 'a', 'b.ts'))}, 'utf8'))`
  const mounted = 'mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" --input-type=module -e "$3"'
  const said = execFileSync('unshare', ['-m', 'sh', '-c', mounted, 'sh', root, process.execPath, program], {
    encoding: 'utf8',
  })
  assert.equal(said.trim(), 'disk-full b.ts good')
})
