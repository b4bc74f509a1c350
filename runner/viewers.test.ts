/** Several pages at one program: one drives, the others look, and every page knows all that runs. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import type { Runner } from './main.ts'
import { processTable } from './processes/table.ts'
import { HIGH_WATER, type LiveProgram } from './protocol.ts'
import { newSession, Page, type PageOptions, pidOf, startTestRunner } from './testing.ts'

let runner: Runner
before(async () => {
  runner = await startTestRunner()
})
after(() => runner.close())

async function open(t: TestContext, options: PageOptions = {}): Promise<Page> {
  const page = await Page.open(runner, options)
  t.after(async () => {
    if (page.closeCode === null) await page.close()
  })
  return page
}

/** A page that starts a role, which ends with the test. */
async function start(t: TestContext, role: string, parameters: object = {}) {
  const page = await open(t)
  const { session } = await page.start(role, parameters)
  t.after(async () => {
    const last = await Page.open(runner)
    last.send({ type: 'end', session })
    await last.attach(session, 0, false)
    await last.ended()
    await last.close()
  })
  return { page, session }
}

async function watch(t: TestContext): Promise<Page> {
  const page = await open(t)
  page.send({ type: 'watch' })
  await page.until(() => page.last('programs'))
  return page
}

const listed = (page: Page, session: string): LiveProgram | undefined =>
  page.last('programs')?.programs.find((program) => program.session === session)

test('who looks sees all from the first byte, then the same as who drives, the end included', async (t) => {
  const { page: driver, session } = await start(t, 'echo')
  await driver.printed(/bonjour/)
  const looker = await open(t)
  await looker.attach(session, 0, false)
  await looker.printed(/bonjour\r\n/)
  driver.type('à tous\r')
  await looker.printed(/<à tous>/)
  assert.equal(driver.last('driving')?.value, true)
  assert.equal(looker.last('driving')?.value, false)
  driver.type('\x04')
  assert.equal((await looker.ended()).code, 0)
  await driver.ended()
  assert.equal(looker.text, driver.text)
})

test('who looks can neither type, nor send a signal, nor change the size', async (t) => {
  const { page: driver, session } = await start(t, 'size')
  await driver.printed(/size : 80x24\./)
  const looker = await open(t)
  await looker.attach(session, 0, false)
  looker.type('x')
  assert.deepEqual(await looker.refused(), { type: 'refused', reason: 'looking', detail: '1' })
  looker.messages.length = 0
  looker.send({ type: 'signal', name: 'KILL' })
  assert.equal((await looker.refused()).reason, 'looking')
  looker.send({ type: 'resize', cols: 40, rows: 10 })
  looker.send({ type: 'ping', n: 1 })
  await looker.until(() => looker.last('pong'))
  driver.send({ type: 'resize', cols: 100, rows: 30 })
  await driver.printed(/size : 100x30\./)
  assert.doesNotMatch(driver.text, /40x10/)
})

test('another page takes the keyboard, the first one is told, looks on, and may take it back', async (t) => {
  const { page: first, session } = await start(t, 'echo')
  const second = await open(t)
  await second.attach(session, 0)
  await first.until(() => first.last('driving')?.value === false)
  second.type('ici\r')
  await first.printed(/<ici>/)
  first.type('perdu\r')
  assert.equal((await first.refused()).reason, 'looking')
  await first.attach(session)
  await second.until(() => second.last('driving')?.value === false)
  first.type('là\r')
  await second.printed(/<là>/)
  assert.doesNotMatch(second.text, /perdu/)
})

test('F8: a page that is frozen, looking or driving, loses nothing for the others', async (t) => {
  for (const frozen of ['looker', 'driver'] as const) {
    const { page: driver, session } = await start(t, 'flood')
    const looker = await open(t)
    await looker.attach(session, 0, false)
    const [still, live] = frozen === 'looker' ? [looker, driver] : [driver, looker]
    still.acknowledges = false
    await live.until(() => live.offset > 8 * HIGH_WATER)
    assert.equal(live.skipped, 0, frozen)
    assert.ok(still.offset <= 2 * HIGH_WATER, 'what is sent to a frozen page is bounded')
  }
})

test('R11: a page that acknowledges nothing is told the end all the same', async (t) => {
  const page = await open(t, { acknowledges: false })
  await page.start('burst', { size: 1_000_000 })
  const end = await page.ended()
  assert.equal(end.offset, 1_000_000)
  assert.ok(page.offset < end.offset)
})

