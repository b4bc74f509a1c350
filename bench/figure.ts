/**
 * `npm run bench:figure`: « Le fil » under load, in a real Chromium. The frames of a figure of 10 000 events that is
 * scrolled, that grows, that goes back in time; then real programs that send each other 1 GiB over TCP and 100 000
 * datagrams: whether the page answers a click, what the figure says of them, and how long they take beside the same ones
 * in the same browser without any figure.
 */
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium, type Locator } from 'playwright-core'
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
import { PageMeter } from './frames.ts'
import { longRecording } from './long-recording.ts'
import { type Ours, startOurs } from './peers/ours.ts'
import { atMost, median, milliseconds, quantile, type Row, table } from './report.ts'

const EVENTS = 10_000
/** Frames measured of each kind. */
const STEPS = 60
/** Most that a task takes, at the 95th percentile, in ms of processor: a frame waits for it. */
const FRAME = 25
/** Most that a click takes until it is shown, in times of one in a page without the figure. */
const CLICK = 2
/** Most of one core that the page takes. */
const SHARE = 0.5
const ROUNDS = 6
/** What the programs send, and most that a figure may lengthen it. */
const LOADS = [
  { kind: 'tcp', amount: 1024, what: '1 Gio par TCP' },
  { kind: 'udp', amount: 100_000, what: '100 000 datagrammes' },
] as const
const SLOWER = 1.25
/** How often a page is asked whether its programs are done, in ms. */
const ASKED = 250
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
  const meter = await PageMeter.in(page)
  const scroll = () =>
    page.evaluate(async () => {
      document.querySelector('[data-wire-body]')!.scrollTop -= 300
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
    })
  const back = () =>
    page.evaluate(async () => {
      const scrub = document.querySelector<HTMLInputElement>('[data-wire-scrub]')!
      scrub.value = String(Number(scrub.value) - 90)
      scrub.dispatchEvent(new Event('input'))
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
    })
  const grow = () =>
    page.evaluate(async () => {
      const [clock, counts] = ['[data-replay-clock]', '[data-wire-counts]'].map(
        (name) => document.querySelector<HTMLInputElement>(name)!,
      )
      const before = counts!.textContent
      clock!.value = String(Number(clock!.value) + 50)
      clock!.dispatchEvent(new Event('input'))
      while (counts!.textContent === before) await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
    })
  const frames = {
    // What is folded unfolds in the first one.
    'qui se déplie': await meter.longest(1, scroll),
    parcourue: await meter.longest(STEPS, scroll),
    'remontée dans le temps': await meter.longest(STEPS, back),
    'qui grandit': await growing(),
  }
  await page.close()
  return Object.entries(frames).map(([what, times]) => ({
    what: `plus longue tâche d’une figure de 10 000 événements ${what}, p50 / p95 (ms de processeur)`,
    ours: milliseconds(times),
    verdict: atMost(quantile(times, 0.95), FRAME, `${FRAME} ms`, 1),
  }))

  async function growing(): Promise<number[]> {
    await panel.getByRole('button', { name: 'Figer la figure' }).click()
    await panel.locator('[data-replay-clock]').fill(String(EVENTS - 50 * (STEPS + 5)))
    await panel.locator('[data-wire-counts]', { hasText: /[678]\s\d{3} événements/ }).waitFor()
    return meter.longest(STEPS, grow)
  }
}

/**
 * A load with the figure in a page: how long it takes, what the page takes, what the figure says of it; or, when its
 * levels are pressed in turn, which has it drawn anew each time, how long each click takes until it is shown.
 */
async function loadedPage(browser: Browser, ours: Ours, { kind, amount }: Load, pressed: boolean) {
  const { page, panel } = await openPanel(browser, ours)
  await launchRole(panel, 'serveur')
  const client = await launchRole(panel, 'client-1')
  await panel.locator('.wire').waitFor()
  const meter = await PageMeter.in(page)
  const [before, began] = [await meter.spent(), performance.now()]
  await typeLine(client, `${kind} ${amount}`)
  const levels = ['service', 'events'].map((level) => panel.locator(`[data-wire-level="${level}"]`))
  // A page that draws each frame because it is asked at each one would count as the figure's work.
  const ended = waitOutput(client, new RegExp(`${kind} : \\d+ ms`), ASKED)
  const clicks = pressed ? await clicksUntil(ended, meter, levels) : []
  await ended
  const busy = ((await meter.spent()) - before) / (performance.now() - began)
  const text = await roleOf(panel, 'client-1').locator('.xterm-rows').innerText()
  const said = await panel.locator('[data-wire-counts]').innerText()
  await panel.getByRole('button', { name: 'Tout arrêter' }).click()
  await panel.getByRole('button', { name: 'Tout lancer' }).waitFor()
  await page.close()
  return { time: timeIn(text), clicks, said, busy }
}

/** The same load beside a page that shows nothing of it: how long it takes, and each click when its beats are pressed. */
async function pageApart(browser: Browser, ours: Ours, load: Load, pressed: boolean) {
  const { page, panel } = await openPanel(browser, ours)
  const meter = await PageMeter.in(page)
  const tabs = ['observe', 'launch'].map((beat) => panel.locator(`[data-beat="${beat}"]`))
  const ended = bare(ours, load)
  const clicks = pressed ? await clicksUntil(ended, meter, tabs) : []
  const time = await ended
  await page.close()
  return { time, clicks }
}

/** Presses these buttons in turn until `ended`; gives the time of each, in ms. */
async function clicksUntil(
  ended: Promise<unknown>,
  meter: PageMeter,
  buttons: readonly Locator[],
): Promise<number[]> {
  const clicks: number[] = []
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over) {
    clicks.push(await meter.click(buttons[clicks.length % buttons.length]!))
    await delay(100)
  }
  return clicks
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
  const times = { open: [] as number[], apart: [] as number[], bare: [] as number[] }
  const clicks = { open: [] as number[], apart: [] as number[] }
  const busy: number[] = []
  let said = ''
  for (let round = 0; round < ROUNDS; round += 1) {
    times.bare.push(await bare(ours, load))
    times.apart.push((await pageApart(browser, ours, load, false)).time)
    const loaded = await loadedPage(browser, ours, load, false)
    times.open.push(loaded.time)
    busy.push(loaded.busy)
    said = loaded.said
    clicks.open.push(...(await loadedPage(browser, ours, load, true)).clicks)
    clicks.apart.push(...(await pageApart(browser, ours, load, true)).clicks)
  }
  console.log(`${load.what} ; la figure dit : ${said}`)
  const peer = 'page sans figure'
  return [
    {
      what: `${load.what}, sous la figure (ms)`,
      ours: median(times.open).toFixed(0),
      peers: { [peer]: median(times.apart).toFixed(0), 'sans page': median(times.bare).toFixed(0) },
      verdict: atMost(Math.min(...times.open), Math.min(...times.apart), peer, SLOWER),
    },
    {
      what: `part d’un cœur que la page prend pendant ${load.what}`,
      ours: median(busy).toFixed(2),
      verdict: atMost(median(busy), 1, 'cœur', SHARE),
    },
    {
      what: `clic pendant ${load.what}, p50 / p95 (ms)`,
      ours: milliseconds(clicks.open),
      peers: { [peer]: milliseconds(clicks.apart) },
      verdict: atMost(quantile(clicks.open, 0.95), quantile(clicks.apart, 0.95), peer, CLICK),
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
