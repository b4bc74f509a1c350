import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Store } from '../../learner/store.ts'
import { LocalFiles } from './local-files.ts'
import { type FileChange, FileError } from './source.ts'

/** A storage that holds so many characters. */
function storage(room: number): Storage {
  const items = new Map<string, string>()
  const used = () => [...items].reduce((sum, [name, text]) => sum + name.length + text.length, 0)
  const methods = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem(name: string, text: string) {
      if (used() + name.length + text.length > room) throw new DOMException('full', 'QuotaExceededError')
      items.set(name, text)
    },
    removeItem: (name: string) => void items.delete(name),
  }
  // As in a browser, the names are the keys of the object.
  return new Proxy(methods, {
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }) as unknown as Storage
}

const COURSE = { 'serveur.ts': 'cours\n', 'exercices/poli.ts': 'départ\n' }

function files(room = 100_000, kept = storage(room)): LocalFiles {
  return new LocalFiles(new Store(() => kept), async (lab) => (lab === 'refus' ? COURSE : {}))
}

const refusal = (reason: string) => (error: unknown) =>
  error instanceof FileError && error.refusal?.reason === reason

test('a copy is made, read again by another page, changed from its version only', async () => {
  const kept = storage(100_000)
  const [ours, theirs] = [files(0, kept), files(0, kept)]
  assert.equal((await ours.read('refus', 'serveur.ts')).copy, null)
  const first = await ours.write('refus', 'serveur.ts', 'un\n', null)
  assert.deepEqual((await theirs.read('refus', 'serveur.ts')).copy, { text: 'un\n', version: first })
  const second = await theirs.write('refus', 'serveur.ts', 'deux\n', first)
  await assert.rejects(ours.write('refus', 'serveur.ts', 'trois\n', first), refusal('conflict'))
  assert.equal((await ours.read('refus', 'serveur.ts')).copy?.version, second)
  const [entry] = await ours.list('refus')
  assert.equal(entry?.copy, second)
  assert.notEqual(entry?.original, second)
  assert.equal(ours.fleeting, false)
})

test('the course taken back has the version of the course', async () => {
  const ours = files()
  const version = await ours.write('refus', 'serveur.ts', COURSE['serveur.ts'], null)
  assert.equal((await ours.list('refus'))[0]?.original, version)
})

test('a version is kept under a name, once', async () => {
  const ours = files()
  const changes: FileChange[] = []
  ours.watch((change) => changes.push(change))
  await ours.keep('refus', 'exercices/poli.ts', 'avant le refus', 'texte\n')
  assert.equal((await ours.readKept('refus', 'exercices/poli.ts', 'avant le refus')).text, 'texte\n')
  assert.deepEqual((await ours.list('refus'))[1]?.kept, ['avant le refus'])
  await assert.rejects(
    ours.keep('refus', 'exercices/poli.ts', 'avant le refus', 'autre\n'),
    refusal('conflict'),
  )
  await assert.rejects(ours.keep('refus', 'exercices/poli.ts', '../x', 'autre\n'), refusal('bad-name'))
  assert.equal(changes.length, 1)
})

test('only the files of the lab are read and written', async () => {
  const ours = files()
  for (const file of ['lab.ts', '../udp/serveur.ts', 'constructor']) {
    await assert.rejects(ours.read('refus', file), refusal('unknown-file'))
    await assert.rejects(ours.write('refus', file, 'x', null), refusal('unknown-file'))
  }
  await assert.rejects(ours.write('refus', 'serveur.ts', 'x'.repeat(300_000), null), refusal('too-large'))
})

test('a browser that keeps nothing: the page remembers, and says that it is all there is', async () => {
  const ours = files(10)
  const version = await ours.write('refus', 'serveur.ts', 'texte\n', null)
  assert.deepEqual((await ours.read('refus', 'serveur.ts')).copy, { text: 'texte\n', version })
  assert.equal(ours.fleeting, true)
})
