/** Our course as the bench meets it: the built site and the runner, in a process of its own, over programs of the bench. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Runner } from '../../runner/main.ts'
import { SITE } from '../../scripts/build.ts'

export interface Ours {
  /** For what speaks to a runner without a browser. */
  runner: Runner
  pid: number
  /** The address of a page, with the token. */
  page(path: string): string
  close(): Promise<void>
}

/** `labs`: the folder of the programs. */
export async function startOurs(labs = join(import.meta.dirname, '..', 'labs')): Promise<Ours> {
  const state = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  const program = join(import.meta.dirname, 'runner.ts')
  const child = spawn(process.execPath, [program, labs, state, SITE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  const { port, hash } = new URL(url)
  const close = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
    rmSync(state, { recursive: true, force: true })
  }
  return {
    runner: { url, port: Number(port), close },
    pid: child.pid!,
    page: (path) => `http://localhost:${port}${path}${hash}`,
    close,
  }
}
