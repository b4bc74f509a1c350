import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ReadyWatch } from './ready.ts'

function watch(pattern: RegExp, ...chunks: (string | Buffer)[]) {
  const found: Record<string, string>[] = []
  const watcher = new ReadyWatch(pattern, (values) => found.push(values))
  for (const chunk of chunks) watcher.push(Buffer.from(chunk))
  return { found, watcher }
}

test('the named groups of the ready line are given once', () => {
  const { found } = watch(/port : (?<port>\d+)/, 'Attente…\r\nport : 1234\r\n', 'port : 5678\r\n')
  assert.deepEqual(found, [{ port: '1234' }])
})

test('a number cut between two reads is never taken for a shorter one', () => {
  const { found } = watch(/port : (?<port>\d+)/, 'port : 12', '34\r\n')
  assert.deepEqual(found, [{ port: '1234' }])
})

test('colours, titles and private sequences do not hide the ready line, even cut in two', () => {
  const { found } = watch(
    /^port : (?<port>\d+)$/m,
    '\x1b]777;{"port : 9"}\x07\x1b[3',
    '2mport : \x1b]0;title\x1b\\1234\x1b[0m\r\n',
  )
  assert.deepEqual(found, [{ port: '1234' }])
})

test('an accent cut in two is read whole', () => {
  const bytes = Buffer.from('prêt\r\n')
  const { found } = watch(/prêt/, bytes.subarray(0, 3), bytes.subarray(3))
  assert.equal(found.length, 1)
})

test('a prompt without end of line counts once it has settled', async () => {
  const { found } = watch(/^> $/m, 'console\r\n> ')
  assert.equal(found.length, 0)
  for (let tries = 0; found.length === 0 && tries < 500; tries += 1) await delay(10)
  assert.deepEqual(found, [{}])
})

test('the last words of a program count', () => {
  const { found, watcher } = watch(/port : (?<port>\d+)/, 'port : 12')
  watcher.close()
  assert.deepEqual(found, [{ port: '12' }])
})

test('an output made to be slow to read is read in time that grows with its length', () => {
  // Patterns that look again at what they saw would take minutes here.
  for (const piece of ['\x1b]', '\x1b[', '\x1b[1;', '\x1b', '\x1bP\x1b', ';', '\r', 'prêt (', 'x\n']) {
    const { found, watcher } = watch(/prêt \(.*\), port : (?<port>\d+)/)
    for (let times = 0; times < 30_000; times += 1) watcher.push(Buffer.from(piece))
    watcher.push(Buffer.from(piece.repeat(1_000_000)))
    watcher.close()
    assert.deepEqual(found, [])
  }
})
