/**
 * `npm run sonde:verdict [-- refus udp]`: plays the tests of the labs under the probe, then without it, and compares their
 * verdicts, one by one. Fails when one differs, and says which.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../../scripts/build.ts'

const FILES = ['scenarios', 'launch-all'].map((name) => join('tests', 'labs', `${name}.test.ts`))
const labs = process.argv.slice(2)

/** Whether each test passed, by the names of its suites and its own. */
async function verdicts(probe: boolean): Promise<Map<string, string>> {
  const env = { ...process.env, LABS: labs.join(' '), SONDE: probe ? 'avec' : 'sans' }
  const args = ['--test', '--test-concurrency=1', '--test-reporter=tap', ...FILES]
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const found = new Map<string, string>()
  const suites: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const [, indent = '', suite] = /^( *)# Subtest: (.*)$/.exec(line) ?? []
    if (suite !== undefined) suites.splice(indent.length / 4, suites.length, suite)
    const [, verdict, rest = ''] = /^ *(ok|not ok) \d+ - (.*)$/.exec(line) ?? []
    if (verdict) found.set(suites.join(' › '), / # SKIP/.test(rest) ? 'skipped' : verdict)
  }
  if (child.exitCode === null) await once(child, 'exit')
  return found
}

const [watched, alone] = [await verdicts(true), await verdicts(false)]
const names = [...new Set([...watched.keys(), ...alone.keys()])]
const different = names.filter((name) => watched.get(name) !== alone.get(name))
for (const name of different)
  console.log(`${name} : avec la sonde ${watched.get(name)}, sans elle ${alone.get(name)}`)
const failed = names.filter((name) => watched.get(name) === 'not ok' && alone.get(name) === 'not ok')
console.log(
  `${names.length} épreuves, ${different.length} verdicts différents, ${failed.length} échecs dans les deux cas.`,
)
if (different.length > 0 || names.length === 0) process.exitCode = 1
