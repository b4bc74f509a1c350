/** The life of a runner: its port, its end, what it leaves behind. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { attachRunner, type Runner, type RunnerEvent, startRunner } from './main.ts'
import { processTable } from './processes/table.ts'
import { FIXTURES, Page, pidOf, startTestRunner } from './testing.ts'

async function familyOf(page: Page): Promise<number[]> {
  await page.start('family', { children: 2 })
  const [, list] = await page.printed(/pids : ([\d ]+)\./)
  return list!.split(' ').map(Number)
}

async function alive(pids: readonly number[]): Promise<number[]> {
  const table = await processTable()
  return pids.filter((pid) => table.some((process) => process.pid === pid))
}

test('F17: when the port is taken, on either loopback address, the next one serves, and it is said', async (t) => {
  const first = await startTestRunner()
  t.after(() => first.close())
  const events: RunnerEvent[] = []
  const second = await startTestRunner({ port: first.port, log: (event) => events.push(event) })
  t.after(() => second.close())
  assert.ok(second.port > first.port)
  assert.deepEqual(events[0], { type: 'port-busy', port: first.port, next: first.port + 1 })
  const page = await Page.open(second)
  assert.ok(page.last('welcome'))
})

test('the address to open carries the token in its fragment, a new one at each start', async (t) => {
  const runners = [await startTestRunner(), await startTestRunner()]
  t.after(() => Promise.all(runners.map((runner) => runner.close())))
  const tokens = runners.map(({ url, port }) => {
    assert.match(url, new RegExp(`^http://localhost:${port}/#jeton=[\\w-]{43}$`))
    return url.split('=')[1]
  })
  assert.notEqual(tokens[0], tokens[1])
})

test('F11: closing ends the programs, even stubborn ones, tells the pages and frees the port', async () => {
  const runner = await startTestRunner()
  const page = await Page.open(runner)
  const pids = await familyOf(page)
  const echo = await Page.open(runner)
  await echo.start('echo')
  await runner.close()
  assert.deepEqual(await alive(pids), [])
  assert.equal(await page.closed(), 1001)
  assert.equal(await echo.closed(), 1001)
  const again = await startRunner({ port: runner.port, siteDir: null, labsDir: FIXTURES })
  assert.equal(again.port, runner.port)
  await again.close()
})

/** A runner in another process, with a program that resists. */
async function startElsewhere(t: TestContext) {
  const stateDir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  t.after(() => rmSync(stateDir, { recursive: true }))
  const program = join(import.meta.dirname, 'testing-runner.ts')
  const child = spawn(process.execPath, [program, FIXTURES, stateDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  const page = await Page.open({ url, port: Number(new URL(url).port), close: async () => {} })
  const pids = await familyOf(page)
  const kill = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    await once(child, 'exit')
  }
  return { stateDir, pids, kill }
}

async function gone(pids: readonly number[]): Promise<void> {
  for (let tries = 0; (await alive(pids)).length > 0; tries += 1) {
    assert.ok(tries < 1000, 'still alive')
    await delay(10)
  }
}

test('A23 F12: what a runner killed by force left behind is ended by the next one', async (t) => {
  const { stateDir, pids, kill } = await startElsewhere(t)
  await kill('SIGKILL')
  assert.notDeepEqual(await alive(pids), [], 'nothing was left: the test proves nothing')
  const events: RunnerEvent[] = []
  const next = await startTestRunner({ stateDir, log: (event) => events.push(event) })
  await next.close()
  assert.ok(events.some(({ type }) => type === 'reaped'))
  await gone(pids)
})

test('a runner that exits without closing takes its programs and their children with it', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async (t) => {
  const { pids, kill } = await startElsewhere(t)
  await kill('SIGTERM')
  await gone(pids)
})

test('a program whose page was cut is ended after a long time, one whose pages were closed after a short one', async (t) => {
  const hasty = await startTestRunner({ limits: { idle: 50, left: 3_600_000 } })
  const busy = await startTestRunner({ limits: { idle: 3_600_000, left: 50 } })
  t.after(() => Promise.all([hasty.close(), busy.close()]))
  for (const [runner, leave] of [
    [hasty, (page: Page) => page.socket.terminate()],
    [busy, (page: Page) => page.socket.close(1001)],
    [busy, (page: Page) => page.socket.close(1000)],
    [busy, (page: Page) => page.socket.close()],
  ] as const) {
    const page = await Page.open(runner)
    const { session } = await page.start('echo')
    const pid = await pidOf(session)
    leave(page)
    await gone([pid])
    const back = await Page.open(runner)
    await back.attach(session, 0)
    assert.equal((await back.ended()).reason, 'idle')
  }
})

test('a page that was cut is still awaited when another one is closed', async (t) => {
  const runner = await startTestRunner({ limits: { idle: 3_600_000, left: 1 } })
  t.after(() => runner.close())
  const page = await Page.open(runner)
  const { session } = await page.start('echo')
  const other = await Page.open(runner)
  await other.attach(session, 0, false)
  const watcher = await Page.open(runner)
  watcher.send({ type: 'watch' })
  page.socket.terminate()
  await watcher.until(() => watcher.last('programs')?.programs[0]?.viewers === 1)
  await other.close()
  const { endsIn } = await watcher.until(() => {
    const program = watcher.last('programs')?.programs[0]
    return program?.viewers === 0 && program
  })
  assert.ok(endsIn! > 3_000_000, `it ends in ${endsIn} ms`)
})

test('a program that lasts too long is ended, and its page warned before', async (t) => {
  const hasty = await startTestRunner({ limits: { duration: 400, durationWarning: 200 } })
  t.after(() => hasty.close())
  const page = await Page.open(hasty)
  await page.start('echo')
  await page.until(() => page.last('warning')?.reason === 'ends-soon')
  assert.equal((await page.ended()).reason, 'max-duration')
})

test('an ended session is forgotten after a while', async (t) => {
  const forgetful = await startTestRunner({ limits: { purge: 50 } })
  t.after(() => forgetful.close())
  const page = await Page.open(forgetful)
  const { session } = await page.start('burst', { size: 10 })
  await page.ended()
  const later = await Page.open(forgetful)
  do {
    later.messages.length = 0
    await later.attach(session, 0)
  } while (!later.last('refused'))
  assert.equal(later.last('refused')?.reason, 'unknown-session')
})

test('attached to another server, the runner leaves it its own requests and sockets', async () => {
  const others = new WebSocketServer({ noServer: true })
  const server = createServer((_request, response) => response.end('page of the other'))
  const runner: Runner = await attachRunner(server, { labsDir: FIXTURES })
  server.on('upgrade', (request, socket, head) => {
    if (request.url === '/hmr') others.handleUpgrade(request, socket, head, (ws) => ws.send('hmr'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `127.0.0.1:${(server.address() as AddressInfo).port}`

  const page = await Page.open(runner)
  await page.start('echo')
  await page.printed(/bonjour/)
  const hmr = new WebSocket(`ws://${base}/hmr`)
  const [{ data }] = await once(hmr, 'message')
  assert.equal(data, 'hmr')
  hmr.close()
  assert.equal(await (await fetch(`http://${base}/`)).text(), 'page of the other')

  await runner.close()
  assert.equal(await page.closed(), 1001)
  server.close()
  server.closeAllConnections()
  others.close()
})
