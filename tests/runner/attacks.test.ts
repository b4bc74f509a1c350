/** Attacks that cross the rooms of the runner; the others are beside what resists them, under their numbers. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { WebSocketServer } from 'ws'
import { FILES_PATH, SUBPROTOCOL } from '../../runner/protocol.ts'
import { Page, startTestRunner, tokenOf } from '../../runner/testing.ts'
import { startElsewhere } from './elsewhere.ts'

test('A6: the token is said once, in the address, and in nothing else that is said or served', async (t) => {
  const runner = await startElsewhere(t, { env: { NODE_DEBUG: 'http,net' } })
  const token = new URL(runner.url).hash.slice('#jeton='.length)
  const page = await runner.open()
  await page.start('facts')
  await page.ended()
  assert.equal(page.text.includes(token), false)
  assert.equal(JSON.stringify(page.messages).includes(token), false)
  const { origin } = new URL(runner.url)
  for (const path of ['/', '/..%2f..%2fetat', '/.cache/runner', '/absent']) {
    const answer = await fetch(origin + path, { redirect: 'manual' })
    assert.equal((await answer.text()).includes(token), false)
    assert.equal(JSON.stringify([...answer.headers]).includes(token), false)
    assert.ok(answer.status < 300 || answer.status >= 400, 'no redirection')
  }
  await page.close()
  assert.equal(runner.said.out.trim(), runner.url)
  assert.equal(runner.said.err.includes(token), false)
})

test('A9: the id of a session is not found by trying', async (t) => {
  const runner = await startTestRunner({ limits: { messagesPerSecond: 100_000 } })
  t.after(() => runner.close())
  const owner = await Page.open(runner)
  await owner.start('echo')
  const thief = await Page.open(runner)
  for (let tries = 0; tries < 10_000; tries += 1) {
    const session = randomBytes(16).toString('hex')
    thief.send({ type: 'attach', session, from: 0, events: 0, drive: true, cols: 80, rows: 24 })
  }
  thief.send({ type: 'ping', n: 1 })
  await thief.until(() => thief.last('pong'))
  const refused = thief.messages.filter((m) => m.type === 'refused' && m.reason === 'unknown-session')
  assert.equal(refused.length, 10_000)
  assert.equal(thief.last('session'), undefined)
})

test('A21: connections that say nothing are closed, and pages are served all along', async (t) => {
  const runner = await startTestRunner()
  t.after(() => runner.close())
  const idle = Array.from({ length: 200 }, () => connect(runner.port, '127.0.0.1').on('error', () => {}))
  await Promise.all(idle.map((socket) => once(socket, 'connect')))
  const closed = Promise.all(idle.map((socket) => once(socket.resume(), 'close')))
  const page = await Page.open(runner)
  await page.start('echo')
  await page.printed(/bonjour/)
  await closed
})

test('A28: a link put in place of a learner’s file never leads the runner elsewhere', {
  skip: process.platform === 'win32' && 'Windows demande un droit particulier pour créer un lien',
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  const workDir = join(dir, 'travail')
  const runner = await startTestRunner({ workDir })
  t.after(() => runner.close().then(() => rmSync(dir, { recursive: true })))
  const page = await Page.open(runner)
  const secret = join(dir, 'bashrc')
  writeFileSync(secret, 'alias ls=ls\n')
  const ask = async (init: RequestInit = {}) => {
    const headers = { Authorization: `Bearer ${page.last('welcome')!.files}`, ...init.headers }
    const answer = await fetch(`http://localhost:${runner.port}${FILES_PATH}/outils/echo.ts`, {
      ...init,
      headers,
    })
    return [answer.status, await answer.json()] as const
  }
  const [written, { version }] = await ask({ method: 'PUT', body: 'console.log(1)\n' })
  assert.equal(written, 200)
  const copy = join(workDir, 'outils', 'echo.ts')
  rmSync(copy)
  symlinkSync(secret, copy)
  for (const init of [{}, { method: 'PUT', body: 'x', headers: { 'If-Match': `"${version}"` } }])
    assert.deepEqual(await ask(init), [403, { reason: 'link' }])
  page.ask({ copy: true })
  const { reason, detail } = await page.refused()
  assert.deepEqual([reason, detail], ['copy-refused', 'link'])
  assert.equal(readFileSync(secret, 'utf8'), 'alias ls=ls\n')
})

test('A29: another program on our port learns no token from a page that comes back', async (t) => {
  const runner = await startTestRunner()
  t.after(() => runner.close())
  const token = tokenOf(runner)
  const impostor = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => SUBPROTOCOL })
  t.after(() => impostor.close())
  await once(impostor, 'listening')
  const heard: string[] = []
  impostor.on('connection', (socket, request) => {
    heard.push(JSON.stringify([request.url, request.headers]))
    socket.on('message', (data) => {
      heard.push(String(data))
      socket.close()
    })
    socket.send(JSON.stringify({ type: 'challenge', nonce: 'of the impostor' }))
  })
  const { port } = impostor.address() as { port: number }
  await Page.open({ url: runner.url, port, close: async () => {} })
  assert.match(heard[1]!, /"type":"hello"/)
  assert.equal(heard.join('').includes(token), false)
  // What it heard opens nothing here: each proof answers one challenge.
  const { proof, version, client } = JSON.parse(heard[1]!)
  const replay = await Page.connect(runner)
  replay.send({ type: 'hello', version, proof, client })
  assert.equal(await replay.closed(), 4401)
})

test('F30: terminals are drawn by the page, without WebGL contexts to lose', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } })
  assert.deepEqual(
    Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter((name) =>
      /addon-(webgl|canvas|clipboard)/.test(name),
    ),
    [],
  )
})
