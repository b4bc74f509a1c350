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
import { LIMITS } from '../runner/limits.ts'
import { Pty } from '../runner/terminal/pty.ts'
import { Page } from '../runner/testing.ts'

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
  bare: 'JavaScript nu dans un pty',
  warm: 'par le lanceur, processus en réserve',
  cold: 'par le lanceur, processus neuf',
}
const WAYS = ['bare', 'warm', 'cold'] as const

const { values } = parseArgs({
  options: {
    lab: { type: 'string', default: 'udp' },
    role: { type: 'string', default: 'recepteur' },
    rounds: { type: 'string', default: '25' },
  },
})

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
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}')
}

/** Time from the spawn to the first line, in ms. */
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
  process.kill(pty.pid, 'SIGKILL')
  await end
  return time
}

/** Time from the message `start` to the first line, in ms; the program then stays `stay` ms. */
async function throughRunner(page: Page, stay = 0): Promise<number> {
  const ref = { lab: values.lab, role: values.role, variant: 'ts' }
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

function quantile(times: readonly number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(q * (times.length - 1))]!
}

const work = mkdtempSync(join(tmpdir(), 'prise-directe-'))
const program = join(ROOT, 'runner', 'testing-runner.ts')
const children: ChildProcess[] = []

/** A page of a runner in a process of its own, which keeps `spares` processes waiting. */
async function pageOfRunner(spares: number): Promise<Page> {
  const args = [program, LABS, join(work, `state-${spares}`), JSON.stringify({ spares })]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  return Page.open({ url, port: Number(new URL(url).port), close: async () => {} })
}

try {
  const javaScript = join(work, 'labs')
  writeJavaScript(javaScript)
  const file = join(javaScript, values.lab, `${values.role}.js`)
  const pages = { warm: await pageOfRunner(LIMITS.spares), cold: await pageOfRunner(0) }
  const times = { bare: [] as number[], warm: [] as number[], cold: [] as number[] }
  for (let round = -WARM_UP; round < Number(values.rounds); round += 1) {
    const stay = round < 0 ? COMPILED : 0
    await delay(PAUSE)
    const took = {
      bare: await bare(file),
      warm: await throughRunner(pages.warm, stay),
      cold: await throughRunner(pages.cold, stay),
    }
    if (round < 0) continue
    for (const way of WAYS) times[way].push(took[way])
  }
  await Promise.all([pages.warm.close(), pages.cold.close()])

  console.log(
    `${values.lab}/${values.role}, ${values.rounds} lancements de chaque, charge ${loadavg()[0]!.toFixed(1)}`,
  )
  for (const way of WAYS) {
    const [p50, p95] = [quantile(times[way], 0.5), quantile(times[way], 0.95)]
    console.log(`  ${TITLES[way].padEnd(40)} p50 ${p50.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms`)
  }
  console.log('Rapport des médianes au JavaScript nu :')
  for (const way of ['warm', 'cold'] as const) {
    const [ratio, target] = [quantile(times[way], 0.5) / quantile(times.bare, 0.5), TARGETS[way]]
    const kept = ratio <= target ? 'tenu' : 'dépassé'
    console.log(`  ${TITLES[way].padEnd(40)} ${ratio.toFixed(2)} (au plus ${target} : ${kept})`)
  }
} finally {
  for (const child of children) child.kill('SIGKILL')
  rmSync(work, { recursive: true })
}
