/** A page that leaves, is cut, reloads or freezes, while the program goes on. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { LIMITS } from './limits.ts'
import type { Runner } from './main.ts'
import { HIGH_WATER } from './protocol.ts'
import { Page, pidOf, startTestRunner } from './testing.ts'

let runner: Runner
before(async () => {
  runner = await startTestRunner()
})
after(() => runner.close())

async function stop(page: Page): Promise<void> {
  page.send({ type: 'stop' })
  await page.ended()
  await page.close()
}

test('F5: 8 MiB read through connections cut at random arrive byte for byte', async (t) => {
  const size = 8 * 1024 * 1024
  // A ring that holds it all: on a busy machine a reconnection may take longer than a megabyte lasts.
  const runner = await startTestRunner({ limits: { ring: 2 * size } })
  t.after(() => runner.close())
  let page = await Page.open(runner)
  const { session } = await page.start('burst', { size, stay: true })
  let connections = 1
  while (page.offset < size) {
    const wanted = Math.min(size, page.offset + Math.floor(Math.random() * 1_500_000))
    await page.until(() => page.offset >= wanted)
    if (page.offset === size) break
    page.socket.terminate()
    await page.closed()
    page = await page.reconnect(session)
    connections += 1
  }
  assert.ok(connections > 3)
  assert.equal(page.skipped, 0)
  let expected = ''
  for (let i = 0; expected.length < size; i += 1) expected += `${i};`
  assert.equal(page.text, expected.slice(0, size))
  await stop(page)
})

test('F4 A16: after a reload the page gets what it asks for, flagged as replay, then what follows', async () => {
  const page = await Page.open(runner)
  const { session } = await page.start('echo')
  await page.printed(/bonjour/)
  const pid = await pidOf(session)
  await page.close()
  const reloaded = await Page.open(runner)
  await reloaded.attach(session, 0)
  assert.equal(await pidOf(session), pid)
  await reloaded.printed(/bonjour\r\n/)
  assert.equal(reloaded.replayed, reloaded.offset)
  reloaded.type('encore\r')
  await reloaded.printed(/<encore>/)
  assert.equal(reloaded.replayed, 'bonjour\r\n'.length)
  await stop(reloaded)
})

test('F6: input sent twice around a cut is read once', async () => {
  const page = await Page.open(runner)
  const { session } = await page.start('echo')
  await page.printed(/bonjour/)
  page.input(1, Buffer.from('un\r'))
  await page.printed(/<un>/)
  await page.until(() => page.last('received')?.inputSeq === 1)
  page.socket.terminate()
  await page.closed()
  const back = await page.reconnect(session)
  assert.equal(back.last('session')?.inputSeq, 1)
  back.input(1, Buffer.from('un\r'))
  back.input(2, Buffer.from('deux\r'))
  await back.printed(/<deux>/)
  assert.equal(back.text.match(/<un>/g)?.length, 1)
  await stop(back)
})

test('input with a hole before it closes the socket', async () => {
  const page = await Page.open(runner)
  await page.start('echo')
  page.input(2, Buffer.from('deux\r'))
  assert.equal(await page.closed(), 4400)
})

test('the end and the output of a program that ended while nobody looked are told on return', async () => {
  const page = await Page.open(runner)
  const { session } = await page.start('burst', { size: 50_000 })
  await page.close()
  const back = await Page.open(runner)
  await back.attach(session, 0)
  const end = await back.ended()
  assert.equal(end.offset, 50_000)
  assert.equal(back.offset, 50_000)
  await back.close()
})

test('A9: an unknown session is refused, and the socket still serves', async () => {
  const page = await Page.open(runner)
  for (const session of ['../x', '1', 'x'.repeat(22)]) {
    page.messages.length = 0
    await page.attach(session, 0)
    assert.equal(page.last('refused')?.reason, 'unknown-session')
  }
  await page.start('echo')
  await stop(page)
})

test('A19: acknowledging what was never sent closes the socket', async () => {
  const page = await Page.open(runner)
  await page.start('echo')
  page.acknowledge(1e12)
  assert.equal(await page.closed(), 4400)
})

test('F9: Ctrl+C ends a flood', async () => {
  const page = await Page.open(runner)
  await page.start('flood')
  await page.until(() => page.offset > 2_000_000)
  page.type('\x03')
  assert.equal((await page.ended()).code, 130)
  assert.equal(page.skipped, 0)
  await page.close()
})

/** Starts a flood; gives its session and a way to ask it how many bytes it printed. */
async function startFlood(t: TestContext, page: Page) {
  const { session } = await page.start('flood')
  const { values } = await page.until(() => page.last('state')?.ready && page.last('state'))
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  const printed = async () => {
    socket.send('?', Number(values.port), '127.0.0.1')
    // A frozen program never answers: the limit is only there to end the test.
    const [answer] = await once(socket, 'message', { signal: AbortSignal.timeout(10_000) })
    return Number(answer)
  }
  const printsMore = async (bytes: number) => {
    for (const wanted = (await printed()) + bytes; (await printed()) < wanted; ) await delay(20)
  }
  return { session, printsMore }
}

test('A18 A19 F7: a frozen page does not freeze the program, which goes on printing and answers its peers', async (t) => {
  const page = await Page.open(runner)
  const flood = await startFlood(t, page)
  page.acknowledges = false
  await flood.printsMore(8 * HIGH_WATER)
  const held = page.offset
  assert.ok(held <= HIGH_WATER * 2, 'what is sent to a frozen page is bounded')
  page.acknowledges = true
  page.acknowledge()
  await page.until(() => page.offset > held && page.skipped > 0)
  await stop(page)
})

/** Memory that is still of use, in bytes: without what the next collection will free. */
function memoryHeld(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return arrayBuffers + heapUsed
}

test('A18: a page that stops reading its socket costs the runner a bounded memory', async (t) => {
  const page = await Page.open(runner)
  const flood = await startFlood(t, page)
  await page.until(() => page.offset > 500_000)
  page.socket.pause()
  const before = memoryHeld()
  await flood.printsMore(32 * 1024 * 1024)
  const grown = memoryHeld() - before
  assert.ok(grown < 16 * 1024 * 1024, `${Math.round(grown / 1024)} KiB more`)
  page.socket.resume()
  await page.until(() => page.skipped > 0)
  await stop(page)
})

test('F10: a flood that nobody looks at keeps its last output', async (t) => {
  const page = await Page.open(runner)
  const flood = await startFlood(t, page)
  await page.close()
  await flood.printsMore(2 * LIMITS.ring)
  const back = await Page.open(runner)
  await back.attach(flood.session, 0)
  await back.until(() => back.offset > 500_000)
  assert.ok(back.skipped > 0)
  assert.match(back.text, /^\d{10} x{60}\r\n/)
  await stop(back)
})
