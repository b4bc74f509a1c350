/**
 * `npm run bench:sonde`: what the probe costs the twin, the same program with and without it in the same run. TCP: the
 * throughput of a transfer; UDP: the datagrams sent and received in a second of processor time. The rounds are
 * interleaved and the ratio is the median of those of the rounds, so that a busy machine slows both.
 */
import { join } from 'node:path'
import { Pty } from '../runner/terminal/pty.ts'
import { Separator } from '../runner/terminal/separate.ts'

const ROOT = join(import.meta.dirname, '..')
const ROUNDS = Number(process.argv[2] ?? 11)
const TARGETS = { tcp: 0.95, udp: 0.92 }

type Kind = keyof typeof TARGETS

/** The rate that the program printed, and how many events its probe told. */
async function measured(kind: Kind, probe: boolean): Promise<{ rate: number; events: number }> {
  const args = [
    '--disable-warning=ExperimentalWarning',
    `--require=${join(ROOT, 'runner', 'probe', 'preload.cjs')}`,
    join(import.meta.dirname, 'probe-program.ts'),
    kind,
  ]
  const env = { PATH: process.env.PATH ?? '', TERM: 'dumb', ...(probe && { PRISE_DIRECTE_SONDE: ROOT }) }
  const pty = new Pty({ file: process.execPath, args, cwd: ROOT, env }, 80, 24)
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

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!

async function versus(kind: Kind, unit: string): Promise<boolean> {
  const rounds: { without: number; with: number; events: number }[] = []
  // The first round warms the files up and does not count.
  for (let round = -1; round < ROUNDS; round += 1) {
    const probeFirst = round % 2 === 0
    const first = await measured(kind, probeFirst)
    const second = await measured(kind, !probeFirst)
    const [on, off] = probeFirst ? [first, second] : [second, first]
    if (round >= 0) rounds.push({ without: off.rate, with: on.rate, events: on.events })
  }
  const ratio = median(rounds.map((round) => round.with / round.without))
  const rate = (values: number[]) => `${Math.round(median(values))} ${unit}`
  const rates = `with ${rate(rounds.map((round) => round.with))}, without ${rate(rounds.map((round) => round.without))}`
  const events = median(rounds.map((round) => round.events))
  const held = ratio >= TARGETS[kind]
  console.log(
    `${kind}: ${rates}, ratio ${ratio.toFixed(3)} (target ≥ ${TARGETS[kind]}: ${held ? 'held' : 'NOT held'}), ${events} events`,
  )
  return held
}

const tcp = await versus('tcp', 'MiB/s')
const udp = await versus('udp', 'datagrams per processor second')
if (!tcp || !udp) process.exitCode = 1
