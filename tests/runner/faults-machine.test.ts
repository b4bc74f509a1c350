/** The machine fails under the runner: no disk, no descriptor, no terminal, a fault of our own. The labs go on, or end. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { processTable } from '../../runner/processes/table.ts'
import { FIXTURES, Page, startTestRunner } from '../../runner/testing.ts'
import { startElsewhere } from './elsewhere.ts'

const linux = process.platform !== 'linux' && 'demande /proc et ulimit, que ce système n’a pas'

function folder(t: { after(f: () => void): void }): string {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** The labs of the fixtures, in a project that may be changed. */
function ownLabs(t: { after(f: () => void): void }): string {
  const project = folder(t)
  const labs = join(project, 'runner', 'fixtures', 'labs')
  cpSync(FIXTURES, labs, { recursive: true })
  cpSync(join(FIXTURES, '..', '..', '..', 'labs', 'lab.ts'), join(project, 'labs', 'lab.ts'))
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  return labs
}

/** Starts an echo there and talks to it. */
async function echo(page: Page): Promise<void> {
  await page.start('echo')
  await page.printed(/bonjour/)
  page.type('encore\r')
  await page.printed(/<encore>/)
}

test('F21: without a place for its notes, the runner starts its programs all the same', async (t) => {
  const file = join(folder(t), 'file')
  writeFileSync(file, '')
  const runner = await startElsewhere(t, { stateDir: join(file, 'state') })
  await echo(await runner.open())
  assert.equal(runner.said.err, '')
})

test('F21: a program that finds the disk full says so and ends, the others go on', {
  skip: !existsSync('/dev/full') && 'ce système n’a pas /dev/full',
}, async (t) => {
  const labs = ownLabs(t)
  writeFileSync(
    join(labs, 'outils', 'facts.ts'),
    "import { writeFileSync } from 'node:fs'\nwriteFileSync('/dev/full', 'x')\n",
  )
  const runner = await startElsewhere(t, { labsDir: labs })
  const other = await runner.open()
  await echo(other)
  const page = await runner.open()
  await page.start('facts')
  assert.equal((await page.ended()).code, 1)
  assert.match(page.text, /ENOSPC/)
  other.type('toujours là\r')
  await other.printed(/<toujours là>/)
})

test('F22: without a descriptor left a start is refused with its reason, and what runs goes on', {
  skip: linux,
}, async (t) => {
  const runner = await startElsewhere(t, { descriptors: 40 })
  const first = await runner.open()
  await echo(first)
  let refused: string | undefined
  const pages = []
  for (let programs = 0; !refused && programs < 12; programs += 1) {
    const page = await runner.open()
    pages.push(page)
    page.ask({ role: 'echo' })
    const answer = await page.until(() => page.last('session') ?? page.last('refused'))
    if (answer.type === 'refused') refused = answer.reason
  }
  assert.equal(refused, 'no-terminal-left')
  // While nothing can be opened, the looks at the processes come and go.
  await delay(1500)
  first.type('toujours là\r')
  await first.printed(/<toujours là>/)
  for (const page of pages) await page.close()
  first.send({ type: 'stop' })
  assert.equal((await first.ended()).reason, 'stopped')
})

test('a lab whose lab.ts is broken is refused for what it is, and heals once it is put right', async (t) => {
  const labs = ownLabs(t)
  const runner = await startTestRunner({ labsDir: labs })
  t.after(() => runner.close())
  const file = join(labs, 'outils', 'lab.ts')
  const sound = readFileSync(file, 'utf8')
  const page = await Page.open(runner)
  for (const broken of ['export default {', 'export default 12', "import './nowhere.ts'"]) {
    writeFileSync(file, broken)
    page.messages.length = 0
    page.ask({ role: 'echo' })
    assert.equal((await page.refused()).reason, 'lab-broken', broken)
  }
  writeFileSync(file, sound)
  await echo(page)
  await page.close()
})

const NO_NATIVE_PART = `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve(name, context, next) {
    if (name === 'node-pty') throw new Error('no native part here')
    return next(name, context)
  } })`

test('F23: without the terminal library programs run on pipes, are typed to, interrupted and ended', async (t) => {
  const runner = await startElsewhere(t, { first: NO_NATIVE_PART })
  const page = await runner.open()
  assert.equal(page.last('welcome')?.terminals, false)
  await page.start('echo')
  await page.printed(/bonjour\r\n/)
  page.type('étà\x7f\r')
  await page.printed(/étà\x08 \x08\r\n.*<ét>/s)
  page.type('\x04')
  assert.equal((await page.ended()).code, 0)
  await page.start('burst', { size: 1_000_000 })
  assert.equal((await page.ended()).offset, 1_000_000)
  await page.start('deaf')
  await page.until(() => page.last('state')?.ready)
  page.type('\x03')
  assert.equal((await page.ended()).code, 130)
  await page.start('family', { children: 2 })
  const pids = (await page.printed(/pids : ([\d ]+)\./))[1]!.split(' ').map(Number)
  page.send({ type: 'stop' })
  await page.ended()
  const table = await processTable()
  assert.deepEqual(
    pids.filter((pid) => table.some((process) => process.pid === pid)),
    [],
  )
})

test('F25: an error in the file of a program is told with its file and line, code 1', async (t) => {
  const labs = ownLabs(t)
  writeFileSync(join(labs, 'outils', 'facts.ts'), 'const port = 1\nconst = 2\n')
  const runner = await startTestRunner({ labsDir: labs })
  t.after(() => runner.close())
  const page = await Page.open(runner)
  await page.start('facts')
  assert.equal((await page.ended()).code, 1)
  assert.match(page.text, /facts\.ts:2/)
  assert.match(page.text, /SyntaxError/)
  await page.close()
})

test('F28: a clock that jumps by an hour ends nothing', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() })
  const runner = await startTestRunner({
    limits: { hello: 500, idle: 30_000, duration: 30_000, durationWarning: 10_000 },
  })
  t.after(() => runner.close())
  const page = await Page.open(runner)
  await echo(page)
  t.mock.timers.setTime(Date.now() + 3_600_000)
  await delay(300)
  page.type('toujours là\r')
  await page.printed(/<toujours là>/)
  assert.equal(page.last('warning'), undefined)
  page.send({ type: 'stop' })
  assert.equal((await page.ended()).reason, 'stopped')
  await page.close()
})

for (const [what, fault] of [
  ['thrown', "throw new Error('planted')"],
  ['rejected', "Promise.reject(new Error('planted'))"],
] as const) {
  test(`F29: a fault of the runner that nobody catches (${what}) ends the labs and is told, status 70`, {
    skip: linux,
  }, async (t) => {
    const runner = await startElsewhere(t, {
      first: `process.on('SIGUSR2', () => setImmediate(() => { ${fault} }))`,
    })
    const page = await runner.open()
    await page.start('family', { children: 2 })
    const pids = (await page.printed(/pids : ([\d ]+)\./))[1]!.split(' ').map(Number)
    runner.signal('SIGUSR2')
    assert.equal(await runner.ended(), 70)
    assert.match(runner.said.err, /planted/)
    const table = await processTable()
    assert.deepEqual(
      pids.filter((pid) => table.some((process) => process.pid === pid)),
      [],
    )
  })
}
