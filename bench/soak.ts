/**
 * `npm run soak -- --minutes 10`: many pages, three terminals each, over a real runner in a process of its own. They
 * run, reload, are cut, kill, flood and read slowly, at random, until the time is over. Every byte whose value is known
 * is compared. Fails on a byte lost, altered or sent twice, on a program left behind, on a descriptor kept.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { LIMITS } from '../runner/limits.ts'
import { type Process, processTable } from '../runner/processes/table.ts'
import type { Page } from '../runner/testing.ts'
import { startElsewhere } from '../tests/runner/elsewhere.ts'

const TERMINALS = 3
/** Most bytes of a run that is compared: well within what the runner keeps for a page that was cut. */
const BURST = 300_000
/** What a flood prints before it is interrupted, and how long a slow page reads nothing, in ms. */
const FLOOD = 1_000_000
const SLOW = 600

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    pages: { type: 'string', default: '20' },
  },
})
const pages = Number(values.pages)
const duration = Number(values.minutes) * 60_000
if (!(pages > 0) || !(duration > 0)) {
  console.error('Usage : npm run soak -- [--minutes N] [--pages N]')
  process.exit(2)
}
if (process.platform !== 'linux') {
  console.error('L’endurance se mesure sous Linux : elle lit /proc.')
  process.exit(2)
}

const counts = { runs: 0, reloads: 0, kills: 0, floods: 0, slow: 0 }
const bytes = { compared: 0, lost: 0, altered: 0, twice: 0, skipped: 0 }
const failures: string[] = []

let expected = ''
for (let i = 0; expected.length < BURST; i += 1) expected += `${i};`
const EXPECTED = Buffer.from(expected)

const any = (below: number) => Math.floor(Math.random() * below)

/** Compares what a page received of a burst of `size` bytes with what was printed. */
function compare(page: Page, size: number): void {
  const received = Buffer.concat(page.bytes)
  bytes.compared += received.length
  bytes.lost += Math.max(0, size - received.length)
  bytes.twice += Math.max(0, received.length - size)
  for (let at = 0; at < received.length; at += 1) if (received[at] !== EXPECTED[at]) bytes.altered += 1
}

async function runToTheEnd(page: Page): Promise<Page> {
  const size = 1 + any(BURST)
  await page.start('burst', { size })
  await page.ended()
  compare(page, size)
  counts.runs += 1
  return page
}

/** Reads a burst through reloads and cuts. */
async function reload(page: Page): Promise<Page> {
  const size = BURST - any(1000)
  const { session } = await page.start('burst', { size, stay: true })
  let current = page
  for (let cut = 1; cut <= 3; cut += 1) {
    const wanted = Math.min(size, Math.floor((size * cut) / 3))
    await current.until(() => current.offset >= wanted)
    if (any(2) === 0) current.socket.terminate()
    else current.socket.close()
    await current.closed()
    current = await current.reconnect(session)
    counts.reloads += 1
  }
  await current.until(() => current.offset >= size)
  compare(current, size)
  current.send({ type: 'stop' })
  await current.ended()
  return current
}

/** Ends a program that resists, with the children that left its terminal. */
async function kill(page: Page): Promise<Page> {
  await page.start('family', { children: 2 })
  await page.printed(/pids : ([\d ]+)\./)
  if (any(2) === 0) page.send({ type: 'signal', name: 'KILL' })
  else page.send({ type: 'stop' })
  await page.ended()
  counts.kills += 1
  return page
}

async function flood(page: Page): Promise<Page> {
  const slow = any(3) === 0
  await page.start('flood')
  await page.until(() => page.offset > FLOOD)
  if (slow) {
    page.acknowledges = false
    await delay(SLOW)
    page.acknowledges = true
    page.acknowledge()
    counts.slow += 1
  }
  page.type('\x03')
  await page.ended()
  bytes.skipped += page.skipped
  page.skipped = 0
  counts.floods += 1
  return page
}

/** As often as they stand here. */
const ACTS = [
  ...[runToTheEnd, runToTheEnd, runToTheEnd, runToTheEnd],
  ...[reload, reload, kill, flood, flood, flood],
]

