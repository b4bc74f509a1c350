/** The keys of a learner, in a real pseudo-terminal and in the machine's terminal. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { spawn } from 'node-pty'
import { Terminal } from './terminal.ts'

const SEQUENCES = [
  'abc\r',
  'été\x7f\x7fX\r',
  'a\tb\x7f\x7f\x7fz\r',
  'un deux\x17trois\r',
  'garde\x15neuf\r',
  'abc\x03',
  '\x04',
  'abc\x04def\r',
  '\x1b[A\x7f\x7f\r',
  '日本\x7f\x7f!\r',
  '😀\x7fx\r',
  'a\x01b\x7f\x7fc\r',
  'x\x16\x03y\r',
  'abc\x12\r',
  '\x7f\x7fa\r',
  'a\r\rb\r',
  'l\x1c',
  'e\u0301\x7f\r',
  'mot-clé fin\x17\x17q\r',
  'ab\ncd\r',
  'a\x13b\x11c\r',
]

interface Seen {
  /** What the screen showed. */
  shown: string
  /** What the program read. */
  read: string
  /** Null while it still reads. */
  code: number | null
}

/** `cat`, in a pseudo-terminal of Linux. */
async function real(keys: string): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'pty-'))
  const file = join(folder, 'read')
  const env = { ...process.env, LANG: 'C.UTF-8', TERM: 'xterm' }
  // `cat` closes its outputs before it ends: alone, it would leave the terminal with nobody, and could be hung up.
  const command = ['-c', `stty iutf8; printf R; cat > '${file}'; ended=$?; exit $ended`]
  const pty = spawn('/bin/sh', command, {
    cols: 80,
    rows: 24,
    encoding: 'utf8',
    env: env as Record<string, string>,
  })
  let shown = ''
  pty.onData((text) => (shown += text))
  const ended = new Promise<number>((resolve) =>
    pty.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode)),
  )
  const pause = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined))
  while (!shown.includes('R')) await pause(5)
  await pause(50)
  shown = ''
  // One by one: a signal drops the echo of what was written with it.
  for (const key of keys) {
    pty.write(key)
    await pause(20)
  }
  await pause(100)
  const code = (await Promise.race([ended, pause(50)])) ?? null
  const seen = shown
  const read = readFileSync(file, 'utf8')
  rmSync(folder, { recursive: true })
  if (code === null) pty.kill()
  return { shown: seen, read, code }
}

function simulated(keys: string): Seen {
  const [screen, program] = [new TextDecoder(), new TextDecoder()]
  const seen: Seen = { shown: '', read: '', code: null }
  const end = (code: number) => {
    seen.code ??= code
  }
  const terminal = new Terminal({
    show: (bytes) => (seen.shown += screen.decode(bytes, { stream: true })),
    typed: (bytes) => (seen.read += program.decode(bytes, { stream: true })),
    eof: () => end(0),
    signal: (name) => end(name === 'SIGINT' ? 130 : 131),
  })
  terminal.print(new TextEncoder().encode('R'))
  seen.shown = ''
  for (const key of keys) if (seen.code === null) terminal.type(key)
  return seen
}

const skip = process.platform === 'linux' ? false : 'le terminal imité est celui de Linux'

for (const keys of SEQUENCES) {
  test(`${JSON.stringify(keys)}: the machine's terminal does what Linux does`, { skip }, async () => {
    assert.deepEqual(simulated(keys), await real(keys))
  })
}
