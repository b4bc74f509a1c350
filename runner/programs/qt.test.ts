import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Runner } from '../main.ts'
import { FIXTURES, Page, startTestRunner } from '../testing.ts'
import { withLock } from './lock.mjs'
import { detectQt, QtBuilder } from './qt.ts'

const skip = (await detectQt()) ? false : 'Qt 6 or CMake is absent from this machine'
const root = join(FIXTURES, '..', '..', '..')

let project: string
let runner: Runner
before(async () => {
  project = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  cpSync(FIXTURES, join(project, 'runner', 'fixtures', 'labs'), { recursive: true })
  cpSync(join(root, 'labs', 'lab.ts'), join(project, 'labs', 'lab.ts'))
  runner = await startTestRunner({ labsDir: join(project, 'runner', 'fixtures', 'labs') })
})
after(async () => {
  await runner.close()
  rmSync(project, { recursive: true })
})

test('a C++ program is built in its terminal on first use, then runs there', { skip }, async () => {
  const page = await Page.open(runner)
  assert.equal(page.last('welcome')?.qt, true)
  const { phase } = await page.start('echo', { message: 'été' }, 'qt')
  assert.equal(phase, 'building')
  await page.printed(/C\+\+ --message=été\r\n/)
  // What CMake and the compiler say is not left there.
  assert.match(page.text, /Compilation de outils\/echo….* \d+ sur \d+/)
  assert.match(page.text, /Compilé en \d+ s\.\r\nC\+\+/)
  assert.doesNotMatch(page.text, /Building|--message.*Compilé/s)
  await page.until(() => page.last('state')?.phase === 'running')
  page.type('là\r')
  await page.printed(/<là>/)
  page.type('\x04')
  assert.equal((await page.ended()).code, 0)

  const again = await page.start('echo', {}, 'qt')
  assert.equal(again.phase, 'running')
  await page.printed(/C\+\+ --message=bonjour/)
  assert.doesNotMatch(page.text, /Compil/)
  page.type('\x04')
  await page.ended()

  const source = join(project, 'runner/fixtures/labs/outils/qt/echo/main.cpp')
  utimesSync(source, new Date(), new Date())
  assert.equal((await page.start('echo', {}, 'qt')).phase, 'building')
  await page.printed(/C\+\+/)
  await page.close()
})

test('an error of the compiler is readable in the terminal, and the end says so', { skip }, async () => {
  const page = await Page.open(runner)
  await page.start('broken', {}, 'qt')
  const end = await page.ended()
  assert.equal(end.reason, 'build-failed')
  assert.notEqual(end.code, 0)
  assert.match(page.text, /La compilation de outils\/broken a échoué :\r\n.*main\.cpp:3:\d+.*missing/s)
  assert.doesNotMatch(page.text, /FAILED|ninja|make/)
  await page.close()
})

test('a build can be stopped', { skip }, async () => {
  const source = join(project, 'runner/fixtures/labs/outils/qt/echo/main.cpp')
  utimesSync(source, new Date(), new Date())
  const page = await Page.open(runner)
  await page.start('echo', {}, 'qt')
  page.send({ type: 'stop' })
  assert.equal((await page.ended()).reason, 'stopped')
  await page.close()
})

test('a program that waits for another build can be stopped at once', { skip }, async () => {
  const source = join(project, 'runner/fixtures/labs/outils/qt/echo/main.cpp')
  utimesSync(source, new Date(), new Date())
  const page = await Page.open(runner)
  await withLock(join(project, 'runner/fixtures/.cache/qt.lock'), async () => {
    await page.start('echo', {}, 'qt')
    page.send({ type: 'stop' })
    assert.equal((await page.ended()).reason, 'stopped')
  })
  await page.close()
})

test('without Qt a C++ program is refused, and the page knows it beforehand', async (t) => {
  const { PATH } = process.env
  process.env.PATH = '/nowhere'
  t.after(() => {
    process.env.PATH = PATH
  })
  const without = await startTestRunner()
  t.after(() => without.close())
  const page = await Page.open(without)
  assert.equal(page.last('welcome')?.qt, false)
  page.ask({ variant: 'qt' })
  assert.equal((await page.refused()).reason, 'qt-missing')
  await page.close()
})

test('a build that was copied here with the course is made anew, the one of this place is kept', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, place, kept] of [
    ['moved', join(folder, 'before'), false],
    ['here', join(folder, 'here'), true],
  ] as const) {
    const build = join(folder, name)
    mkdirSync(build)
    writeFileSync(join(build, 'CMakeCache.txt'), `# Cache\nCMAKE_CACHEFILE_DIR:INTERNAL=${place}\n`)
    new QtBuilder(folder, build).prepare('outils', 'echo')
    assert.equal(existsSync(build), kept, name)
  }
})
