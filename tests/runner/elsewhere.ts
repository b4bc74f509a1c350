/** A runner in a process of its own, which a test may starve, break or kill. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Limits } from '../../runner/limits.ts'
import { FIXTURES, Page } from '../../runner/testing.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', 'runner', 'testing-runner.ts')

export interface Elsewhere {
  readonly pid: number
  /** All it wrote on each stream, its address first. */
  readonly said: { out: string; err: string }
  readonly url: string
  open(): Promise<Page>
  signal(name: NodeJS.Signals): void
  /** Its exit status, once it has ended. */
  ended(): Promise<number | null>
}

export interface ElsewhereOptions {
  /** Code that its process runs first, as a module. */
  first?: string
  /** Limit of descriptors. */
  descriptors?: number
  labsDir?: string
  stateDir?: string
  env?: Record<string, string>
  limits?: Partial<Limits>
}

/** Starts one, killed at the end of the test. */
export async function startElsewhere(
  t: { after(f: () => void): void },
  { first, descriptors, labsDir = FIXTURES, stateDir, env, limits = {} }: ElsewhereOptions = {},
): Promise<Elsewhere> {
  const state = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  const preload = first ? [`--import=data:text/javascript,${encodeURIComponent(first)}`] : []
  const command = [process.execPath, ...preload, PROGRAM, labsDir, stateDir ?? state, JSON.stringify(limits)]
  const limited = descriptors
    ? ['/bin/sh', '-c', `ulimit -n ${descriptors}; exec "$@"`, 'sh', ...command]
    : command
  const child = spawn(limited[0]!, limited.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const exited = once(child, 'exit')
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(state, { recursive: true, force: true })
  })
  const said = { out: '', err: '' }
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text
      if (said.out.includes('\n')) resolve(said.out.split('\n')[0]!)
    })
    child.on('exit', () => reject(new Error(`the runner did not start\n${said.err}`)))
  })
  const url = await listening
  return {
    pid: child.pid!,
    said,
    url,
    open: () => Page.open({ url, port: Number(new URL(url).port), close: async () => {} }),
    signal: (name) => child.kill(name),
    ended: async () => (await exited)[0],
  }
}
