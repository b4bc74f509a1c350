/**
 * `npm run bench:figure`: « Le fil » under load, in a real Chromium. The frames of a figure of 10 000 events that is
 * scrolled, that grows, that goes back in time; then real programs that send each other 1 GiB over TCP and 100 000
 * datagrams: whether the page answers a click, what the figure says of them, and how long they take beside the same ones
 * with no page at all.
 */
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Runner } from '../runner/main.ts'
import { newSession, Page as Terminal } from '../runner/testing.ts'
import { ensureBrowser } from '../scripts/browser.ts'
import { ensureBuilt } from '../scripts/build.ts'
import {
  FLAGS,
  freePorts,
  launchRole,
  panelOf,
  roleOf,
  typeLine,
  waitOutput,
} from '../tests/browser/course.ts'
import { openRecording } from '../tests/browser/figure.ts'
import { FrameMeter, type Meter } from './frames.ts'
import { longRecording } from './long-recording.ts'
import { type Ours, startOurs } from './peers/ours.ts'
import { atMost, median, milliseconds, quantile, type Row, table } from './report.ts'

const EVENTS = 10_000
/** Most that a frame takes, at the 95th percentile, and a click until it is shown, in ms. */
const FRAME = 25
const CLICK = 200
const ROUNDS = 3
/** What the programs send, and most that a figure may lengthen it. */
const LOADS = [
  { kind: 'tcp', amount: 1024, what: '1 Gio par TCP' },
  { kind: 'udp', amount: 100_000, what: '100 000 datagrammes' },
] as const
const SLOWER = 1.25
type Load = (typeof LOADS)[number]

async function openPanel(browser: Browser, ours: Ours) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(ours.page('/atelier/refus/'))
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  return { page, panel }
}

/** The frames of a long figure. */
async function measureFrames(browser: Browser, ours: Ours): Promise<Row[]> {
  const { page, panel } = await openPanel(browser, ours)
  await openRecording(panel, longRecording(EVENTS))
  await panel.locator('[data-wire-counts]', { hasText: /10\s000 événements/ }).waitFor()
  const meter = await FrameMeter.in(page)
  const frames: Record<string, number[]> = {}
  // What is folded unfolds once.
  await scroll(page, meter, 1)
  frames.parcourue = await scroll(page, meter, 150)
  frames['remontée dans le temps'] = await meter.during(() =>
    page.evaluate(async () => {
      const scrub = document.querySelector<HTMLInputElement>('[data-wire-scrub]')!
      for (let frame = 0; frame < 100; frame += 1) {
        scrub.value = String(Number(scrub.max) - frame * 90)
        scrub.dispatchEvent(new Event('input'))
        await new Promise(requestAnimationFrame)
      }
    }),
  )
  await panel.getByRole('button', { name: 'Figer la figure' }).click()
  const clock = panel.locator('[data-replay-clock]')
  await clock.fill(String((EVENTS / 10) * 8))
  frames['qui grandit'] = await meter.during(async () => {
    await panel.getByRole('button', { name: 'Rejouer' }).click()
    await panel.locator('[data-replay-play]', { hasText: 'Rejouer' }).waitFor()
  })
  await page.close()
  return Object.entries(frames).map(([what, times]) => ({
    what: `image d’une figure de 10 000 événements ${what}, p50 / p95 (ms)`,
    ours: `${milliseconds(times)}, au plus ${Math.max(...times).toFixed(0)}`,
    verdict: atMost(quantile(times, 0.95), FRAME, `${FRAME} ms`, 1),
  }))
}

function scroll(page: Page, meter: Meter, frames: number): Promise<number[]> {
  return meter.during(() =>
    page.evaluate(async (count) => {
      const body = document.querySelector('[data-wire-body]')!
      for (let frame = 0; frame < count; frame += 1) {
        body.scrollTop -= 300
        await new Promise(requestAnimationFrame)
      }
    }, frames),
  )
}

