/** Astro's build, in a process of its own, which ends with ours. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs Astro's build, with more in its environment; what it says is shown only when it fails. */
export function astroBuild(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<void> {
  // Node warns of what takes the types out of the programs: an author who makes a mistake reads about that mistake only.
  const node = ['--disable-warning=ExperimentalWarning', join(ROOT, 'scripts', 'astro-build.ts')]
  const child = spawn(process.execPath, [...node, ...args], {
    cwd: ROOT,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Whoever stops us stops it too.
  const stop = () => child.kill()
  const leave = () => process.exit(1)
  process.once('exit', stop)
  for (const signal of SIGNALS) process.on(signal, leave)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => {
      process.off('exit', stop)
      for (const signal of SIGNALS) process.off(signal, leave)
      if (code === 0) return resolve()
      process.stderr.write(output)
      reject(new Error('La construction des pages a échoué : corrigez l’erreur ci-dessus, puis relancez.'))
    })
  })
}