const cleanups: (() => void)[] = []
const runner = await startElsewhere(
  { after: (cleanup) => cleanups.push(cleanup) },
  {
    limits: {
      sessions: pages * TERMINALS * 2,
      sockets: pages * TERMINALS * 4,
      // They all knock at once.
      strangers: pages * TERMINALS,
      endedSessions: 64,
      purge: 5000,
    },
  },
)

const descriptors = () => readdirSync(`/proc/${runner.pid}/fd`).length
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${runner.pid}/status`, 'utf8'))![1])
/** What the runner started, but for the processes that wait for a program. */
async function left(boot: string): Promise<Process[]> {
  const ours = (await processTable()).filter(
    ({ tag, pid }) => tag?.startsWith(`${boot}.`) && pid !== process.pid,
  )
  const waiting = ours.filter(({ tag }) => tag === `${boot}.spare`)
  // A program that one of them ran still bears its tag here: more of them than may wait is one too many.
  return ours.filter((process) => !waiting.includes(process)).concat(waiting.slice(LIMITS.spares))
}

// Once through everything first: what is loaded once is no leak.
let first = await runner.open()
const { boot } = first.last('welcome')!
for (const act of [runToTheEnd, reload, kill]) first = await act(first)
await (await flood(first)).close()
await delay(500)
const before = { descriptors: descriptors(), memory: memory() }
for (const group of [counts, bytes]) for (const key of Object.keys(group)) group[key as never] = 0 as never

const until = performance.now() + duration
async function terminal(): Promise<void> {
  let page: Page | null = null
  while (performance.now() < until) {
    const act = ACTS[any(ACTS.length)]!
    try {
      page ??= await runner.open()
      page = await act(page)
    } catch (error) {
      const why = (error as Error).message.replace(/\s+/g, ' ').slice(0, 400)
      failures.push(`${act.name}, après ${page?.offset ?? 0} octets : ${why}`)
      // Its program may still run, and would hold the place of the next one.
      if (page?.socket.readyState === page?.socket.OPEN) page?.send({ type: 'stop' })
      page?.socket.terminate()
      page = null
    }
  }
  await page?.close()
}
// `Page` refuses a byte that comes twice by throwing where it is read.
process.on('uncaughtException', (error) => {
  if (error.message !== 'a byte was sent twice') throw error
  bytes.twice += 1
})

console.log(`Endurance : ${pages} pages de ${TERMINALS} terminaux, ${values.minutes} min…`)
await Promise.all(Array.from({ length: pages * TERMINALS }, terminal))
// Programs of the terminals that failed end by themselves soon after their page has left.
for (let looks = 0; looks < 100 && (await left(boot)).length > 0; looks += 1) await delay(500)
const orphans = await left(boot)
await delay(500)
const after = { descriptors: descriptors(), memory: memory() }
for (const cleanup of cleanups) cleanup()

const MiB = (kib: number) => `${Math.round(kib / 1024)} Mio`
const number = new Intl.NumberFormat('fr-FR')
console.log(`
Exécutions menées au bout   ${number.format(counts.runs)}
Rechargements et coupures   ${number.format(counts.reloads)}
Programmes tués             ${number.format(counts.kills)}
Déluges (lecteurs lents)    ${number.format(counts.floods)} (${number.format(counts.slow)})
Octets comparés             ${number.format(bytes.compared)}
  perdus                    ${number.format(bytes.lost)}
  altérés                   ${number.format(bytes.altered)}
  reçus deux fois           ${number.format(bytes.twice)}
Octets omis et annoncés     ${number.format(bytes.skipped)}
Programmes orphelins        ${orphans.length}
Descripteurs                ${before.descriptors} avant, ${after.descriptors} après
Mémoire                     ${MiB(before.memory)} avant, ${MiB(after.memory)} après
Échecs                      ${failures.length}`)
for (const failure of new Set(failures)) console.log(`  ${failure}`)

const sound =
  bytes.compared > 0 &&
  bytes.lost + bytes.altered + bytes.twice + orphans.length + failures.length === 0 &&
  after.descriptors <= before.descriptors + 2
console.log(sound ? '\nRien n’est perdu, rien ne reste.' : '\nÀ reprendre.')
process.exit(sound ? 0 : 1)
