/**
 * `npm run bench:launch`: from a click on « Lancer » to the first line, through the whole runner (WebSocket, pty,
 * TypeScript), against the same program as plain JavaScript launched bare in a pty. Both in turn, in the same run.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import ts from 'typescript'
import { Pty } from '../runner/terminal/pty.ts'
import { Page } from '../runner/testing.ts'

const ROOT = dirname(import.meta.dirname)
const LABS = join(ROOT, 'labs')
const TARGET = 1.2
const WARM_UP = 3
/** A learner's first launch lasts longer than this, in ms: by then its compiled code is kept for the next ones. */
const COMPILED = 600

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
const child = spawn(process.execPath, [program, LABS, join(work, 'state')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const javaScript = join(work, 'labs')
  writeJavaScript(javaScript)
  const file = join(javaScript, values.lab, `${values.role}.js`)
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  const page = await Page.open({ url, port: Number(new URL(url).port), close: async () => {} })

  const times = { bare: [] as number[], runner: [] as number[] }
  for (let round = -WARM_UP; round < Number(values.rounds); round += 1) {
    const [a, b] = [await bare(file), await throughRunner(page, round < 0 ? COMPILED : 0)]
    if (round < 0) continue
    times.bare.push(a)
    times.runner.push(b)
  }
  await page.close()

  console.log(
    `${values.lab}/${values.role}, ${values.rounds} lancements de chaque, charge ${loadavg()[0]!.toFixed(1)}`,
  )
  for (const [name, title] of [
    ['bare', 'JavaScript nu dans un pty'],
    ['runner', 'par le lanceur (TypeScript)'],
  ] as const) {
    const [p50, p95] = [quantile(times[name], 0.5), quantile(times[name], 0.95)]
    console.log(`  ${title.padEnd(28)} p50 ${p50.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms`)
  }
  const ratio = quantile(times.runner, 0.5) / quantile(times.bare, 0.5)
  console.log(
    `  rapport des médianes : ${ratio.toFixed(2)} (au plus ${TARGET} : ${ratio <= TARGET ? 'tenu' : 'dépassé'})`,
  )
} finally {
  child.kill('SIGKILL')
  rmSync(work, { recursive: true })
}
