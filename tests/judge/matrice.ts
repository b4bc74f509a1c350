/**
 * `npm run matrice -- --fois 2 --charge 2`: the whole matrix of the checks (every starting file, solution and mutant),
 * so many times in a row on the machine as it is, then once beside so many programs that never rest. Says each exercise
 * once it is played, what failed and why, how long each time took, and ends by a sentence; the exit code is 0 when no
 * verdict was false or missing. `LABS="refus udp"` keeps to these labs.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { ROOT } from '../../scripts/build.ts'

const MOST = 20
/** Files played at once. */
const ABREAST = 2
/** What the reporter says of a play: the leaves are further in than their groups. */
const RESULT = /^( *)(not )?ok \d+ - (.*)$/
/** What the plays that follow are of. */
const GROUP = /^# Subtest: (.*)$/
const SKIPPED = / # SKIP/
/** The machine was too slow to tell, however many times it was played. */
const UNSURE = /^ *unsure$/m
/** What a failed play says, before where in the code it was said. */
const REPORT = /^ *error: [^\n]*\n(.*?)^ *(code|stack): /ms

function readOptions() {
  try {
    return parseArgs({
      options: { fois: { type: 'string', default: '1' }, charge: { type: 'string', default: '0' } },
    }).values
  } catch {
    return { fois: '?', charge: '?' }
  }
}

const { fois, charge } = readOptions()
const [times, load] = [Number(fois), Number(charge)]
if (![times, load].every((number) => Number.isInteger(number) && number >= 0 && number <= MOST)) {
  console.error(`Usage : npm run matrice -- [--fois n] [--charge n], de 0 à ${MOST}.`)
  process.exit(2)
}

const FOLDER = join('tests', 'judge', 'matrix')
const files = readdirSync(join(ROOT, FOLDER))
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join(FOLDER, name))

const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill()
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

function start(args: readonly string[], stdio: 'ignore' | 'pipe'): ChildProcess {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', stdio, 'inherit'] })
  children.add(child)
  child.once('close', () => children.delete(child))
  return child
}

/** What one time of the matrix gave. */
interface Tally {
  played: number
  /** A verdict that is not the one expected. */
  wrong: string[]
  /** No verdict: the judge could not tell, or was stopped. */
  missing: string[]
}

/** Plays the labs of a test file; tells each exercise once it is played. */
async function playFile(file: string, tally: Tally): Promise<void> {
  const child = start(['--test-reporter=tap', file], 'pipe')
  let before = tally.played
  let failed: { name: string; why: string } | null = null
  let failures = 0
  let exercise = ''
  for await (const line of createInterface({ input: child.stdout! })) {
    exercise = GROUP.exec(line)?.[1] ?? exercise
    const [, indent = '', not, name = ''] = RESULT.exec(line) ?? []
    if (name === '') {
      if (failed) failed.why += `${line}\n`
      if (failed && line.trim() === '...') {
        ;(UNSURE.test(failed.why) ? tally.missing : tally.wrong).push(failed.name)
        console.log(`  ✗ ${failed.name}\n${REPORT.exec(failed.why)?.[1] ?? failed.why}`)
        failed = null
      }
      continue
    }
    if (SKIPPED.test(name)) continue
    if (indent === '') {
      if (tally.played > before) console.log(`  ${clock()}  ${name}`)
      before = tally.played
    } else {
      tally.played += 1
      if (not) failed = { name: `${exercise} : ${name}`, why: '' }
      if (not) failures += 1
    }
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  if (child.exitCode !== 0 && failures === 0) tally.missing.push(`${file} s’est arrêté avant la fin`)
}

const begun = performance.now()
const clock = () => `${Math.round((performance.now() - begun) / 1000)} s`.padStart(7)

const found: string[] = []
async function playAll(what: string): Promise<void> {
  const from = performance.now()
  console.log(`${what} :`)
  const tally: Tally = { played: 0, wrong: [], missing: [] }
  const left = files.values()
  const playSome = async () => {
    for (const file of left) await playFile(file, tally)
  }
  await Promise.all(Array.from({ length: ABREAST }, playSome))
  if (tally.played === 0) tally.missing.push('aucune épreuve')
  const { played, wrong, missing } = tally
  const lasted = Math.round((performance.now() - from) / 1000)
  const counts = `verdicts faux : ${wrong.length}, sans verdict : ${missing.length}`
  console.log(`${what} : ${played} épreuves, ${counts}, durée : ${lasted} s\n`)
  found.push(...[...wrong, ...missing].map((name) => `${what} : ${name}`))
}

for (let time = 1; time <= times; time += 1) await playAll(`Au repos, ${time} sur ${times}`)
if (load > 0) {
  const busy = Array.from({ length: load }, () => start(['-e', 'for (;;);'], 'ignore'))
  await playAll(`À côté de ${load} programmes qui ne se reposent jamais`)
  for (const program of busy) program.kill()
}
for (const one of found) console.log(`✗ ${one}`)
console.log(
  found.length === 0
    ? `Aucun verdict faux, aucun ne manque. Durée totale :${clock()}.`
    : `Verdicts faux ou manquants : ${found.length}. Durée totale :${clock()}.`,
)
process.exitCode = found.length === 0 ? 0 : 1
