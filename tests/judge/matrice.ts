/**
 * `npm run matrice -- --fois 2 --charge 2`: the whole matrix of the checks (every starting file, solution and mutant),
 * so many times in a row on the machine as it is, then once beside so many programs that never rest. Prints how long
 * each took; the exit code is 0 when no verdict was false. `LABS="refus udp"` keeps to these labs.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../../scripts/build.ts'

const MOST = 20
const { values } = parseArgs({
  options: { fois: { type: 'string', default: '1' }, charge: { type: 'string', default: '0' } },
})
const [times, load] = [Number(values.fois), Number(values.charge)]
if (![times, load].every((number) => Number.isInteger(number) && number >= 0 && number <= MOST)) {
  console.error(`Usage : npm run matrice -- [--fois n] [--charge n], de 0 à ${MOST}.`)
  process.exit(2)
}

const FOLDER = join('tests', 'judge', 'matrix')
const files = readdirSync(join(ROOT, FOLDER))
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join(FOLDER, name))

/** Plays it once; gives what was played, what failed, and how long it took. */
async function playAll(): Promise<{ played: number; failed: string[]; seconds: number }> {
  const from = performance.now()
  const args = ['--test', '--test-concurrency=2', '--test-reporter=tap', ...files]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  await once(child, 'close')
  // Plays are the leaves: the lines of their groups are not so far in.
  const plays = [...told.matchAll(/^ {4,}(not )?ok \d+ - (.*)$/gm)].filter(
    ([line]) => !line.includes('# SKIP'),
  )
  const failed = plays.flatMap(([, not, name = '']) => (not ? [name] : []))
  return { played: plays.length, failed, seconds: (performance.now() - from) / 1000 }
}

let failures = 0
async function tell(what: string): Promise<void> {
  const { played, failed, seconds } = await playAll()
  failures += failed.length || (played === 0 ? 1 : 0)
  console.log(
    `${what} : ${played} épreuves, verdicts faux : ${failed.length}, durée : ${seconds.toFixed(0)} s`,
  )
  for (const name of failed) console.log(`  ${name}`)
}

for (let time = 1; time <= times; time += 1) await tell(`Au repos, ${time} sur ${times}`)
if (load > 0) {
  const busy = Array.from({ length: load }, () => spawn(process.execPath, ['-e', 'for (;;);']))
  const end = () => {
    for (const program of busy) program.kill()
  }
  process.once('exit', end)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  await tell(`Sous charge, programmes qui ne se reposent jamais : ${load}`)
  end()
}
process.exitCode = failures > 0 ? 1 : 0
