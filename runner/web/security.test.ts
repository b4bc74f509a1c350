/** Who is refused, and with what answer. Raw requests: a browser would not send most of them. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { after, before, test } from 'node:test'
import { WebSocket } from 'ws'
import type { Runner } from '../main.ts'
import { Frame, SUBPROTOCOL, VERSION, WS_PATH } from '../protocol.ts'
import { newSession, Page, siteOf, startTestRunner, tokenOf } from '../testing.ts'
import { proofOf } from './security.ts'

let site: string
let runner: Runner
before(async () => {
  const script = '<!doctype html><script>document.title = 1</script>'
  site = siteOf({ 'index.html': `${script}<p>Accueil</p>`, '404.html': `${script}<p>Introuvable</p>` })
  runner = await startTestRunner({ siteDir: site })
})
after(async () => {
  await runner.close()
  rmSync(site, { recursive: true })
})

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

/** One request with exactly the headers given. */
function ask(path: string, headers: Record<string, string | string[]> = {}, method = 'GET'): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const setHost = !Object.keys(headers).some((name) => name.toLowerCase() === 'host')
  httpRequest({ host: '127.0.0.1', port: runner.port, path, headers, method, setHost }, (response) => {
    let body = ''
    response.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }))
  })
    .on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode!, headers: response.headers, body: '' })
    })
    .on('error', reject)
    .end()
  return promise
}

function upgrade(headers: Record<string, string | string[]>, path = WS_PATH): Promise<Answer> {
  return ask(path, {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'x'.repeat(22) + '==',
    'Sec-WebSocket-Protocol': SUBPROTOCOL,
    ...headers,
  })
}

const own = () => `localhost:${runner.port}`

test('a page of the runner may open a socket, under each name of this machine', async () => {
  for (const host of [`localhost:${runner.port}`, `127.0.0.1:${runner.port}`, `[::1]:${runner.port}`]) {
    assert.equal((await upgrade({ Host: host, Origin: `http://${host}` })).status, 101, host)
  }
  assert.equal((await upgrade({ Host: own(), Origin: `http://${own().toUpperCase()}` })).status, 101)
})

test('A1 A2: a page of another site may not', async () => {
  const origins = [
    'http://evil.example',
    `https://${own()}`,
    `http://${own()}.evil.example`,
    `http://${own()}@evil.example`,
    'http://localhost',
    `http://localhost:${runner.port + 1}`,
    `http://10.0.0.5:${runner.port}`,
    'null',
    '',
  ]
  for (const Origin of origins) assert.equal((await upgrade({ Host: own(), Origin })).status, 403, Origin)
  assert.equal((await upgrade({ Host: own() })).status, 403, 'no origin')
  const twice = [`http://${own()}`, 'http://evil.example']
  assert.equal((await upgrade({ Host: own(), Origin: twice })).status, 403, 'two origins')
})

test('A3: a name that leads here by DNS rebinding gets no page of the course', async () => {
  const Host = `evil.example:${runner.port}`
  assert.equal((await upgrade({ Host, Origin: `http://${Host}` })).status, 421)
  const { status, body } = await ask('/', { Host })
  assert.equal(status, 421)
  assert.doesNotMatch(body, /Accueil|evil/)
  assert.equal((await ask('/', { Host: 'localhost' })).status, 421)
})

test('a socket without our subprotocol, or on another path, is not accepted', async () => {
  const headers = { Host: own(), Origin: `http://${own()}` }
  assert.equal((await upgrade({ ...headers, 'Sec-WebSocket-Protocol': 'other' })).status, 400)
  assert.equal((await upgrade(headers, '/other')).status, 404)
})

test('A4: nothing is changed by an HTTP request', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    assert.equal((await ask('/api/start', { Host: own() }, method)).status, 405, method)
  }
})

test('A5 A8 A25: every answer carries the headers that protect the page, and no door for others', async () => {
  for (const path of ['/', '/absent']) {
    const { headers } = await ask(path, { Origin: 'http://evil.example' })
    const policy = headers['content-security-policy'] as string
    for (const rule of [
      "default-src 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
    ]) {
      assert.ok(policy.includes(rule), rule)
    }
    assert.doesNotMatch(policy, /script-src[^;]*unsafe-inline/)
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval' 'sha256-/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.equal(headers['access-control-allow-origin'], undefined)
    assert.equal(headers['set-cookie'], undefined)
  }
})

