/** The course under a path, behind a proxy or a forwarded port: real requests, as a proxy passes them on. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import { Address } from './address.ts'
import type { Runner } from './main.ts'
import { SUBPROTOCOL } from './protocol.ts'
import { startTestRunner, tokenOf } from './testing.ts'

const BASE = '/user/x/proxy/4321/'
const PROXY = 'hub.example'

let site: string
let runner: Runner
before(async () => {
  site = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  writeFileSync(join(site, 'index.html'), '<p>Accueil</p>')
  writeFileSync(join(site, 'page.html'), '<p>Page</p>')
  runner = await startTestRunner({ siteDir: site, base: BASE, hosts: [PROXY, 'localhost:8080'] })
})
after(async () => {
  await runner.close()
  rmSync(site, { recursive: true })
})

function get(path: string, Host: string): Promise<{ status: number; body: string; policy: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    body: string
    policy: string
  }>()
  httpRequest({ host: '127.0.0.1', port: runner.port, path, headers: { Host } }, (response) => {
    let body = ''
    response.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    const policy = String(response.headers['content-security-policy'])
    response.on('end', () => resolve({ status: response.statusCode!, body, policy }))
  })
    .on('error', reject)
    .end()
  return promise
}

/** The status of a WebSocket asked for; 101 when it opens. */
async function upgrade(path: string, host: string, origin: string): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const socket = new WebSocket(`ws://127.0.0.1:${runner.port}${path}`, SUBPROTOCOL, {
    origin,
    headers: { host },
  })
  socket.on('open', () => resolve(101)).on('error', () => {})
  socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode!))
  return promise.finally(() => socket.terminate())
}

test('the pages answer under their path, whether the proxy takes it away or not', async () => {
  for (const [path, expected] of [
    [BASE, 'Accueil'],
    [BASE.slice(0, -1), 'Accueil'],
    ['/', 'Accueil'],
    [`${BASE}page`, 'Page'],
    ['/page?x=1', 'Page'],
  ] as const) {
    const { status, body } = await get(path, PROXY)
    assert.equal(status, 200, path)
    assert.match(body, new RegExp(expected), path)
  }
  assert.equal((await get('/user/y/proxy/4321/page', PROXY)).status, 404)
})

test('a page opens its socket through the proxy, in http or https, and no other page does', async () => {
  for (const path of [`${BASE}ws`, '/ws']) {
    assert.equal(await upgrade(path, PROXY, `https://${PROXY}`), 101)
    assert.equal(await upgrade(path, PROXY, `http://${PROXY}`), 101)
    // Many proxies speak in their own name, but pass the browser's origin on.
    assert.equal(await upgrade(path, `localhost:${runner.port}`, `https://${PROXY}`), 101)
  }
  assert.equal(await upgrade(`${BASE}other`, PROXY, `https://${PROXY}`), 404)
  for (const origin of [
    `https://${PROXY}.evil.example`,
    `https://evil.${PROXY}`,
    `https://${PROXY}:8443`,
    `ftp://${PROXY}`,
    `https://localhost:${runner.port}`,
    'null',
  ]) {
    assert.equal(await upgrade('/ws', PROXY, origin), 403, origin)
  }
  assert.equal(await upgrade('/ws', 'other.example', `https://${PROXY}`), 421)
})

test('the address to open is the one that leads here, and the policy of the pages lets them open their socket', async () => {
  assert.equal(runner.url, `http://${PROXY}${BASE}#jeton=${tokenOf(runner)}`)
  const { policy } = await get('/', PROXY)
  assert.match(policy, /connect-src 'self' .*ws:\/\/localhost:\d+ .*wss:\/\/hub\.example/)
})

test('A5: a port that leads here without being declared is told what to forward, in French, and no secret', async () => {
  const { status, body } = await get('/', 'localhost:9999')
  assert.equal(status, 421)
  assert.match(body, /lang="fr"/)
  assert.match(body, new RegExp(`ssh -L ${runner.port}:localhost:${runner.port}`))
  assert.match(body, /--hote localhost:9999/)
  assert.ok(!body.includes(tokenOf(runner)))
  const stranger = await get('/', '"><script>alert(1)</script>.example')
  assert.equal(stranger.status, 421)
  assert.ok(!stranger.body.includes('script'))
  assert.ok(!stranger.body.includes('Accueil'))
})

test('a declared port is an address like the others', async () => {
  assert.equal((await get('/', 'localhost:8080')).status, 200)
  assert.equal(await upgrade('/ws', 'localhost:8080', 'http://localhost:8080'), 101)
})

test('what is no host or no path is refused by its name', () => {
  for (const host of ['http://hub.example', 'hub.example/x', 'a b', '', '-x', 'x:123456', 'ü.example']) {
    assert.throws(() => new Address({ hosts: [host] }), RangeError, host)
  }
  for (const base of ['x/', '/a b/', '/a/?x', '//', '/<x>/']) {
    assert.throws(() => new Address({ base }), RangeError, base)
  }
  assert.equal(new Address({ base: '/cours' }).base, '/cours/')
})
