/**
 * `npm run bench:launch`: from a click on « Lancer » to the first line, through the whole runner (WebSocket, pty,
 * TypeScript), in a spare process and in a new one, against the same program as plain JavaScript launched bare in a pty.
 * All three in turn, in the same run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import ts from 'typescript'
import packageJson from '../package.json' with { type: 'json' }
import { LIMITS } from '../runner/limits.ts'
import { Pty } from '../runner/terminal/pty.ts'
import { Page } from '../runner/testing.ts'
import { atMost, median, milliseconds, type Row, table } from './report.ts'

const ROOT = dirname(import.meta.dirname)
const LABS = join(ROOT, 'labs')
/** Most that each may take, in times of the bare program. */
const TARGETS = { warm: 0.35, cold: 1.2 }
const WARM_UP = 3
/** A learner's first launch lasts longer than this, in ms: by then its compiled code is kept for the next ones. */
const COMPILED = 600
/** Between two clicks of a learner, at least, in ms: by then a spare process waits again. */
const PAUSE = 1200

const TITLES = {
  bare: 'JavaScript nu',
  warm: 'processus en réserve',
  cold: 'processus neuf',
}

/** What is launched, and how many times each way. */
interface Launched {
  lab: string
  role: string
  rounds: number
}

const DEFAULTS: Launched = { lab: 'udp', role: 'recepteur', rounds: 25 }

/** The labs as plain JavaScript, in `dir`. */
function writeJavaScript(dir: string): void {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  }
  for (const name of readdirSync(LABS, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue
    const { outputText } = ts.transpileModule(readFileSync(join(LABS, name), 'utf8'), { compilerOptions })
    const file = join(dir, name.replace(/ts$/, 'js'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, outputText)
  }
  const imports = Object.entries(packageJson.imports).map(([name, path]) => [
    name,
    path.replace('/labs/', '/').replace(/ts$/, 'js'),
  ])
  writeFileSync(
    join(dir, 'package.json'),
    JSON.stringify({ type: 'module', imports: Object.fromEntries(imports) }),
  )
}

/** Time from the spawn to the first line, in ms. Throws when the program ends, as one with an error would. */
async function bare(file: string): Promise<number> {
  const { PATH = '', HOME = '' } = process.env
  const began = performance.now()
  const env = { PATH, HOME, LANG: 'C.UTF-8', TERM: 'xterm-256color' }
  const pty = new Pty({ file: process.execPath, args: [file, '--port=0'], cwd: ROOT, env }, 80, 24)
  const { promise: line, resolve } = Promise.withResolvers<number>()
  const { promise: end, resolve: ended } = Promise.withResolvers<void>()
  pty.onData((chunk) => chunk.includes(10) && resolve(performance.now() - began))
  pty.onExit(() => ended())
  const time = await line
  // A program that fails prints a line too, and ends.
  if (await Promise.race([end.then(() => true), delay(200, false)])) throw new Error(`${file} ended`)
  process.kill(pty.pid, 'SIGKILL')
  await end
  return time
}

/** Time from the message `start` to the first line, in ms; the program then stays `stay` ms. */
async function throughRunner(page: Page, { lab, role }: Launched, stay = 0): Promise<number> {
  const ref = { lab, role, variant: 'ts' }
  page.forget()
  const began = performance.now()
  page.ask(ref, { port: 0 })
  await page.printed(/\n/)
  const time = performance.now() - began
  await delay(stay)
  page.send({ type: 'signal', name: 'KILL' })
  await page.ended()
  return time
}

/** A page of a runner in a process of its own, which keeps `spares` processes waiting. */
async function pageOfRunner(spares: number, state: string, children: ChildProcess[]): Promise<Page> {
  const args = [join(ROOT, 'runner', 'testing-runner.ts'), LABS, state, JSON.stringify({ spares })]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  return Page.open({ url, port: Number(new URL(url).port), close: async () => {} })
}

/** Launches a program each way in turn; two rows, beside the bare one. */
export async function measureLaunch(launched = DEFAULTS): Promise<Row[]> {
  const work = mkdtempSync(join(tmpdir(), 'prise-directe-'))
  const children: ChildProcess[] = []
  try {
    writeJavaScript(join(work, 'labs'))
    const file = join(work, 'labs', launched.lab, `${launched.role}.js`)
    const warm = await pageOfRunner(LIMITS.spares, join(work, 'warm'), children)
    const cold = await pageOfRunner(0, join(work, 'cold'), children)
    const times = { bare: [] as number[], warm: [] as number[], cold: [] as number[] }
    for (let round = -WARM_UP; round < launched.rounds; round += 1) {
      const stay = round < 0 ? COMPILED : 0
      await delay(PAUSE)
      const took = {
        bare: await bare(file),
        warm: await throughRunner(warm, launched, stay),
        cold: await throughRunner(cold, launched, stay),
      }
      if (round < 0) continue
      for (const way of ['bare', 'warm', 'cold'] as const) times[way].push(took[way])
    }
    await Promise.all([warm.close(), cold.close()])
    return (['warm', 'cold'] as const).map((way) => ({
      what: `clic → première ligne de ${launched.lab}/${launched.role}, ${TITLES[way]}, p50 / p95 (ms)`,
      ours: milliseconds(times[way]),
      peers: { [TITLES.bare]: milliseconds(times.bare) },
      verdict: atMost(median(times[way]), median(times.bare), TITLES.bare, TARGETS[way]),
    }))
  } finally {
    for (const child of children) child.kill('SIGKILL')
    rmSync(work, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      lab: { type: 'string', default: DEFAULTS.lab },
      role: { type: 'string', default: DEFAULTS.role },
      rounds: { type: 'string', default: String(DEFAULTS.rounds) },
    },
  })
  const rows = await measureLaunch({ ...values, rounds: Number(values.rounds) })
  console.log(`Charge de la machine : ${loadavg()[0]!.toFixed(1)}\n\n${table(rows)}`)
  if (rows.some(({ verdict }) => !verdict?.held)) process.exitCode = 1
}
