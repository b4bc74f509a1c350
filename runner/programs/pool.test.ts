/** A program started in a spare process sees and does what it would in a new one. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { LIMITS } from '../limits.ts'
import { processTable, treeOf } from '../processes/table.ts'
import { type RunningProgram, startProgram } from '../terminal/program.ts'
import { type Command, type Exit, HAS_TERMINALS } from '../terminal/pty.ts'
import { FIXTURES, Page, pidOf, startTestRunner } from '../testing.ts'
import { Launcher } from './launch.ts'
import { Pool } from './pool.ts'

const skip = (!HAS_TERMINALS || process.platform === 'win32') && 'no spare process here'
const SIZE = [97, 31] as const

interface Bench {
  pool: Pool
  /** When what programs share was changed last, at least. */
  shared: { changed: number }
  command: (end: string) => Command
}

function bench(t: { after(f: () => Promise<void>): void }, spares: number, spareMemory = 0): Bench {
  const state = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  const launcher = new Launcher(FIXTURES, state)
  const shared = { changed: 0 }
  const pool = new Pool({
    spares,
    spareMemory,
    tag: 'pool.spare',
    command: (tag) => launcher.spare(tag),
    changed: () => Math.max(launcher.sharedChanged(), shared.changed),
  })
  t.after(async () => {
    await pool.close()
    rmSync(state, { recursive: true })
  })
  const file = join(FIXTURES, 'outils', 'self.ts')
  return {
    pool,
    shared,
    command: (end) => launcher.script(file, ['--port=0', `--message=${end}`], 'pool.session'),
  }
}

async function spare(pool: Pool, other?: number): Promise<number> {
  for (;;) {
    const [pid] = pool.pids
    if (pid !== undefined && pid !== other) return pid
    await delay(20)
  }
}

interface Run {
  lines: string[]
  exit: Exit
}

/** What a program prints, and how it ends, once `act` has been called with it when it prints `after`. */
function outcome(
  program: RunningProgram,
  after: string,
  act: (program: RunningProgram) => void,
): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>()
  let text = ''
  let acted = false
  program.onData((chunk) => {
    text += chunk.toString('latin1')
    if (acted || !after || !text.includes(after)) return
    acted = true
    act(program)
  })
  program.onExit((exit) => resolve({ lines: text.split('\r\n'), exit }))
  return promise
}

const signal = (name: NodeJS.Signals) => (program: RunningProgram) => process.kill(program.pid, name)
const ENDS: [title: string, message: string, after: string, act: (program: RunningProgram) => void][] = [
  ['nothing is left to do', 'end', '', () => {}],
  ['exit()', 'exit', '', () => {}],
  ['an exception', 'throw', '', () => {}],
  ['a rejection', 'reject', '', () => {}],
  ['a worker', 'worker', '', () => {}],
  ['SIGINT', 'wait', 'waiting', signal('SIGINT')],
  ['SIGTERM', 'wait', 'waiting', signal('SIGTERM')],
  ['SIGHUP', 'wait', 'waiting', signal('SIGHUP')],
  ['Ctrl+C', 'wait', 'waiting', (program) => program.interrupt()],
  [
    'what is typed, then Ctrl+D',
    'read',
    'early : true',
    (program) => program.write(Buffer.from('été\n\x04')),
  ],
]

for (const [title, message, after, act] of ENDS) {
  test(`in a spare process as in a new one: ${title}`, { skip }, async (t) => {
    const { pool, command } = bench(t, 1)
    const cold = await outcome(startProgram(command(message), ...SIZE), after, act)
    const waiting = await spare(pool)
    const program = pool.start(command(message), ...SIZE)
    assert.equal(program.pid, waiting, 'it did not run in the spare process')
    const warm = await outcome(program, after, act)
    assert.deepEqual(warm.lines, cold.lines)
    assert.deepEqual(warm.exit, cold.exit)
    assert.ok(cold.lines.some((line) => line.startsWith('argv : ')))
  })
}

test('what is typed before the program reads is for the program', { skip }, async (t) => {
  const { pool, command } = bench(t, 1)
  await spare(pool)
  const program = pool.start(command('read'), ...SIZE)
  program.write(Buffer.from('tôt\n\x04'))
  const { lines } = await outcome(program, '', () => {})
  assert.ok(lines.includes(`read : ${Buffer.from('"tôt\\n"').toString('latin1')}`), lines.join('\n'))
})

test('a spare process that dies is replaced, and one that is used too', { skip }, async (t) => {
  const { pool, command } = bench(t, 1)
  const first = await spare(pool)
  process.kill(first, 'SIGKILL')
  const second = await spare(pool, first)
  const { exit } = await outcome(pool.start(command('end'), ...SIZE), '', () => {})
  assert.equal(exit.code, 0)
  await spare(pool, second)
})

test('a spare process that loaded what has changed since is not used, and another takes its place', {
  skip,
}, async (t) => {
  const { pool, shared, command } = bench(t, 1)
  const old = await spare(pool)
  shared.changed = Date.now()
  const program = pool.start(command('end'), ...SIZE)
  assert.notEqual(program.pid, old)
  await outcome(program, '', () => {})
  await spare(pool, old)
})

test('without memory to spare there is no spare process, and programs start all the same', {
  skip,
}, async (t) => {
  const { pool, command } = bench(t, 1, Number.MAX_SAFE_INTEGER)
  assert.equal((await outcome(pool.start(command('end'), ...SIZE), '', () => {})).exit.code, 0)
  assert.deepEqual(pool.pids, [])
})

test('a command too long for a terminal starts in a new process', { skip }, async (t) => {
  const { pool, command } = bench(t, 1)
  const waiting = await spare(pool)
  const program = pool.start(command('x'.repeat(5000)), ...SIZE)
  assert.notEqual(program.pid, waiting)
  await outcome(program, '', () => {})
  assert.deepEqual(pool.pids, [waiting])
})

test('spare processes are no programs of the list, and end with the runner', { skip }, async () => {
  const runner = await startTestRunner()
  const page = await Page.open(runner)
  const { boot } = page.last('welcome')!
  const waiting = async () => (await processTable()).filter(({ tag }) => tag === `${boot}.spare`)
  while ((await waiting()).length < LIMITS.spares) await delay(20)
  page.send({ type: 'watch' })
  assert.deepEqual((await page.until(() => page.last('programs'))).programs, [])

  const { session } = await page.start('family', { children: 2 })
  await page.printed(/pids : ([\d ]+)\./)
  const pid = await pidOf(session)
  assert.equal(treeOf(await processTable(), pid, `${boot}.${session}`).length, 3)
  assert.equal(
    (await waiting()).some((process) => process.pid === pid),
    false,
  )
  await runner.close()
  assert.deepEqual(
    (await processTable()).filter(({ tag }) => tag?.startsWith(`${boot}.`)),
    [],
  )
})
