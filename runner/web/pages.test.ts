/** The pages as files: whole, in part, gone, or asked for by who leaves at once. Real requests on a real runner. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Runner } from '../main.ts'
import { SERVED_BY } from '../protocol.ts'
import { siteOf, startTestRunner } from '../testing.ts'

const SCRIPT = '0123456789'
const LARGE = 32 * 1024 * 1024

let site: string
let runner: Runner
before(async () => {
  site = siteOf({
    'index.html': '<p>Accueil</p>',
    '404.html': '<p>Introuvable</p>',
    'cours/index.html': '<p>Cours</p>',
    'machine-0123456789ab/cadre.html': '<script>1</script>',
    'empty.txt': '',
    '.secret': 'x',
    '_astro/a.js': SCRIPT,
    '_astro/a.js.gz': gzipSync(SCRIPT),
    'large.bin': Buffer.alloc(LARGE),
  })
  runner = await startTestRunner({ siteDir: site })
})
after(async () => {
  await runner.close()
  rmSync(site, { recursive: true })
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  httpRequest({ host: '127.0.0.1', port: runner.port, path, headers, method }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () =>
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        body: Buffer.concat(chunks).toString(),
      }),
    )
  })
    .on('error', reject)
    .end()
  return promise
}

test('a page is found by its name, its folder or its file, with its type', async () => {
  for (const path of ['/cours/', '/cours', '/cours/index.html', '/cours/index', '/cours/?q=1', '/%63ours/']) {
    const { status, body, headers } = await get(path)
    assert.deepEqual([status, body], [200, '<p>Cours</p>'], path)
    assert.equal(headers['content-type'], 'text/html;charset=utf-8')
    assert.equal(headers['cache-control'], 'no-cache')
  }
  // A page knows by it who serves it.
  assert.equal((await get('/cours/')).headers['server-timing'], SERVED_BY)
  const script = await get('/_astro/a.js')
  assert.equal(script.headers['content-type'], 'text/javascript')
  assert.match(script.headers['cache-control']!, /immutable/)
  const head = await get('/_astro/a.js', {}, 'HEAD')
  assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '10', ''])
  assert.equal((await get('/empty.txt')).body, '')
})

test('a file that did not change is not sent again, and one that has a compressed form is sent in that form', async () => {
  const { headers } = await get('/_astro/a.js')
  const again = await get('/_astro/a.js', { 'If-None-Match': headers.etag! })
  assert.deepEqual([again.status, again.body], [304, ''])
  const compressed = await get('/_astro/a.js', { 'Accept-Encoding': 'br, gzip' })
  assert.equal(compressed.headers['content-encoding'], 'gzip')
  assert.equal(compressed.headers.vary, 'Accept-Encoding')
})

test('a part of a file is sent when it exists, and refused otherwise', async () => {
  const part = async (Range: string) => {
    const { status, body, headers } = await get('/_astro/a.js', { Range })
    return [status, status === 206 ? body : '', headers['content-range']]
  }
  assert.deepEqual(await part('bytes=2-4'), [206, '234', 'bytes 2-4/10'])
  assert.deepEqual(await part('bytes=0-0'), [206, '0', 'bytes 0-0/10'])
  assert.deepEqual(await part('bytes=7-'), [206, '789', 'bytes 7-9/10'])
  assert.deepEqual(await part('bytes=7-99'), [206, '789', 'bytes 7-9/10'])
  assert.deepEqual(await part('bytes=-3'), [206, '789', 'bytes 7-9/10'])
  assert.deepEqual(await part('bytes=-99'), [206, SCRIPT, 'bytes 0-9/10'])
  for (const range of [
    'bytes=5-2',
    'bytes=10-',
    'bytes=99-100',
    'bytes=-0',
    'bytes=-',
    'bytes=',
    'bytes=a-b',
    'bytes=-1-2',
    'bytes=1e999-',
    `bytes=${'9'.repeat(400)}-`,
  ]) {
    assert.deepEqual(await part(range), [416, '', 'bytes */10'], range)
  }
  for (const range of ['lines=1-2', 'bytes=0-1,4-5'])
    assert.deepEqual(await part(range), [200, '', undefined])
  assert.equal((await get('/empty.txt', { Range: 'bytes=0-0' })).status, 416)
  assert.equal((await get('/')).status, 200)
})

