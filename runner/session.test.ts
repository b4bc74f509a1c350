/** Programs started, typed to, resized and ended through a real socket. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Runner } from './main.ts'
import { processTable } from './processes/table.ts'
import { FIXTURES, Page, pidOf, startTestRunner } from './testing.ts'

let runner: Runner
before(async () => {
  runner = await startTestRunner()
})
after(() => runner.close())

async function openPage(t: { after(f: () => Promise<void>): void }): Promise<Page> {
  const page = await Page.open(runner)
  t.after(() => page.close())
  return page
}

async function alive(pids: readonly number[]): Promise<number[]> {
  const table = await processTable()
  return pids.filter((pid) => table.some((process) => process.pid === pid))
}

test('F32: a program prints, reads what is typed and ends with Ctrl+D', async (t) => {
  const page = await openPage(t)
  const { phase } = await page.start('echo', { message: 'bonjour à tous' })
  assert.equal(phase, 'running')
  await page.printed(/bonjour à tous\r\n/)
  page.type('réseau\r')
  await page.printed(/<réseau>/)
  page.type('\x04')
  const end = await page.ended()
  assert.deepEqual(
    { code: end.code, signal: end.signal, reason: end.reason },
    { code: 0, signal: null, reason: 'normal' },
  )
  assert.match(page.text, /end of input\r\n$/)
  assert.equal(end.offset, page.offset)
})

test('Backspace erases a whole accented letter', async (t) => {
  const page = await openPage(t)
  await page.start('echo')
  await page.printed(/bonjour/)
  page.type('é\x7fa\r')
  await page.printed(/<a>/)
})

test('F31: Ctrl+C ends a program with code 130', async (t) => {
  const page = await openPage(t)
  await page.start('echo')
  await page.printed(/bonjour/)
  page.type('\x03')
  const end = await page.ended()
  assert.deepEqual([end.code, end.signal, end.reason], [130, 'INT', 'signal'])
})

test('F1: a program killed by force is told as killed, code 137, and can be started again', async (t) => {
  const page = await openPage(t)
  const { session } = await page.start('echo')
  await page.printed(/bonjour/)
  process.kill(await pidOf(session), 'SIGKILL')
  const end = await page.ended()
  assert.deepEqual([end.code, end.signal], [137, 'KILL'])
  assert.match(page.text, /bonjour/)
  await page.start('echo')
  await page.printed(/bonjour/)
})

test('the signals a page may send reach the program', async (t) => {
  const page = await openPage(t)
  for (const [name, code] of [
    ['INT', 130],
    ['TERM', 143],
    ['KILL', 137],
  ] as const) {
    await page.start('echo')
    await page.printed(/bonjour/)
    page.send({ type: 'signal', name })
    assert.equal((await page.ended()).code, code)
  }
})

test('a program learns the size of its terminal, then its changes, within bounds', async (t) => {
  const page = await openPage(t)
  await page.start('size')
  await page.printed(/size : 80x24\./)
  page.send({ type: 'resize', cols: 100, rows: 30 })
  await page.printed(/size : 100x30\./)
  page.send({ type: 'resize', cols: 0, rows: 0 })
  await page.printed(/size : 2x1\./)
  page.send({ type: 'resize', cols: 100_000, rows: 100_000 })
  await page.printed(/size : 500x300\./)
})

test('F27: a storm of sizes reaches the program as ten a second at most, the last one included', async (t) => {
  const page = await openPage(t)
  await page.start('size')
  await page.printed(/size : 80x24\./)
  const begin = performance.now()
  for (let cols = 100; cols < 200; cols += 1) {
    page.send({ type: 'resize', cols, rows: 30 })
    await delay(8)
  }
  await page.printed(/size : 199x30\./)
  const tenths = (performance.now() - begin) / 100
  // The first one leaves at once; all are told before the last.
  const changes = page.text.match(/size/g)!.length - 1
  assert.ok(changes > 1 && changes <= tenths + 1, `${changes} changes in ${tenths} tenths of a second`)
})

test('a role is ready when its line is printed, and gives its values', async (t) => {
  const page = await openPage(t)
  await page.start('deaf')
  const { values } = await page.until(() => page.last('state')?.ready && page.last('state'))
  assert.match(page.text, new RegExp(`port : ${values.port}\r\n`))
})

test('a stopped role frees its port, and runs again on the same one', async (t) => {
  const page = await openPage(t)
  await page.start('deaf')
  const { values } = await page.until(() => page.last('state')?.ready && page.last('state'))
  page.send({ type: 'stop' })
  assert.equal((await page.ended()).reason, 'stopped')
  await page.start('deaf', { port: Number(values.port) })
  await page.printed(new RegExp(`port : ${values.port}\r\n`))
  page.send({ type: 'stop' })
  await page.ended()
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(values.port), '127.0.0.1', resolve)
  })
  server.close()
})

test('A23 F19: stopping ends a program that ignores signals, and the children that left its terminal', async (t) => {
  const page = await openPage(t)
  await page.start('family', { children: 3 })
  const [, list] = await page.printed(/pids : ([\d ]+)\./)
  const pids = list!.split(' ').map(Number)
  assert.equal((await alive(pids)).length, 4)
  page.send({ type: 'stop' })
  const end = await page.ended()
  assert.deepEqual([end.code, end.reason], [137, 'stopped'])
  assert.deepEqual(await alive(pids), [])
})

test('A23 F19: a program that ends by itself leaves no child behind', async (t) => {
  const page = await openPage(t)
  const { session } = await page.start('family', { children: 2 })
  const [, list] = await page.printed(/pids : ([\d ]+)\./)
  process.kill(await pidOf(session), 'SIGKILL')
  assert.equal((await page.ended()).reason, 'signal')
  assert.deepEqual(await alive(list!.split(' ').map(Number)), [])
})

test('A22: a program that starts too many processes is ended', async (t) => {
  const page = await openPage(t)
  await page.start('family', { children: 100 })
  assert.equal((await page.ended()).reason, 'too-many-processes')
  const pids = [...page.text.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid))
  assert.ok(pids.length > 0)
  assert.deepEqual(await alive(pids), [])
})

test('F2: 10 kB printed just before the end all arrive, 80 times', async (t) => {
  const page = await openPage(t)
  for (let run = 0; run < 80; run += 1) {
    await page.start('burst', { size: 10_000 })
    const end = await page.ended()
    assert.equal(end.offset, 10_000)
    assert.equal(page.offset, 10_000)
    assert.match(page.text, /^0;1;2;/)
  }
})

test('F18 F20: programs leave no descriptor and no zombie behind', {
  skip: process.platform !== 'linux' && 'needs /proc',
  timeout: 60_000,
}, async (t) => {
  // A process that waits for a program has a terminal of its own.
  const bare = await startTestRunner({ limits: { spares: 0 } })
  t.after(() => bare.close())
  const page = await Page.open(bare)
  const descriptors = () => readdirSync('/proc/self/fd').length
  await page.start('echo')
  await page.printed(/bonjour/)
  const running = descriptors()
  page.type('\x03')
  await page.ended()
  for (let run = 0; run < 20; run += 1) {
    await page.start('burst', { size: 10 })
    await page.ended()
  }
  // The last look at the processes may still hold a file open.
  while (descriptors() > running) await delay(20)
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')
  const zombies = children.filter((pid) => pid && /\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')))
  assert.deepEqual(zombies, [])
})

test('the compiled code of a program is kept while it runs, for its next start', async (t) => {
  const project = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  cpSync(FIXTURES, join(project, 'runner/fixtures/labs'), { recursive: true })
  cpSync(join(FIXTURES, '../../../labs/lab.ts'), join(project, 'labs/lab.ts'))
  const other = await startTestRunner({ labsDir: join(project, 'runner/fixtures/labs') })
  t.after(async () => {
    await other.close()
    rmSync(project, { recursive: true })
  })
  const page = await Page.open(other)
  const start = async () => {
    await page.start('facts', { host: 'cache' })
    await page.ended()
    return JSON.parse(page.text.slice(0, page.text.lastIndexOf('END'))).env.NODE_COMPILE_CACHE as string
  }
  const cached = (dir: string) => readdirSync(dir, { recursive: true }).length
  const dir = await start()
  const before = cached(dir)
  const { session } = await page.start('deaf')
  await page.until(() => page.last('state')?.ready)
  while (cached(dir) <= before) await delay(20)
  process.kill(await pidOf(session), 'SIGKILL')
  await page.ended()
})

test('1 MB printed just before the end all arrives', async (t) => {
  const page = await openPage(t)
  await page.start('burst', { size: 1_000_000 })
  assert.equal((await page.ended()).offset, 1_000_000)
  assert.equal(page.skipped, 0)
  let expected = ''
  for (let i = 0; expected.length < 1_000_000; i += 1) expected += `${i};`
  assert.equal(page.text, expected.slice(0, 1_000_000))
})

test('A11 A12: a program gets a short, known environment and exactly the options of its role', async (t) => {
  process.env.NODE_OPTIONS = '--no-deprecation'
  process.env.SECRET_OF_THE_RUNNER = 'x'
  t.after(async () => {
    delete process.env.NODE_OPTIONS
    delete process.env.SECRET_OF_THE_RUNNER
  })
  const page = await openPage(t)
  await page.start('facts', { port: 5000, message: '--inspect; rm -rf $HOME' })
  await page.ended()
  const facts = JSON.parse(page.text.slice(0, page.text.lastIndexOf('END')))
  assert.deepEqual(facts.args, ['--port=5000', '--message=--inspect; rm -rf $HOME', '--host=127.0.0.1'])
  const known =
    /^(PATH|HOME|LANG|LC_\w+|TMPDIR|TEMP|TMP|PWD|TERM|COLORTERM|NODE_COMPILE_CACHE|PRISE_DIRECTE_(?:SESSION|SONDE))$/
  assert.deepEqual(
    Object.keys(facts.env).filter((name) => !known.test(name)),
    [],
  )
  assert.ok(facts.env.PATH && facts.env.LANG)
  assert.equal(page.text.includes(runner.url.split('=')[1]!), false)
  assert.equal(facts.cwd, process.cwd())
})

test('a paste of 200 kB to a program that reads nothing blocks nobody', async (t) => {
  const deaf = await openPage(t)
  await deaf.start('deaf')
  await deaf.until(() => deaf.last('state')?.ready)
  deaf.type('x'.repeat(79).concat('\n').repeat(2500))
  const other = await openPage(t)
  await other.start('echo')
  await other.printed(/bonjour/)
  other.type('there\r')
  await other.printed(/<there>/)
  deaf.type('\x03')
  assert.equal((await deaf.ended()).code, 130)
})

test('more input than a program can ever read is refused, and said', async (t) => {
  const page = await openPage(t)
  await page.start('deaf')
  await page.until(() => page.last('state')?.ready)
  page.type('x'.repeat(79).concat('\n').repeat(20_000))
  const { reason } = await page.refused()
  assert.equal(reason, 'input-full')
})

test('a paste arrives whole and in order to a program that reads', async (t) => {
  const page = await openPage(t)
  await page.start('echo')
  await page.printed(/bonjour/)
  const lines = Array.from({ length: 2000 }, (_, i) => `ligne ${i} é`)
  page.type(`${lines.join('\n')}\n`, 1000)
  await page.printed(/<ligne 1999 é>/)
  assert.deepEqual(page.text.match(/(?<=<).*(?=>)/g), lines)
})

test('A10 A11 F24: what does not exist or is not valid is refused with its reason', async (t) => {
  const page = await openPage(t)
  const cases: [object, object, string][] = [
    [{ lab: 'inconnu' }, {}, 'unknown-lab'],
    [{ lab: '../outils' }, {}, 'unknown-lab'],
    [{ lab: 'outils/../outils' }, {}, 'unknown-lab'],
    [{ lab: '__proto__' }, {}, 'unknown-lab'],
    [{ lab: 'outils\0' }, {}, 'unknown-lab'],
    [{ lab: '' }, {}, 'unknown-lab'],
    [{ lab: '.' }, {}, 'unknown-lab'],
    [{ role: 'inconnu' }, {}, 'unknown-role'],
    [{ role: '../echo' }, {}, 'unknown-role'],
    [{ variant: 'node' }, {}, 'unknown-variant'],
    [{ role: 'absent' }, {}, 'program-missing'],
    [{}, { message: 'x'.repeat(51) }, 'bad-parameter'],
    [{}, { message: 'a\nb' }, 'bad-parameter'],
    [{}, { port: 5000 }, 'bad-parameter'],
    [{}, { cwd: '/' }, 'bad-parameter'],
    [{ role: 'facts' }, { port: '5000 --inspect' }, 'bad-parameter'],
    [{ role: 'facts' }, { port: 5000.5 }, 'bad-parameter'],
    [{ role: 'facts' }, { port: 65_536 }, 'bad-parameter'],
    [{ role: 'facts' }, { host: '-e' }, 'bad-parameter'],
  ]
  for (const [ref, parameters, reason] of cases) {
    page.messages.length = 0
    page.ask(ref, parameters)
    assert.equal((await page.refused()).reason, reason, JSON.stringify([ref, parameters]))
  }
})

test('one terminal runs one program at a time', async (t) => {
  const page = await openPage(t)
  await page.start('echo')
  page.ask({})
  assert.equal((await page.refused()).reason, 'already-running')
})

test('what a terminal without program cannot do is refused', async (t) => {
  const page = await openPage(t)
  for (const message of [{ type: 'stop' }, { type: 'signal', name: 'INT' }]) {
    page.messages.length = 0
    page.send(message)
    assert.equal((await page.refused()).reason, 'not-running')
  }
  page.messages.length = 0
  page.type('x')
  assert.equal((await page.refused()).reason, 'not-running')
})

test('A13 F26: private escape sequences and bytes that are no text reach the page as they are', async (t) => {
  const page = await openPage(t)
  await page.start('echo', { message: 'osc' })
  await page.printed(/osc/)
  page.type('\x16\x1b]52;c;?\x07\x16\x1b]8;;x\x07é\r')
  await page.printed(/<.*>/s)
  assert.match(page.text, /<\x1b\]52;c;\?\x07\x1b\]8;;x\x07é>/)
})
