/** The keys of a learner, in a real pseudo-terminal and in the machine's terminal. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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

/** How long Linux may take to do what the machine's terminal did, in ms: beyond, it does something else. */
const PATIENCE = 10_000
/** Nothing more comes afterwards, in ms. */
const REST = 50

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits for a fact; whoever compares afterwards says what is there instead. */
async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE
  while (!isSo() && performance.now() < end) await pause(2)
}

/** `cat`, in a pseudo-terminal of Linux; a key is typed once it has done with the one before what the machine's did. */
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
  const seen: Seen = { shown: '', read: '', code: null }
  pty.onData((text) => (seen.shown += text))
  pty.onExit(({ exitCode, signal }) => (seen.code = signal ? 128 + signal : exitCode))
  await until(() => seen.shown.includes('R') && existsSync(file))
  seen.shown = ''
  const machine = new Simulated()
  // One by one: a signal drops the echo of what was written with it.
  for (const key of keys) {
    machine.type(key)
    if (seen.code === null) pty.write(key)
    await until(() => seen.shown === machine.seen.shown && seen.code === machine.seen.code)
  }
  const readNow = () => readFileSync(file, 'utf8')
  await until(() => readNow() === machine.seen.read)
  await pause(REST)
  seen.read = readNow()
  rmSync(folder, { recursive: true })
  if (seen.code === null) pty.kill()
  return seen
}

class Simulated {
  readonly seen: Seen = { shown: '', read: '', code: null }
  readonly #terminal: Terminal

  constructor() {
    const { seen } = this
    const [screen, program] = [new TextDecoder(), new TextDecoder()]
    const end = (code: number) => {
      seen.code ??= code
    }
    this.#terminal = new Terminal({
      show: (bytes) => (seen.shown += screen.decode(bytes, { stream: true })),
      typed: (bytes) => (seen.read += program.decode(bytes, { stream: true })),
      eof: () => end(0),
      signal: (name) => end(name === 'SIGINT' ? 130 : 131),
    })
    this.#terminal.print(new TextEncoder().encode('R'))
    seen.shown = ''
  }

  type(key: string): void {
    if (this.seen.code === null) this.#terminal.type(key)
  }
}

const skip = process.platform === 'linux' ? false : 'le terminal imité est celui de Linux'

for (const keys of SEQUENCES) {
  test(`${JSON.stringify(keys)}: the machine's terminal does what Linux does`, { skip }, async () => {
    const machine = new Simulated()
    for (const key of keys) machine.type(key)
    assert.deepEqual(machine.seen, await real(keys))
  })
}
