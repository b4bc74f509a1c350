/** Our terminals and the peers', in the same browser, running the same program, each in turn in each round. */
import { type Browser, chromium, type Page } from 'playwright-core'
import { ensureBrowser } from '../scripts/browser.ts'
import { FLAGS } from '../tests/browser/course.ts'
import { type Answers, answersUnderFrozenPage } from './frozen.ts'
import { framesWhenIdle } from './idle.ts'
import type { Ours } from './peers/ours.ts'
import type { Peer } from './peers/peer.ts'
import { atMost, median, milliseconds, type Row } from './report.ts'
import { echo, flood, interrupt, prepare } from './screen.ts'

const ROUNDS = 3
const KEYS = 60
const WARM_UP = 20
const FLOOD = 20
const IDLE = 5
/** Frames that the watching itself may cost. */
const WATCHING = 4

interface Figures {
  parsed: number[]
  painted: number[]
  flood: number[]
  interrupt: number[]
  frozen: Answers | null
  idle: number | null
}

/** One program in a page: its port, told in its first line, is where it answers datagrams. */
interface Screen {
  page: Page
  port: number
}

/** Opens a terminal, ours or a peer's, with the keyboard in it. */
type Opener = (browser: Browser) => Promise<Screen>

async function portIn(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => /port\s*:\s*(\d+)/.exec(document.querySelector('.xterm-rows')?.textContent ?? '')?.[1],
  )
  return Number(await handle.jsonValue())
}

function openOurs(ours: Ours): Opener {
  return async (browser) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(ours.page('/atelier/refus/'))
    const role = page.locator('[data-role="serveur"]')
    await page.locator('lab-panel[data-upgraded]').waitFor()
    await role.getByRole('button', { name: 'Lancer', exact: true }).click()
    await role.and(page.locator('[data-state="ready"]')).waitFor()
    await role.locator('.xterm').click()
    return { page, port: await portIn(page) }
  }
}

function openPeer(peer: Peer): Opener {
  return async (browser) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(peer.page)
    await page.locator('.xterm').click()
    return { page, port: await portIn(page) }
  }
}

async function figuresOf(opener: Opener, browser: Browser, last: boolean, kept: Figures): Promise<void> {
  const { page, port } = await opener(browser)
  await prepare(page)
  await echo(page, WARM_UP)
  const { parsed, painted } = await echo(page, KEYS)
  kept.parsed.push(...parsed)
  kept.painted.push(...painted)
  await page.keyboard.press('Control+u')
  if (last) kept.idle = await framesWhenIdle(page, IDLE)
  kept.flood.push(await flood(page, FLOOD))
  kept.interrupt.push(await interrupt(page))
  if (last) kept.frozen = await answersUnderFrozenPage(page, port)
  await page.close()
}

/** The rows of the table that a browser measures. */
export async function measureTerminals(ours: Ours, peers: readonly Peer[]): Promise<Row[]> {
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS })
  const openers = new Map<string, Opener>([['nous', openOurs(ours)]])
  for (const peer of peers) openers.set(peer.name, openPeer(peer))
  const all = new Map<string, Figures>()
  for (const name of openers.keys()) {
    all.set(name, { parsed: [], painted: [], flood: [], interrupt: [], frozen: null, idle: null })
  }
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const [name, opener] of openers) {
        await figuresOf(opener, browser, round === ROUNDS, all.get(name)!)
      }
    }
  } finally {
    await browser.close()
  }
  return rowsOf(all, all.has('ttyd') ? 'ttyd' : peers[0]!.name)
}

function rowsOf(all: ReadonlyMap<string, Figures>, reference: string): Row[] {
  const own = all.get('nous')!
  const against = all.get(reference)!
  const row = (what: string, say: (figures: Figures) => string, verdict?: Row['verdict']): Row => ({
    what,
    ours: say(own),
    peers: Object.fromEntries(
      [...all].filter(([name]) => name !== 'nous').map(([name, figures]) => [name, say(figures)]),
    ),
    ...(verdict && { verdict }),
  })
  const idle = own.idle ?? Number.NaN
  return [
    row('touche → lue par xterm, p50 / p95 (ms)', ({ parsed }) => milliseconds(parsed)),
    row(
      'touche → peinte, p50 / p95 (ms)',
      ({ painted }) => milliseconds(painted),
      atMost(median(own.painted), median(against.painted), reference, 1.1),
    ),
    row(`déluge de ${FLOOD} Mio (Mio/s)`, ({ flood }) => median(flood).toFixed(1)),
    row('Ctrl+C pendant un déluge (ms)', ({ interrupt }) => median(interrupt).toFixed(0)),
    row('réponse sous une page figée, p50 / max (ms)', ({ frozen }) =>
      frozen ? `${frozen.p50.toFixed(1)} / ${frozen.max.toFixed(0)}, perdus ${frozen.lost}` : '–',
    ),
    row(`images rendues en ${IDLE} s de repos`, ({ idle }) => String(idle ?? '–'), {
      ratio: idle,
      against: 'image',
      limit: WATCHING,
      held: idle <= WATCHING,
    }),
  ]
}
