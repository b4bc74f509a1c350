/**
 * `npm run bench:sonde`: what the probe costs, the same thing with and without it in the same run. The twin: the bytes
 * of a TCP transfer, the datagrams sent and received, in a second of processor time. A launch: the time from the click to
 * the first line, in a spare process and in a new one. The rounds are interleaved. A busy machine only ever slows: the
 * best round with the probe is compared with the best one without it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LIMITS } from '../runner/limits.ts'
import { startRunner } from '../runner/main.ts'
import { Launcher } from '../runner/programs/launch.ts'
import { Pty } from '../runner/terminal/pty.ts'
import { Separator } from '../runner/terminal/separate.ts'
import { Page } from '../runner/testing.ts'
import { median } from './report.ts'

const LABS = join(import.meta.dirname, '..', 'labs')
const PROGRAM = join(import.meta.dirname, 'probe-program.ts')
/** Marks the processes, as the runner does: those without a mark are not observed. */
const TAG = 'bench'
const ROUNDS = Number(process.argv[2] ?? 11)
/** Least ratio of the rate with the probe to the rate without it; most, of the times of a launch. */
const TARGETS = { tcp: 0.95, udp: 0.92, launch: 1.25 }
/** Between two launches, in ms: by then a spare process waits again. */
const PAUSE = 1200

type Kind = 'tcp' | 'udp'

const stateDir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
/** Started as the runner does, with the code that Node keeps compiled: without it, what compiles TypeScript stays in memory. */
const launcher = (probe: boolean) => new Launcher(LABS, join(stateDir, `${probe}`), probe)
const launchers = { on: launcher(true), off: launcher(false) }

/** The rate that the program printed, and how many events its probe told. */
async function measured(kind: Kind, probe: boolean): Promise<{ rate: number; events: number }> {
  const pty = new Pty(launchers[probe ? 'on' : 'off'].script(PROGRAM, [kind], TAG), 80, 24)
  const separator = new Separator()
  let text = ''
  let events = 0
  pty.onData((chunk) => {
    const pieces = separator.push(chunk)
    text += pieces.text.toString('latin1')
    events += pieces.events.length
  })
  await new Promise((resolve) => pty.onExit(resolve))
  const rate = Number(/^rate (\S+)/m.exec(text)?.[1])
  if (!(rate > 0) || (probe && events === 0)) throw new Error(`${kind}: ${text}`)
  return { rate, events }
}

/** What each round gave without and with the probe, in turn first; the first round warms up and does not count. */
async function rounds<T>(measure: (probe: boolean) => Promise<T>): Promise<{ off: T; on: T }[]> {
  const all: { off: T; on: T }[] = []
  for (let round = -1; round < ROUNDS; round += 1) {
    const probeFirst = round % 2 === 0
    const first = await measure(probeFirst)
    const second = await measure(!probeFirst)
    if (round >= 0) all.push(probeFirst ? { on: first, off: second } : { on: second, off: first })
  }
  return all
}

const says = (held: boolean) => (held ? 'held' : 'NOT held')

async function rateOf(kind: Kind, unit: string): Promise<boolean> {
  const all = await rounds((probe) => measured(kind, probe))
  const best = (which: 'on' | 'off') => Math.max(...all.map((round) => round[which].rate))
  const ratio = best('on') / best('off')
  const rate = (which: 'on' | 'off') => `${Math.round(best(which))} ${unit}`
  const held = ratio >= TARGETS[kind]
  const events = median(all.map(({ on }) => on.events))
  console.log(
    `${kind}: with ${rate('on')}, without ${rate('off')}, ratio ${ratio.toFixed(3)} (target ≥ ${TARGETS[kind]}: ${says(held)}), ${events} events`,
  )
  return held
}

/** Time from the click to the first line of a program, in ms. */
async function launch(page: Page): Promise<number> {
  page.forget()
  const began = performance.now()
  page.ask({ lab: 'udp', role: 'recepteur', variant: 'ts' }, { port: 0 })
  await page.printed(/\n/)
  const time = performance.now() - began
  page.send({ type: 'signal', name: 'KILL' })
  await page.ended()
  await delay(PAUSE)
  return time
}

async function launchOf(what: string, spares: number): Promise<boolean> {
  const start = (probe: boolean) =>
    startRunner({ port: 0, siteDir: null, stateDir: join(stateDir, `${probe}`), probe, limits: { spares } })
  const runners = { on: await start(true), off: await start(false) }
  const pages = { on: await Page.open(runners.on), off: await Page.open(runners.off) }
  await delay(PAUSE)
  const all = await rounds((probe) => launch(probe ? pages.on : pages.off))
  await Promise.all([runners.on.close(), runners.off.close()])
  const best = (which: 'on' | 'off') => Math.min(...all.map((round) => round[which]))
  const ratio = best('on') / best('off')
  const time = (which: 'on' | 'off') => `${best(which).toFixed(1)} ms`
  const held = ratio <= TARGETS.launch
  console.log(
    `${what}: with ${time('on')}, without ${time('off')}, ratio ${ratio.toFixed(3)} (target ≤ ${TARGETS.launch}: ${says(held)})`,
  )
  return held
}

console.log(`${ROUNDS} rounds, load ${loadavg()[0]!.toFixed(1)}`)
const verdicts = [
  await rateOf('tcp', 'MiB per processor second'),
  await rateOf('udp', 'datagrams per processor second'),
  await launchOf('launch in a spare process', LIMITS.spares),
  await launchOf('launch in a new process', 0),
]
rmSync(stateDir, { recursive: true, force: true })
if (verdicts.includes(false)) process.exitCode = 1