/** What a bare socket gets for `text`, before it is closed. */
async function raw(text: string): Promise<string> {
  const socket = connect(runner.port, '127.0.0.1')
    .setEncoding('latin1')
    .on('error', () => {})
  let answer = ''
  socket.on('data', (more: string) => {
    answer += more
  })
  socket.write(text)
  await once(socket, 'close')
  return answer
}

test('R12: what is refused before it is understood carries the same headers', async () => {
  const host = `Host: ${own()}\r\n`
  const upgradeTo = (path: string, more: string) =>
    `GET ${path} HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${more}\r\n`
  const ours = `${host}Origin: http://${own()}\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n`
  for (const [text, status] of [
    [`GET / HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [`GET / HTTP/1.1\r\n${host}a header without colon\r\n\r\n`, 400],
    ['no HTTP at all\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`, 421],
    [`POST / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`, 405],
    [upgradeTo('/other', ours), 404],
    [upgradeTo('/ws', host), 403],
    [upgradeTo('/ws', 'Host: evil.example\r\n'), 421],
    [upgradeTo('/ws', `${host}Origin: http://${own()}\r\n`), 400],
    [upgradeTo('/ws', `${ours}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n`), 400],
    [upgradeTo('/ws', `${ours}Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: ${'x'.repeat(22)}==\r\n`), 400],
  ] as const) {
    const answer = await raw(text)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), text.slice(0, 80))
    assert.match(answer, /Content-Security-Policy: default-src 'self'.*frame-ancestors 'none'/)
    assert.match(answer, /X-Content-Type-Options: nosniff/)
    assert.match(answer, /Referrer-Policy: no-referrer/)
  }
})

