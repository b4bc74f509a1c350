/** The learner's files over HTTP, and their programs: real requests on a real runner. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Runner } from '../main.ts'
import { FILES_PATH, type FileEntry, type FileText } from '../protocol.ts'
import { Page, startTestRunner } from '../testing.ts'

let dir: string
let runner: Runner
let page: Page
let key: string
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  runner = await startTestRunner({ workDir: join(dir, 'travail') })
  page = await Page.open(runner)
  key = page.last('welcome')!.files
})
after(async () => {
  await runner.close()
  rmSync(dir, { recursive: true })
})

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
}

/** All that an answer may say. */
interface Said {
  version: string
  text: string
  original: FileText
  copy: FileText | null
  reason: string
  theirs: FileText
}

/** The status and the value that answer a request; every header is ours, as who is no browser would send. */
function ask<T = Said>(path: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<[number, T]>()
  const all = { Authorization: `Bearer ${key}`, ...headers }
  request(
    { host: '127.0.0.1', port: runner.port, path: FILES_PATH + path, method, headers: all },
    (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.on('end', () => {
        const json = response.headers['content-type']?.startsWith('application/json')
        resolve([response.statusCode!, json ? JSON.parse(text) : text])
      })
    },
  )
    .on('error', reject)
    .end(body)
  return promise
}

test('a file is read, written over the version that was read, and told to the pages that watch', async () => {
  const [, before] = await ask('/outils/echo.ts')
  assert.equal(before.copy, null)
  page.send({ type: 'watch' })
  await page.until(() => page.last('programs'))
  const [status, { version }] = await ask('/outils/echo.ts', { method: 'PUT', body: '// é\n' })
  assert.equal(status, 200)
  const told = await page.until(() => page.last('file'))
  assert.deepEqual(told, { type: 'file', lab: 'outils', file: 'echo.ts', version })
  assert.deepEqual(await ask('/outils/echo.ts'), [
    200,
    { original: before.original, copy: { text: '// é\n', version } },
  ])
  const again = { method: 'PUT', headers: { 'If-Match': `"${version}"` }, body: '// é\n// 2\n' }
  assert.equal((await ask('/outils/echo.ts', again))[0], 200)
  const late = { ...again, body: '// trop tard\n' }
  const [refused, { reason, theirs }] = await ask('/outils/echo.ts', late)
  assert.deepEqual([refused, reason, theirs.text], [409, 'conflict', '// é\n// 2\n'])
  const [, list] = await ask<FileEntry[]>('/outils')
  assert.equal(list.find(({ file }) => file === 'echo.ts')?.copy, theirs.version)
})

test('a version is kept under a name and read again', async () => {
  const path = `/outils/echo.ts?version=${encodeURIComponent('avant l été')}`
  assert.equal((await ask(path, { method: 'PUT', body: 'gardé\n' }))[0], 200)
  assert.equal((await ask(path))[1].text, 'gardé\n')
  assert.equal(
    (await ask('/outils/echo.ts?version=..%2Fx', { method: 'PUT', body: 'x' }))[1].reason,
    'bad-name',
  )
})

test('A6 A7: nothing is read nor written without the key, from another origin, or under another name', async () => {
  const hostile: Asked[] = [
    { headers: { Authorization: '' } },
    { headers: { Authorization: `Bearer ${'x'.repeat(key.length)}` } },
    { headers: { Origin: 'http://evil.example' } },
    { headers: { Host: 'evil.example' } },
    { headers: { Authorization: `Bearer ${new URL(runner.url).hash.slice('#jeton='.length)}` } },
  ]
  for (const { headers } of hostile) {
    for (const method of ['GET', 'PUT']) {
      const [status] = await ask('/outils/flood.ts', { method, headers, body: 'x' })
      assert.ok([401, 403, 421].includes(status), JSON.stringify(headers))
    }
  }
  assert.equal((await ask('/outils/flood.ts'))[1].copy, null)
  for (const method of ['POST', 'DELETE', 'PATCH', 'OPTIONS'])
    assert.equal((await ask('/outils/flood.ts', { method }))[0], 405)
})

test('A28: what is too large, no text, or no file of a lab is refused and nothing is written', async () => {
  const put = (path: string, body: string | Buffer) => ask(path, { method: 'PUT', body })
  assert.deepEqual(await put('/outils/flood.ts', 'x'.repeat(300_000)), [
    413,
    { reason: 'too-large', bytes: 300_000 },
  ])
  assert.equal((await put('/outils/flood.ts', Buffer.from([0x63, 0xe9])))[1].reason, 'not-utf8')
  assert.equal((await put('/outils/flood.ts', 'a\0'))[1].reason, 'binary')
  for (const path of [
    '/outils/lab.ts',
    '/outils/..%2fecho.ts',
    '/..%2f..%2fx/y.ts',
    '/outils/%00',
    '//',
    '/%zz',
  ])
    assert.equal((await put(path, 'x'))[0], 404, path)
  assert.equal((await ask('/outils/flood.ts'))[1].copy, null)
})

test('the learner’s copy is what runs when it is asked for, and the course’s otherwise', async () => {
  const { copy } = (await ask('/outils/size.ts'))[1]
  assert.equal(copy, null)
  await ask('/outils/size.ts', { method: 'PUT', body: "console.log('le mien')\n" })
  const other = await Page.open(runner)
  other.ask({ role: 'waiting', copy: true })
  await other.printed(/le mien/)
  assert.equal(other.last('session')?.ref.copy, true)
  await other.ended()
  // What has no copy yet gets one: nothing differs but its place.
  const third = await Page.open(runner)
  third.ask({ role: 'facts', copy: true })
  await third.ended()
  const made = readFileSync(join(dir, 'travail', 'outils', 'facts.ts'), 'utf8')
  assert.equal((await ask('/outils/facts.ts'))[1].original.text, made)
  const odd = await Page.open(runner)
  odd.ask({ copy: false })
  assert.equal(await odd.closed(), 4400)
})

test('an exercise runs as a role without options, and no other file does', async () => {
  const page = await Page.open(runner)
  for (const role of ['exercices/absent', 'exercices/../echo', 'exercices/', 'size.ts']) {
    page.ask({ role })
    assert.equal((await page.refused()).reason, 'unknown-role', role)
    page.forget()
  }
  page.ask({ role: 'exercices/bonjour' })
  await page.printed(/Bonjour, exercice/)
  const copy = join(dir, 'travail', 'outils', 'exercices', 'bonjour.ts')
  await ask('/outils/exercices/bonjour.ts', { method: 'PUT', body: 'x' })
  writeFileSync(copy, "console.log('écrit ailleurs')\n")
  const mine = await Page.open(runner)
  mine.ask({ role: 'exercices/bonjour', copy: true })
  await mine.printed(/écrit ailleurs/)
})

test('an exercise runs in each variant that it has, the learner’s copy too', async () => {
  const page = await Page.open(runner)
  page.ask({ role: 'exercices/bonjour', variant: 'qt' })
  assert.equal((await page.refused()).reason, 'unknown-variant')
  page.forget()
  page.ask({ role: 'exercices/bonjour', variant: 'node' })
  await page.printed(/Bonjour, exercice en Node/)
  await ask('/outils/exercices/bonjour.node.ts', { method: 'PUT', body: "console.log('mon Node')\n" })
  const mine = await Page.open(runner)
  mine.ask({ role: 'exercices/bonjour', variant: 'node', copy: true })
  await mine.printed(/mon Node/)
})
