/** The course in a real browser: the site served by the runner, a page of Chromium, what the tests ask of a panel. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { type Runner, startRunner } from '../../runner/main.ts'
import { ensureBrowser } from '../../scripts/browser.ts'
import { ensureBuilt, ROOT, SITE } from '../../scripts/build.ts'
import { Wire } from './wire.ts'

export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']

/** Longest wait for a fact, in ms. */
export const PATIENCE = 60_000

export interface OpenOptions {
  /** The address carries the token. */
  token?: boolean
  width?: number
  height?: number
  /** A finger instead of a mouse. */
  touch?: boolean
  theme?: 'light' | 'dark'
  /** In the same browser window as this page: they share what a site keeps. */
  beside?: Page
  /** What the test does on purpose, and the browser complains about in the console. */
  tolerates?: RegExp
  /** Before the page is asked for. */
  prepare?(page: Page): Promise<unknown>
}

export interface Course {
  readonly runner: Runner
  /** The wire to the runner, for a course that has one. */
  readonly wire: Wire
  /** A page; an error in its console fails the test. */
  open(path: string, options?: OpenOptions): Promise<Page>
  /** Ends the runner and starts another one at the same address, with another token. */
  restart(): Promise<void>
}

export interface CourseOptions {
  /** Programs of other labs for the pages of the course. */
  labsDir?: string
  /** Where the runner keeps what it builds: empty, it builds all anew. */
  stateDir?: string
  /** Where the learner's copies are; a folder that no test of the course writes in by default. */
  workDir?: string
  /** The browser reaches the runner through a wire that the test may cut. */
  wired?: boolean
}

/**
 * A browser for the tests of a file, and a runner of its own for each test: none inherits another's programs.
 */