test('R1: 300 upgrades reset by their peer, refused or accepted, leave the runner alive', async () => {
  for (let turn = 0; turn < 300; turn += 1) {
    const accepted = turn % 3 === 0
    const key = `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'x'.repeat(22)}==\r\n`
    const origin = accepted
      ? `Origin: http://${own()}\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n${key}`
      : ''
    const socket = connect(runner.port, '127.0.0.1').on('error', () => {})
    await once(socket, 'connect')
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: ${own()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${origin}\r\n`,
    )
    // The reset comes before, during or after the answer.
    if (turn % 2) await new Promise(setImmediate)
    socket.resetAndDestroy()
  }
  assert.equal((await ask('/')).status, 200)
  assert.ok((await Page.open(runner)).last('welcome'))
})

test('A6 A10: only the built pages are served', async () => {
  assert.match((await ask('/')).body, /Accueil/)
  for (const path of [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/index.html/../../x',
  ]) {
    const { status, body } = await ask(path)
    assert.equal(status, 404, path)
    assert.match(body, /Introuvable/)
  }
})

test('A24: it listens on the loopback addresses and no other', async () => {
  const tryAddress = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host, port: runner.port, timeout: 2000 })
        .on('connect', () => resolve(true))
        .on('error', () => resolve(false))
        .on('timeout', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const v6 = addresses.some(({ address }) => address === '::1')
  assert.equal(await tryAddress('127.0.0.1'), true)
  if (v6) assert.equal(await tryAddress('::1'), true)
  for (const { address, scopeid } of addresses.filter(({ internal }) => !internal)) {
    assert.equal(await tryAddress(scopeid ? `${address}%${scopeid}` : address), false, address)
  }
})

test('A7 A8: nothing is done before the right token', async () => {
  const wrong = await Page.open(runner, { token: 'x'.repeat(43) })
  assert.equal(wrong.closeCode, 4401)
  assert.deepEqual(
    wrong.messages.map(({ type }) => type),
    ['challenge'],
  )
  for (const message of [
    {
      type: 'start',
      session: newSession(),
      ref: { lab: 'outils', role: 'echo', variant: 'ts' },
      parameters: {},
      cols: 80,
      rows: 24,
    },
    { type: 'watch' },
    { type: 'ping', n: 1 },
    'text',
  ]) {
    const page = await Page.connect(runner)
    page.send(message as object)
    assert.equal(await page.closed(), 4401)
    assert.ok(page.messages.every(({ type }) => type === 'challenge'))
  }
  const bytes = await Page.connect(runner)
  bytes.input(1, Buffer.from('x'))
  assert.equal(await bytes.closed(), 4401)
})

test('A29: the proof that a page knows the token serves once: who heard it cannot come in', async () => {
  const page = await Page.connect(runner)
  const { nonce } = await page.until(() => page.last('challenge'))
  const proof = proofOf(tokenOf(runner), nonce)
  const hello = { type: 'hello', version: VERSION, proof, client: 'a29' }
  const thief = await Page.connect(runner)
  assert.notEqual((await thief.until(() => thief.last('challenge'))).nonce, nonce)
  page.send(hello)
  await page.until(() => page.last('welcome'))
  thief.send(hello)
  assert.equal(await thief.closed(), 4401)
})

test('A7: who says nothing is shown out', async (t) => {
  const hurried = await startTestRunner({ limits: { hello: 100 } })
  t.after(() => hurried.close())
  const page = await Page.connect(hurried)
  assert.equal(await page.closed(), 4408)
})

test('R10: who does not show the token never takes the place of a page, and is few', async (t) => {
  const small = await startTestRunner({ limits: { sockets: 4, strangers: 3, hello: 3_600_000 } })
  t.after(() => small.close())
  const silent: Page[] = []
  for (let i = 0; i < 12; i += 1) silent.push(await Page.connect(small))
  const honest = []
  for (let i = 0; i < 4; i += 1) honest.push(await Page.open(small))
  assert.ok(honest.every((page) => page.last('welcome') && page.closeCode === null))
  await Promise.all(silent.slice(0, -3).map((page) => page.closed()))
  const waiting = silent.filter((page) => page.closeCode === null)
  assert.ok(waiting.length <= 3, `${waiting.length} wait`)
})

test('a page that is late because the runner was busy is heard all the same', async (t) => {
  const hurried = await startTestRunner({ limits: { hello: 100 } })
  t.after(() => hurried.close())
  const page = await Page.connect(hurried)
  const { nonce } = await page.until(() => page.last('challenge'))
  page.send({ type: 'hello', version: VERSION, proof: proofOf(tokenOf(hurried), nonce), client: 'late' })
  await new Promise(setImmediate)
  for (const until = performance.now() + 300; performance.now() < until; );
  await page.until(() => page.last('welcome') || page.closeCode !== null)
  assert.ok(page.last('welcome'), `closed with ${page.closeCode}`)
})

test('A7: after too many wrong tokens none is looked at, except the right one', async (t) => {
  const target = await startTestRunner({ limits: { wrongTokens: 3 } })
  t.after(() => target.close())
  const codes = []
  for (let i = 0; i < 5; i += 1) codes.push((await Page.open(target, { token: `wrong ${i}` })).closeCode)
  assert.deepEqual(codes, [4401, 4401, 4401, 4429, 4429])
  const right = await Page.open(target)
  assert.equal(right.last('welcome')?.version, VERSION)
})

test('A26 A27: a page that says what it may not is cut', async () => {
  for (const text of [
    '{',
    '{"type":"exec"}',
    '{"type":"signal","name":"STOP"}',
    `{"type":"stop"${' '.repeat(5000)}}`,
  ]) {
    const page = await Page.open(runner)
    page.socket.send(text)
    assert.equal(await page.closed(), 4400, text.slice(0, 40))
    assert.equal(page.last('refused')?.reason, 'bad-message')
  }
  for (const frame of [Buffer.from([Frame.OUTPUT, 0]), Buffer.alloc(0), Buffer.alloc(17_000, Frame.INPUT)]) {
    const page = await Page.open(runner)
    page.socket.send(frame)
    assert.equal(await page.closed(), 4400)
  }
})

test('A20: too large a message, endless fragments and a rain of messages are cut', async () => {
  const large = await Page.open(runner)
  large.socket.send(Buffer.alloc(70_000))
  assert.equal(await large.closed(), 1009)

  const fragments = await Page.open(runner)
  for (let i = 0; i < 100; i += 1) fragments.socket.send('x', { fin: false })
  assert.notEqual(await fragments.closed(), 1000)

  const rain = await Page.open(runner)
  for (let n = 0; n < 2000; n += 1) rain.send({ type: 'ping', n })
  assert.equal(await rain.closed(), 4429)
})

test('A21: there is a limit to sockets and to programs', async (t) => {
  const small = await startTestRunner({ limits: { sockets: 4, sessions: 2 } })
  t.after(() => small.close())
  const pages = await Promise.all(Array.from({ length: 4 }, () => Page.open(small)))
  const extra = new WebSocket(`ws://127.0.0.1:${small.port}${WS_PATH}`, SUBPROTOCOL, {
    origin: `http://localhost:${small.port}`,
  })
  const status = await new Promise((resolve) => {
    extra.on('error', () => {}).on('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
  })
  assert.equal(status, 503)
  await pages[0]!.start('echo')
  await pages[1]!.start('echo')
  pages[2]!.ask({})
  const { reason, detail } = await pages[2]!.refused()
  assert.deepEqual([reason, detail], ['too-many-sessions', '2'])
})