test('a page that watches knows each program: its start, its port, who looks, its end', async (t) => {
  const watcher = await watch(t)
  assert.equal(listed(watcher, 'none'), undefined)
  const { page, session } = await start(t, 'server')
  const { values } = await page.until(() => page.last('state')?.ready && page.last('state'))
  const program = await watcher.until(() => listed(watcher, session)?.ready && listed(watcher, session))
  assert.deepEqual(program.ref, { lab: 'outils', role: 'server', variant: 'ts' })
  assert.equal(program.phase, 'running')
  assert.deepEqual(program.ports, [{ number: Number(values.port), over: 'tcp' }])
  assert.ok(program.age >= 0)
  assert.deepEqual([program.viewers, program.endsIn], [1, null])

  const looker = await open(t)
  await looker.attach(session, 0, false)
  await watcher.until(() => listed(watcher, session)?.viewers === 2)
  await looker.close()
  await page.close()
  const orphan = await watcher.until(
    () => listed(watcher, session)?.viewers === 0 && listed(watcher, session),
  )
  assert.ok(orphan.endsIn! > 30_000 && orphan.endsIn! <= 40_000, `${orphan.endsIn}`)

  watcher.send({ type: 'end', session })
  await watcher.until(() => listed(watcher, session) === undefined)
  const back = await open(t)
  await back.attach(session, 0)
  assert.equal((await back.ended()).reason, 'stopped')
})

test('many changes at once are told a few times', async (t) => {
  const { session } = await start(t, 'echo')
  const watcher = await watch(t)
  watcher.messages.length = 0
  const looker = await open(t)
  await looker.attach(session, 0, false)
  // All it prints: what comes twice would be a fault.
  await looker.printed(/bonjour\r\n/)
  const [from, events] = [looker.offset, looker.tracedUntil]
  for (let i = 0; i < 50; i += 1)
    looker.send({ type: 'attach', session, from, events, drive: false, cols: 80, rows: 24 })
  looker.send({ type: 'ping', n: 1 })
  await looker.until(() => looker.last('pong'))
  await watcher.until(() => listed(watcher, session)?.viewers === 2)
  await looker.close()
  await watcher.until(() => listed(watcher, session)?.viewers === 1)
  assert.ok(watcher.messages.length < 10, `${watcher.messages.length} lists`)
})

test('a program that no list knows cannot be ended', async (t) => {
  const page = await open(t)
  page.send({ type: 'end', session: newSession() })
  assert.equal((await page.refused()).reason, 'unknown-session')
})

test('the same start twice is one program, taken up again from its first byte', async (t) => {
  const page = await open(t)
  const session = newSession()
  const sessions = () => page.messages.filter(({ type }) => type === 'session')
  page.ask({}, {}, session)
  page.ask({}, {}, session)
  await page.until(() => sessions().length === 2)
  await page.printed(/bonjour/)
  const pid = await pidOf(session)
  const tagged = (await processTable()).filter(({ tag }) => tag?.endsWith(`.${session}`))
  assert.equal(tagged.length, 1)

  const other = await open(t)
  other.ask({}, {}, session)
  await other.printed(/bonjour\r\n/)
  await page.until(() => page.last('driving')?.value === false)
  assert.equal(await pidOf(session), pid)
  const watcher = await watch(t)
  assert.equal(watcher.last('programs')?.programs.length, 1)
  other.type('\x04')
  await other.ended()

  const late = await open(t)
  late.ask({}, {}, session)
  assert.equal((await late.ended()).code, 0)
})

test('R8: a page cut or reloaded just after a start finds its program again, 20 times, and none is left', async (t) => {
  const watcher = await watch(t)
  for (let time = 0; time < 20; time += 1) {
    const page = await open(t)
    const session = newSession()
    page.ask({}, {}, session)
    if (time % 2) page.socket.terminate()
    else page.socket.close(1001)
    const back = await open(t, { client: page.client })
    back.ask({}, {}, session)
    await back.printed(/bonjour/)
    assert.equal(back.last('driving')?.value, true)
    await watcher.until(() => watcher.last('programs')?.programs.length === 1)
    back.type('\x04')
    await back.ended()
  }
  await watcher.until(() => watcher.last('programs')?.programs.length === 0)
})

test('one terminal starts one program at a time, even before the first one runs', async (t) => {
  const page = await open(t)
  page.ask({})
  page.ask({})
  assert.equal((await page.refused()).reason, 'already-running')
  page.send({ type: 'stop' })
  await page.ended()
})
