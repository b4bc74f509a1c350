/** A program that ends because its port is taken: who holds it is told. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import type { Runner } from './main.ts'
import type { End } from './protocol.ts'
import { FIXTURES, Page, startTestRunner } from './testing.ts'

const LINUX = process.platform === 'linux'
const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
const noIpv6 = addresses.some(({ address }) => address === '::1') ? false : 'this machine has no ::1'

let runner: Runner
before(async () => {
  runner = await startTestRunner()
})
after(() => runner.close())

async function open(t: TestContext): Promise<Page> {
  const page = await Page.open(runner)
  t.after(async () => {
    if (page.last('state')?.phase === 'running') page.send({ type: 'stop' })
    await page.close()
  })
  return page
}

/** Starts the server of the fixtures where the port is taken; gives its end. */
async function endOf(t: TestContext, parameters: object): Promise<End> {
  const page = await open(t)
  await page.start('server', parameters)
  return page.ended()
}

/** The server of the fixtures, started outside of any runner; gives its port. */
async function startForeign(t: TestContext, over: string, host: string) {
  const file = join(FIXTURES, 'outils', 'server.ts')
  const child: ChildProcess = spawn(process.execPath, [file, '--port=0', `--over=${over}`, `--host=${host}`])
  t.after(() => child.kill())
  const [text] = await once(child.stdout!.setEncoding('utf8'), 'data')
  return { pid: child.pid!, port: Number(/port : (\d+)/.exec(text)![1]) }
}

for (const over of ['tcp', 'udp'] as const) {
  for (const host of ['127.0.0.1', '::1']) {
    const skip = host === '::1' && noIpv6
    test(`F14: a port held by another of our programs names it, ${over} on ${host}`, { skip }, async (t) => {
      const holder = await open(t)
      const { session } = await holder.start('server', { over, host })
      const { values } = await holder.until(() => holder.last('state')?.ready && holder.last('state'))
      const number = Number(values.port)
      const { taken, reason, code } = await endOf(t, { over, host, port: number })
      assert.deepEqual([reason, code], ['normal', 1])
      assert.deepEqual([taken?.number, taken?.over], [number, over])
      assert.ok(taken?.holder?.kind === 'ours')
      assert.equal(taken.holder.program.session, session)
      assert.deepEqual(taken.holder.program.ports, [{ number, over }])
    })

    test(`F15: a port held by a stranger names its process, ${over} on ${host}`, { skip }, async (t) => {
      const { pid, port } = await startForeign(t, over, host)
      const { taken } = await endOf(t, { over, host, port })
      assert.deepEqual([taken?.number, taken?.over], [port, over])
      if (!LINUX) return
      assert.ok(taken?.holder?.kind === 'foreign')
      assert.equal(taken.holder.pid, pid)
      assert.match(taken.holder.name, /^node/)
    })
  }
}

test('a port held by a child of one of our programs names that program', {
  skip: !LINUX && 'needs /proc',
}, async (t) => {
  const holder = await open(t)
  const { session } = await holder.start('family', { children: 0, opens: true })
  const [, port] = await holder.printed(/port : (\d+)/)
  const { taken } = await endOf(t, { port: Number(port) })
  assert.ok(taken?.holder?.kind === 'ours')
  assert.equal(taken.holder.program.session, session)
})

test('a program that ends for another reason accuses nobody', async (t) => {
  // Not an address of this machine.
  const { taken, code } = await endOf(t, { host: '192.0.2.1', port: 0 })
  assert.deepEqual([code, taken], [1, undefined])
  const free = await endOf(t, { host: '192.0.2.1', port: 49_151 })
  assert.deepEqual([free.code, free.taken], [1, undefined])
})

test('a program that was stopped, or was ready, accuses nobody, even if another has its port', async (t) => {
  const { port } = await startForeign(t, 'tcp', '127.0.0.1')
  const waiting = await open(t)
  await waiting.start('waiting', { port })
  await waiting.printed(/size/)
  waiting.send({ type: 'stop' })
  assert.equal((await waiting.ended()).taken, undefined)
  const ready = await open(t)
  await ready.start('pretending', { port })
  await ready.until(() => ready.last('state')?.ready)
  ready.send({ type: 'signal', name: 'KILL' })
  assert.equal((await ready.ended()).taken, undefined)
  // The same signal, before being ready.
  await waiting.start('waiting', { port })
  await waiting.printed(/size/)
  waiting.send({ type: 'signal', name: 'KILL' })
  assert.equal((await waiting.ended()).taken?.number, port)
})