/** How long one load takes with the figure in a page, each click in it until it is shown, and what the figure says. */
async function loadedPage(browser: Browser, ours: Ours, { kind, amount }: Load) {
  const { page, panel } = await openPanel(browser, ours)
  await launchRole(panel, 'serveur')
  const client = await launchRole(panel, 'client-1')
  await panel.locator('.wire').waitFor()
  const meter = await FrameMeter.in(page)
  const clicks: number[] = []
  await typeLine(client, `${kind} ${amount}`)
  let over = false
  const ended = waitOutput(client, new RegExp(`${kind} : \\d+ ms`)).then(() => {
    over = true
  })
  while (!over) {
    clicks.push(
      await meter.click(panel.locator(`[data-wire-level="${clicks.length % 2 ? 'events' : 'service'}"]`)),
    )
    await page.waitForTimeout(100)
  }
  await ended
  const text = await roleOf(panel, 'client-1').locator('.xterm-rows').innerText()
  const said = await panel.locator('[data-wire-counts]').innerText()
  await panel.getByRole('button', { name: 'Tout arrêter' }).click()
  await panel.getByRole('button', { name: 'Tout lancer' }).waitFor()
  await page.close()
  return { time: timeIn(text), clicks, said }
}

/** How long the same load takes with no page. */
async function bare({ runner }: Ours, { kind, amount }: Load): Promise<number> {
  const server = await start(runner, 'serveur', 0)
  const [, port] = await server.printed(/port : (\d+)/)
  const client = await start(runner, 'client-1', Number(port))
  await client.printed(/Connecté/)
  client.type(`${kind} ${amount}\r`)
  const [line] = await client.printed(new RegExp(`${kind} : \\d+ ms`))
  for (const page of [server, client]) {
    page.send({ type: 'signal', name: 'KILL' })
    await page.ended()
    await page.close()
  }
  return timeIn(line)
}

async function start(runner: Runner, role: string, port: number): Promise<Terminal> {
  const page = await Terminal.open(runner)
  page.ask({ lab: 'refus', role, variant: 'ts' }, { port }, newSession())
  return page
}

function timeIn(text: string): number {
  return Number(/ : (\d+) ms/.exec(text.replaceAll('\u00a0', ' '))![1])
}

async function measureLoad(browser: Browser, ours: Ours, load: Load): Promise<Row[]> {
  const times = { open: [] as number[], closed: [] as number[] }
  const clicks: number[] = []
  let said = ''
  for (let round = 0; round < ROUNDS; round += 1) {
    times.closed.push(await bare(ours, load))
    const loaded = await loadedPage(browser, ours, load)
    times.open.push(loaded.time)
    clicks.push(...loaded.clicks)
    said = loaded.said
  }
  console.log(`${load.what} ; la figure dit : ${said}`)
  return [
    {
      what: `${load.what}, sous la figure (ms)`,
      ours: median(times.open).toFixed(0),
      peers: { 'sans page': median(times.closed).toFixed(0) },
      verdict: atMost(Math.min(...times.open), Math.min(...times.closed), 'sans page', SLOWER),
    },
    {
      what: `clic pendant ${load.what}, p50 / p95 (ms)`,
      ours: milliseconds(clicks),
      verdict: atMost(quantile(clicks, 0.95), CLICK, `${CLICK} ms`, 1),
    },
  ]
}

export async function measureFigure(): Promise<Row[]> {
  const ours = await startOurs(join(import.meta.dirname, 'load'))
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS })
  try {
    const rows = await measureFrames(browser, ours)
    for (const load of LOADS) rows.push(...(await measureLoad(browser, ours, load)))
    return rows
  } finally {
    await browser.close()
    await ours.close()
  }
}

if (import.meta.main) {
  await ensureBuilt()
  const rows = await measureFigure()
  console.log(`Charge de la machine : ${loadavg()[0]!.toFixed(1)}\n\n${table(rows)}`)
  if (rows.some(({ verdict }) => verdict && !verdict.held)) process.exitCode = 1
  process.exit()
}