test('what is hidden, outside or no name at all is not there', async () => {
  for (const path of [
    '/.secret',
    '/%2esecret',
    '/%',
    '/%00',
    '/..%5cx',
    '/a%00.html',
    `/${'x'.repeat(5000)}`,
    '//etc/passwd',
  ]) {
    const { status, body } = await get(path)
    assert.deepEqual([status, body], [404, '<p>Introuvable</p>'], path)
  }
})

test('R1: a rebuild may take pages away, all of them too, and bring new ones', async (t) => {
  const other = siteOf({ 'index.html': '<p>Avant</p>' })
  const rebuilt = await startTestRunner({ siteDir: other })
  t.after(async () => {
    await rebuilt.close()
    rmSync(other, { recursive: true, force: true })
  })
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${rebuilt.port}${path}`)).status
  assert.equal(await status('/'), 200)
  rmSync(join(other, 'index.html'))
  assert.equal(await status('/'), 404)
  rmSync(other, { recursive: true })
  assert.equal(await status('/'), 404)
  mkdirSync(other)
  writeFileSync(join(other, 'new.html'), '<p>Après</p>')
  assert.equal(await status('/new'), 200)
})

test('the scripts written in a page are allowed, and only there, also after a rebuild has changed it', async (t) => {
  const pageOf = (script: string) => `<script>${script}</script><script type="application/json">1</script>`
  const other = siteOf({
    'index.html': pageOf('avant()'),
    'index.html.gz': gzipSync(pageOf('avant()')),
    '404.html': pageOf('perdu()'),
  })
  const allowed = async (path: string) => {
    const policy = (await fetch(`http://127.0.0.1:${rebuilt.port}${path}`)).headers.get(
      'content-security-policy',
    )
    return [...policy!.matchAll(/'(sha256-[^']+)'/g)].map(([, hash]) => hash)
  }
  const hashOf = (script: string) => `sha256-${createHash('sha256').update(script).digest('base64')}`
  const rebuilt = await startTestRunner({ siteDir: other })
  t.after(async () => {
    await rebuilt.close()
    rmSync(other, { recursive: true })
  })
  assert.deepEqual(await allowed('/'), [hashOf('avant()')])
  assert.deepEqual(await allowed('/nulle-part'), [hashOf('perdu()')])
  writeFileSync(join(other, 'index.html'), pageOf('apres(1)'))
  assert.deepEqual(await allowed('/'), [hashOf('apres(1)')])
})

test('the document of the machine may be framed by our pages; no other page may', async () => {
  const { headers: frame } = await get('/machine-0123456789ab/cadre.html')
  assert.equal(frame['content-security-policy'], "frame-ancestors 'self'")
  assert.equal(frame['x-frame-options'], 'SAMEORIGIN')
  const { headers: page } = await get('/cours/')
  assert.match(String(page['content-security-policy']), /frame-ancestors 'none'/)
  assert.equal(page['x-frame-options'], 'DENY')
})

test('R3: 200 downloads aborted midway give their descriptors back', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async () => {
  const open = () => readdirSync('/proc/self/fd').length
  const before = open()
  for (let turn = 0; turn < 200; turn += 1) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const socket = connect(runner.port, '127.0.0.1', () =>
      socket.write(`GET /large.bin HTTP/1.1\r\nHost: localhost:${runner.port}\r\n\r\n`),
    )
    socket.once('data', () => socket.resetAndDestroy()).on('close', () => resolve())
    await promise
  }
  for (let tries = 0; open() > before + 2; tries += 1) {
    assert.ok(tries < 500, `${open()} descriptors, ${before} before`)
    await delay(20)
  }
})

test('a large file arrives whole to a page that keeps its connection for another', async (t) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())
  for (let turn = 0; turn < 2; turn += 1) {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    httpRequest({ host: '127.0.0.1', port: runner.port, path: '/large.bin', agent }, (response) => {
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      response.on('end', () => resolve(size))
    })
      .on('error', reject)
      .end()
    assert.equal(await promise, LARGE)
  }
})
