/** The events of the probe on their way to the pages: each once, in order, at its place in the text. */
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { LIMITS } from './limits.ts'
import type { Runner } from './main.ts'
import { skip } from './probe/testing.ts'
import { Close, EVENTS_AHEAD } from './protocol.ts'
import { Page, startTestRunner } from './testing.ts'

let runner: Runner
before(async () => {
  runner = await startTestRunner()
})
after(() => runner.close())

async function open(t: TestContext, options = {}, of = runner): Promise<Page> {
  const page = await Page.open(of, options)
  t.after(() => page.socket.terminate())
  return page
}

const orders = ({ trace }: Page) => trace.map(({ event }) => event.order)

/** The clock of the events. */
const microseconds = () => Number(process.hrtime.bigint() / 1000n)

/** Each event of the fixture comes right after the text that says its number. */
function assertPlaced({ trace, text }: Page): void {
  for (const { event, offset } of trace) {
    const piece = `${event.order};`
    assert.equal(text.slice(offset - piece.length, offset), piece)
  }
}

test('a program that is ready has been observed, and its page knows what its sockets did', {
  skip,
}, async (t) => {
  const page = await open(t)
  const before = microseconds()
  await page.start('server')
  const { values, observed } = (await page.until(() =>
    page.messages.find((m) => m.type === 'state' && m.ready),
  )) as never
  assert.equal(observed, true)
  const { port } = values as { port: string }
  await page.until(() => page.trace.some(({ event }) => event.kind === 'listen'))
  const [hello, listen] = page.trace
  assert.equal(hello?.event.kind, 'hello')
  assert.ok(before <= hello.event.at && hello.event.at <= microseconds(), 'on the clock of the machine')
  assert.ok(listen?.event.kind === 'listen' && listen.event.local === `127.0.0.1:${port}`)
  assert.match(listen.event.site as string, /^outils\/server\.ts:\d+/)
  page.send({ type: 'stop' })
  assert.equal((await page.ended()).events, page.tracedUntil)
})

test('without the probe nothing is observed, and it is said', async (t) => {
  const runner = await startTestRunner({ probe: false })
  t.after(() => runner.close())
  const page = await open(t, {}, runner)
  await page.start('server')
  await page.until(() => page.last('state')?.ready)
  assert.equal(page.last('state')?.observed, false)
  page.send({ type: 'stop' })
  assert.equal((await page.ended()).events, 0)
})

test('20 000 events and their text arrive once and in order through connections cut at random', async (t) => {
  const size = 20_000
  const runner = await startTestRunner({ probe: false, limits: { events: size, endedEvents: size } })
  t.after(() => runner.close())
  let page = await open(t, {}, runner)
  const { session } = await page.start('tracer', { size, stay: true })
  let connections = 1
  while (page.tracedUntil < size) {
    const wanted = Math.min(size, page.tracedUntil + Math.floor(Math.random() * 5000))
    await page.until(() => page.tracedUntil >= wanted)
    if (page.tracedUntil === size) break
    page.socket.terminate()
    await page.closed()
    page = await page.reconnect(session)
    connections += 1
  }
  await page.printed(/fin/)
  t.after(() => page.socket.terminate())
  assert.ok(connections > 3)
  assert.deepEqual(orders(page), [...Array(size).keys()])
  assertPlaced(page)
  page.send({ type: 'stop' })
  await page.ended()
})

test('a page that does not take events in gets no more than it may hold, and all the text', async (t) => {
  const runner = await startTestRunner({ probe: false })
  t.after(() => runner.close())
  const page = await open(t, { acknowledges: false }, runner)
  const { session } = await page.start('tracer', { size: 30_000, stay: true })
  await page.printed(/fin/)
  await page.until(() => page.tracedUntil >= EVENTS_AHEAD)
  // What it gets once it follows again begins at the oldest event kept: the ones between are said to be lost.
  const follower = await open(t, {}, runner)
  await follower.attach(session, page.offset, false)
  await follower.until(() => follower.tracedUntil === 30_000)
  assert.ok(page.tracedUntil <= EVENTS_AHEAD, `${page.tracedUntil}`)
  assert.ok(follower.untraced >= 30_000 - 2 * LIMITS.events)
  page.acknowledges = true
  page.see()
  await page.until(() => page.tracedUntil === 30_000)
  assert.equal(page.untraced, follower.untraced - EVENTS_AHEAD)
  page.send({ type: 'stop' })
  await page.ended()
})

test('a page that says it took in what was never sent is shown the door', async (t) => {
  const page = await open(t)
  await page.start('echo')
  page.see(1000)
  assert.equal(await page.closed(), Close.PROTOCOL)
})
