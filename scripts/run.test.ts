/** What starts every command: one install at a time, whole or taken up again, and nothing left when it is stopped. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT } from './build.ts'

const skip = process.platform === 'win32' && 'needs signals'

/** A bare clone whose npm is known: it notes when it begins and ends, and waits for `go` when the file `wait` is there. */
function project(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'prise directe #%20 '))
  t.after(() => rmSync(dir, { recursive: true }))
  for (const file of ['scripts/run.mjs', 'runner/programs/lock.mjs'])
    cpSync(join(ROOT, file), join(dir, file))
  writeFileSync(join(dir, 'package.json'), '{"dependencies":{"une-dependance":"1.0.0"}}')
  writeFileSync(join(dir, 'package-lock.json'), '{}')
  writeFileSync(
    join(dir, 'scripts', 'program.mjs'),
    "console.log('lancé')\nif (process.argv[2]) setInterval(() => {}, 1000)\n",
  )
  writeFileSync(
    join(dir, 'npm.mjs'),
    `import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
     import { setTimeout as delay } from 'node:timers/promises'
     rmSync('node_modules', { recursive: true, force: true })
     appendFileSync('journal', \`\${process.pid} \`)
     while (existsSync('wait')) await delay(10)
     await delay(200)
     mkdirSync('node_modules/une-dependance', { recursive: true })
     writeFileSync('node_modules/une-dependance/package.json', '{}')\n`,
  )
  return dir
}

interface Start {
  child: ChildProcess
  said: () => string
  ended: Promise<number | null>
}

function start(dir: string, ...args: string[]): Start {
  const child = spawn(process.execPath, [join(dir, 'scripts', 'run.mjs'), 'scripts/program.mjs', ...args], {
    cwd: dir,
    detached: true,
    env: { ...process.env, npm_execpath: join(dir, 'npm.mjs') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text))
  return { child, said: () => said, ended: once(child, 'close').then(([code]) => code) }
}

const installs = (dir: string) =>
  existsSync(join(dir, 'journal'))
    ? readFileSync(join(dir, 'journal'), 'utf8').trim().split(' ').map(Number)
    : []

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('two first starts at once install once, and both succeed', { skip }, async (t) => {
  const dir = project(t)
  const starts = [start(dir), start(dir), start(dir)]
  assert.deepEqual(await Promise.all(starts.map(({ ended }) => ended)), [0, 0, 0])
  for (const { said } of starts) assert.match(said(), /lancé\n$/)
  assert.equal(installs(dir).length, 1)
  assert.equal(await start(dir).ended, 0)
  assert.equal(installs(dir).length, 1, 'what is installed is not installed again')
})

test('an install interrupted by Ctrl+C leaves no npm behind, and the next start does it', {
  skip,
}, async (t) => {
  const dir = project(t)
  writeFileSync(join(dir, 'wait'), '')
  const first = start(dir)
  while (installs(dir).length === 0) await delay(10)
  // The terminal sends it to the whole group; here to the one that npm might outlive.
  process.kill(first.child.pid!, 'SIGINT')
  assert.equal(await first.ended, 130)
  assert.equal(isAlive(installs(dir)[0]!), false)
  rmSync(join(dir, 'wait'))
  const second = start(dir)
  assert.equal(await second.ended, 0)
  assert.match(second.said(), /lancé\n$/)
})

test('what was removed since the install is installed again', { skip }, async (t) => {
  const dir = project(t)
  assert.equal(await start(dir).ended, 0)
  rmSync(join(dir, 'node_modules', 'une-dependance'), { recursive: true })
  assert.equal(await start(dir).ended, 0)
  assert.equal(installs(dir).length, 2)
})

test('an install that fails says so in French, and nothing is launched', { skip }, async (t) => {
  const dir = project(t)
  writeFileSync(join(dir, 'npm.mjs'), 'process.exit(1)')
  const failed = start(dir)
  assert.equal(await failed.ended, 1)
  assert.match(failed.said(), /L’installation a échoué/)
  assert.doesNotMatch(failed.said(), /lancé/)
})

test('A6: stopped by the shell that npm started it with, or by a signal, the program ends', {
  skip,
}, async (t) => {
  const dir = project(t)
  mkdirSync(join(dir, 'node_modules'))
  const told = start(dir, 'stay')
  while (!told.said().includes('lancé')) await delay(10)
  told.child.kill('SIGTERM')
  assert.equal(await told.ended, 143)

  // npm sends the signal to its shell, which passes it on to nobody.
  const run = `"${process.execPath}" "${join(dir, 'scripts', 'run.mjs')}" scripts/program.mjs stay`
  const shell = spawn('/bin/sh', ['-c', `${run}; true`], {
    cwd: dir,
    env: { ...process.env, npm_lifecycle_event: 'start', npm_execpath: join(dir, 'npm.mjs') },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  while (!String((await once(shell.stdout, 'data'))[0]).includes('lancé'));
  const closed = once(shell.stdout, 'close')
  shell.kill('SIGTERM')
  // Its output is closed by the last process that holds it.
  await closed
})