export function useCourse({ labsDir, stateDir, workDir, wired = false }: CourseOptions = {}): Course {
  let browser: Browser
  let runner: Runner
  let wire: Wire
  const contexts: BrowserContext[] = []
  const errors: string[] = []

  before(async () => {
    await ensureBuilt()
    wire = await Wire.open()
    // The address in the pages stays the runner's own: only the way there changes.
    const way = wired ? [`--host-resolver-rules=MAP localhost 127.0.0.1:${wire.port}`] : []
    browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...FLAGS, ...way] })
  })
  const start = async (port: number) => {
    runner = await startRunner({
      port,
      siteDir: SITE,
      workDir: workDir ?? join(ROOT, '.cache', 'travail'),
      ...(labsDir && { labsDir }),
      ...(stateDir && { stateDir }),
    })
    wire.target = runner.port
  }
  beforeEach(() => start(0))
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    await runner.close()
    assert.deepEqual(errors.splice(0), [], 'the console of the page')
  })
  after(async () => {
    await browser?.close()
    wire?.close()
  })

  const newContext = async ({ width = 1280, height = 900, theme = 'light', touch = false }: OpenOptions) => {
    const context = await browser.newContext({
      viewport: { width, height },
      hasTouch: touch,
      colorScheme: theme,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    context.setDefaultTimeout(PATIENCE)
    contexts.push(context)
    return context
  }

  return {
    get runner() {
      return runner
    },
    get wire() {
      return wire
    },
    async restart() {
      const { port } = runner
      await runner.close()
      await start(port)
      assert.equal(runner.port, port, 'the same address')
    },
    async open(path, options = {}) {
      const { token = true, beside, tolerates = /^(?!)/, prepare } = options
      const context = beside?.context() ?? (await newContext(options))
      const page = await context.newPage()
      const note = (text: string) => tolerates.test(text) || errors.push(`${path}: ${text}`)
      page.on('console', (message) => message.type() === 'error' && note(message.text()))
      page.on('pageerror', (error) => note(error.message))
      await prepare?.(page)
      const fragment = token ? new URL(runner.url).hash : ''
      await page.goto(`http://localhost:${runner.port}${path}${fragment}`)
      return page
    },
  }
}

/** A lab panel of a page, near the viewport and alive. */
export async function panelOf(page: Page, lab: string): Promise<Locator> {
  const panel = page.locator(`section[data-lab="${lab}"]`)
  await panel.scrollIntoViewIfNeeded()
  await page.locator(`lab-panel[data-id="${lab}"][data-upgraded]`).waitFor()
  await panel.getByRole('button', { name: /^Tout (lancer|arrêter)$/ }).waitFor({ state: 'visible' })
  return panel
}

/** The terminal of a role. */
export function roleOf(panel: Locator, role: string): Locator {
  return panel.locator(`[data-role="${role}"]`)
}

/** A page of the course, with the panel of its lab on free ports. */
export async function openLab(course: Course, path: string, lab: string, options?: OpenOptions) {
  const page = await course.open(path, options)
  const panel = await panelOf(page, lab)
  await freePorts(panel)
  return { page, panel }
}

/** Launches a role by itself; resolves with its terminal once it is ready. */
export async function launchRole(panel: Locator, id: string): Promise<Locator> {
  const role = roleOf(panel, id)
  await role.getByRole('button', { name: 'Lancer', exact: true }).click()
  await waitState(role, 'ready')
  return role
}

/** A server of another lab that runs in a tab of its own, and its port. */
export async function serverElsewhere(course: Course) {
  const { page, panel } = await openLab(course, '/chapitre-8/8-6-3/', 'client-serveur-tcp')
  const holder = await launchRole(panel, 'serveur')
  return { page, holder, port: await portOf(holder) }
}

/** A port of this machine held by a program that is none of the course's. */
export async function foreignPort(): Promise<{ port: number } & Disposable> {
  const foreign = createServer().listen(0, '127.0.0.1')
  await once(foreign, 'listening')
  return { port: (foreign.address() as AddressInfo).port, [Symbol.dispose]: () => void foreign.close() }
}

/** Waits until a role is in one of these states. */
export async function waitState(role: Locator, ...states: string[]): Promise<void> {
  const wanted = states.map((state) => `[data-state="${state}"]`).join(', ')
  try {
    await role.and(role.page().locator(wanted)).waitFor({ state: 'attached' })
  } catch (error) {
    const said = await role.innerText().catch(() => 'the page is gone')
    throw new Error(`${role}: not ${states.join(' nor ')}. It shows: ${said}`, { cause: error })
  }
}

/**
 * Waits for a text in the terminal of a role. Spaces do not count: a narrow terminal folds its lines anywhere. The page is
 * asked every `polling` ms, at each frame by default, which has it draw each frame.
 */
export async function waitOutput(
  role: Locator,
  pattern: RegExp,
  polling: number | 'raf' = 'raf',
): Promise<void> {
  const rows = role.locator('.xterm-rows')
  await rows.waitFor()
  // A terminal out of sight does not draw.
  await rows.scrollIntoViewIfNeeded()
  await role
    .page()
    .waitForFunction(
      ([element, source]) =>
        new RegExp(source as string).test((element as HTMLElement).innerText.replace(/\s/g, '')),
      [await rows.elementHandle(), pattern.source.replaceAll(' ', '')],
      { polling },
    )
}

/** Where what one presses in a panel stands, on the page: a click is lost when that moves under the pointer. */
export function placesOf(panel: Locator): Promise<string[]> {
  return panel
    .locator('.lab-beats > *, .lab-slot, .lab-brief, .role-tabs > *, .role-head, .role-tools, .wire-foot')
    .filter({ visible: true })
    .evaluateAll((elements) =>
      elements.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        const name =
          element.getAttribute('data-tab') ?? element.getAttribute('data-beat') ?? element.className
        return [name, ...[x, y + scrollY, width, height].map(Math.round)].join(' ')
      }),
    )
}

/** The port that a role has announced. */
export async function portOf(role: Locator): Promise<number> {
  await waitOutput(role, /port : \d+/)
  const text = (await role.locator('.xterm-rows').innerText()).replace(/\s/g, '')
  return Number(/port:(\d+)/.exec(text)![1])
}

/** Types a line in the terminal of a role, with real keys. */
export async function typeLine(role: Locator, text: string): Promise<void> {
  await role.locator('.xterm').click()
  await role.page().keyboard.type(text)
  await role.page().keyboard.press('Enter')
}

/** Gives every port field of the panel a free port: tests never meet on the chapter's own. */
export async function freePorts(panel: Locator): Promise<void> {
  await setPorts(panel, 0)
}

/** Types a port in the fields of the panel, and closes its parameters. */
export async function setPorts(panel: Locator, port: number): Promise<void> {
  await panel.getByRole('button', { name: 'Paramètres' }).click()
  for (const field of await panel.locator('.lab-parameters .field.port input').all())
    await field.fill(String(port))
  await panel.page().keyboard.press('Escape')
  await panel.locator('.lab-parameters').waitFor({ state: 'hidden' })
}
