/** The course in a real browser: the site served by the runner, a page of Chromium, what the tests ask of a panel. */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { type Runner, startRunner } from '../../runner/main.ts'
import { ensureBrowser } from '../../scripts/browser.ts'
import { ensureBuilt, SITE } from '../../scripts/build.ts'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']

/** Longest wait for a fact, in ms. */
export const PATIENCE = 20_000

export interface Course {
  readonly runner: Runner
  /** A page; an error in its console fails the test. */
  open(path: string, options?: { token?: boolean; width?: number; theme?: 'light' | 'dark' }): Promise<Page>
}

/**
 * A browser for the tests of a file, and a runner of its own for each test: none inherits another's programs.
 * `labsDir` gives the programs of other labs to the pages of the course.
 */
export function useCourse({ labsDir }: { labsDir?: string } = {}): Course {
  let browser: Browser
  let runner: Runner
  const contexts: BrowserContext[] = []
  const errors: string[] = []

  before(async () => {
    await ensureBuilt()
    browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS })
  })
  beforeEach(async () => {
    runner = await startRunner({ port: 0, siteDir: SITE, ...(labsDir && { labsDir }) })
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    await runner.close()
    assert.deepEqual(errors.splice(0), [], 'the console of the page')
  })
  after(() => browser?.close())

  return {
    get runner() {
      return runner
    },
    async open(path, { token = true, width = 1280, theme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: theme,
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      context.setDefaultTimeout(PATIENCE)
      contexts.push(context)
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && errors.push(`${path}: ${message.text()}`))
      page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`))
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
  await panel.getByRole('button', { name: 'Tout lancer' }).waitFor({ state: 'visible' })
  return panel
}

/** The terminal of a role. */
export function roleOf(panel: Locator, role: string): Locator {
  return panel.locator(`[data-role="${role}"]`)
}

/** Waits until a role is in one of these states. */
export async function waitState(role: Locator, ...states: string[]): Promise<void> {
  const wanted = states.map((state) => `[data-state="${state}"]`).join(', ')
  await role.and(role.page().locator(wanted)).waitFor({ state: 'attached' })
}

/** Waits for a text in the terminal of a role. Spaces do not count: a narrow terminal folds its lines anywhere. */
export async function waitOutput(role: Locator, pattern: RegExp): Promise<void> {
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
  await panel.getByRole('button', { name: 'Paramètres' }).click()
  for (const field of await panel.locator('.field.port input').all()) await field.fill('0')
}
