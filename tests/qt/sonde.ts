/** The same scenario language played by real Qt: builds `sonde/` and talks to it. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { withLock } from '../../runner/programs/lock.mjs'
import { detectQt } from '../../runner/programs/qt.ts'
import { exclusive, QT_PORTS } from '../exclusive.ts'
import type { Statement } from './language.ts'

const run = promisify(execFile)
const SOURCES = join(import.meta.dirname, 'sonde')
const BUILD = join(import.meta.dirname, '..', '..', '.cache', 'qt-sonde')

/** Builds the recorder, one test file at a time; `null` where CMake or Qt 6 is absent, an error where the build fails. */
export function buildSonde(): Promise<string | null> {
  return withLock(`${BUILD}.lock`, async () => {
    if (!(await detectQt())) return null
    const configure = () => run('cmake', ['-S', SOURCES, '-B', BUILD, '-DCMAKE_BUILD_TYPE=Release'])
    await configure().catch(async () => {
      // CMake refuses what it began in another folder, from which the project was copied here.
      await rm(BUILD, { recursive: true, force: true })
      await configure()
    })
    await run('cmake', ['--build', BUILD])
    return join(BUILD, 'sonde')
  })
}

/** Plays a whole scenario on real Qt. */
export async function playOnQt(sonde: string, file: string): Promise<string[]> {
  const { stdout } = await exclusive(QT_PORTS, () => run(sonde, [file], { timeout: 60_000 }))
  return stdout.split('\n')
}

/** Real Qt answers questions about pure functions: a name and arguments each, one answer each. */
export function askQt(questions: [string, ...Uint8Array[]][]): string[] {
  const lines = questions.map(([name, ...args]) =>
    [name, ...args.map((a) => Buffer.from(a).toString('hex'))].join(' '),
  )
  const { stdout } = spawnSync(join(BUILD, 'fonctions'), { input: `${lines.join('\n')}\n`, encoding: 'utf8' })
  return stdout.split('\n').slice(0, -1)
}

/** Real Qt playing one statement at a time: half of a scenario. */
export class RemoteQt {
  readonly #child: ChildProcess
  #done: (() => void) | null = null

  constructor(sonde: string, write: (line: string) => void) {
    this.#child = spawn(sonde, ['-'], { stdio: ['pipe', 'pipe', 'inherit'] })
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      if (line === '[done]') this.#done?.()
      else write(line)
    })
  }

  /** Plays statements without giving control back to Qt between them. */
  play(statements: Statement[]): Promise<void> {
    const text = statements.map((statement) => statement.text).join('; ')
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#child.once('exit', (code) => reject(new Error(`Qt ended (${code}) at: ${text}`)))
      this.#child.stdin!.write(`${text}\n`)
    })
  }

  /** Ends the program; the sockets close with it. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#child.removeAllListeners('exit').once('exit', () => resolve())
      this.#child.stdin!.end()
    })
  }
}
