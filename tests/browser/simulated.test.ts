/** The course without a runner, a site of files under a prefix: the labs run in the page, on a simulated network. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import type { Activities } from '../../labs/activities.ts'
import { startRunner } from '../../runner/main.ts'
import { ensureBrowser } from '../../scripts/browser.ts'
import { OFFLINE_WORKER } from '../../site/offline/names.ts'
import { labs } from '../labs/played.ts'
import { aloneFolder, BASE } from './alone.ts'
import { FLAGS, PATIENCE, panelOf, roleOf, typeLine, waitOutput, waitState } from './course.ts'
import { type FileServer, nodeFiles, noPython, pythonFiles } from './files.ts'

const root = mkdtempSync(join(tmpdir(), 'site-'))
const site = join(root, 'cours')

let browser: Browser
let server: FileServer
const contexts: BrowserContext[] = []
const errors: string[] = []

before(async () => {
  // A copy: a test changes it.
  cpSync(await aloneFolder(), root, { recursive: true })
  server = await nodeFiles(root)
  browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS })
})
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
  assert.deepEqual(errors.splice(0), [], 'the console of the page')
})
after(async () => {
  await browser?.close()
  server?.close()
  rmSync(root, { recursive: true, force: true })
})

async function newContext(width = 1280): Promise<BrowserContext> {
  // High enough for all that the terminals print to be seen.
  const context = await browser.newContext({ viewport: { width, height: 2600 } })
  context.setDefaultTimeout(PATIENCE)
  contexts.push(context)
  return context
}

async function open(path: string, context: BrowserContext, url = server.url): Promise<Page> {
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && errors.push(`${path}: ${message.text()}`))
  page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`))
  await page.goto(`${url}${BASE}${path}`)
  return page
}

async function shownBy(id: string): Promise<Activities['shown']> {
  return (await import(`../../labs/${id}/activites.ts`)).default.shown
}

/** Waits for what a role prints: as it is, or without the spaces that a line cut in two adds or takes away. */
async function seen(page: Page, role: Locator, pattern: RegExp): Promise<void> {
  const rows = role.locator('.xterm-rows')
  await rows.scrollIntoViewIfNeeded()
  await page.waitForFunction(
    ([element, source]) => {
      const text = (element as HTMLElement).innerText.replaceAll('\u00a0', ' ')
      const bare = new RegExp((source as string).replaceAll(' ', ''))
      return new RegExp(source as string).test(text) || bare.test(text.replace(/\s/g, ''))
    },
    [await rows.elementHandle(), pattern.source],
  )
}

/** « Tout lancer », what it promises, « Tout arrêter ». */
async function launchAll(page: Page, id: string): Promise<void> {
  const panel = await panelOf(page, id)
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  for (const { role, output, exit, after } of await shownBy(id)) {
    if (after) {
      // Its terminal of before takes no key.
      await waitState(roleOf(panel, after.role), 'ready', 'running')
      await typeLine(roleOf(panel, after.role), after.type)
    }
    // On a telephone, one terminal at a time.
    const tab = panel.locator(`[data-tab="${role}"]`)
    if (await tab.isVisible()) await tab.click()
    if (output) await seen(page, roleOf(panel, role), output)
    if (exit !== undefined) await waitState(roleOf(panel, role), 'ended')
  }
  const stop = panel.getByRole('button', { name: 'Tout arrêter' })
  if (await stop.isVisible()) await stop.click()
  for (const { id: role, later } of labs.get(id)!.roles)
    if (!later) await waitState(roleOf(panel, role), 'ended')
}

describe('« Tout lancer » without a runner', () => {
  for (const [id, lab] of labs) {
    // What is only inserted in others has no page.
    if (!/\d/.test(lab.section)) continue
    test(`${id}, twin then Node, shows what it promises`, async () => {
      const page = await open(`atelier/${id}/`, await newContext())
      const panel = await panelOf(page, id)
      await panel.locator('.lab-simulated').waitFor()
      for (const variant of ['ts', 'node']) {
        for (const { id: role, variants } of lab.roles) {
          if (variants.length > 1 && (variants as readonly string[]).includes(variant))
            await panel.locator(`select[data-variant="${role}"]`).selectOption(variant)
        }
        await launchAll(page, id)
      }
    })
  }
})

test('« Le fil » and a double launch, as with the runner', async () => {
  const page = await open('atelier/client-serveur-tcp/', await newContext())
  const panel = await panelOf(page, 'client-serveur-tcp')
  await panel.getByRole('button', { name: 'Tout lancer' }).dblclick()
  const [serveur, client] = [roleOf(panel, 'serveur'), roleOf(panel, 'client')]
  await waitOutput(client, /Connecté au serveur/)
  await typeLine(client, 'sans lanceur')
  await waitOutput(serveur, /sans lanceur/)
  const row = panel.locator('[data-wire-list] [role="option"]', { hasText: /envoie\s+«\s+sans\s+lanceur/ })
  await row.first().waitFor({ state: 'attached' })
  await panel.locator('.wire-simulated').waitFor()
  await panel.getByRole('button', { name: 'Tout arrêter' }).click()
  await waitState(serveur, 'ended')
})

test('served by Python, on a telephone', { skip: noPython }, async (t) => {
  const python = await pythonFiles(root)
  t.after(() => python.close())
  const page = await open('chapitre-8/8-5-1/', await newContext(390), python.url)
  await panelOf(page, 'udp')
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'no sideways scroll',
  )
  await launchAll(page, 'udp')
})

test('with a runner, the learner chooses either, and compares the two figures', async (t) => {
  const runner = await startRunner({ port: 0, siteDir: site, base: BASE })
  t.after(() => runner.close())
  const { origin, hash } = new URL(runner.url)
  const page = await open(`atelier/udp/${hash}`, await newContext(), origin)
  const panel = await panelOf(page, 'udp')
  await page.locator('lab-panel[data-followed]:not([data-simulated])').waitFor()
  const choose = async () => {
    const button = panel.locator('[data-action="simulate"]')
    if (!(await button.isVisible())) await panel.locator('.lab-more').click()
    await button.click()
  }
  const compare = panel.locator('[data-compare-open]')
  const compared = panel.locator('[data-compare]')
  await choose()
  await page.locator('lab-panel[data-simulated]').waitFor()
  await launchAll(page, 'udp')
  await compare.waitFor({ state: 'hidden' })
  await choose()
  await page.locator('lab-panel:not([data-simulated])').waitFor()
  await launchAll(page, 'udp')
  await compare.click()
  await compared.getByText('Les deux figures disent la même chose').waitFor()
  for (const place of ['real', 'simulated'])
    await compared
      .locator(`[data-compare-figure="${place}"] li`, { hasText: /envoie/ })
      .first()
      .waitFor()
  await page.keyboard.press('Escape')
  await compared.waitFor({ state: 'hidden' })

  // The earlier figure stays; one word more, on one side only.
  await choose()
  await page.locator('lab-panel[data-simulated]').waitFor()
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  await waitState(roleOf(panel, 'emetteur'), 'running', 'ready')
  await typeLine(roleOf(panel, 'emetteur'), 'encore un')
  await waitOutput(roleOf(panel, 'recepteur'), /encore un/)
  await compare.click()
  await compared
    .locator('[data-compare-only="simulated"]')
    .filter({ hasText: /Émetteur\senvoie\s«\sencore\sun/ })
    .waitFor()
  await compared.locator('[data-compare-only="real"]').waitFor({ state: 'hidden' })
})

test('after a visit the course goes on without network; another version waits for the pages to close', async (t) => {
  const files = await nodeFiles(root)
  t.after(() => files.close())
  const context = await newContext()
  const page = await open('', context, files.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const worker = join(site, OFFLINE_WORKER)
  const index = join(site, 'index.html')
  const [oldWorker, oldIndex] = [readFileSync(worker, 'utf8'), readFileSync(index, 'utf8')]
  t.after(() => {
    writeFileSync(worker, oldWorker)
    writeFileSync(index, oldIndex)
  })
  writeFileSync(index, oldIndex.replace('</title>', ' (nouvelle)</title>'))
  writeFileSync(worker, oldWorker.replace(/[0-9a-f]{12}(?=[`"'])/, '000000000000'))
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
    const coming = registration.installing ?? registration.waiting
    while (coming?.state === 'installing')
      await new Promise((done) => coming.addEventListener('statechange', done, { once: true }))
  })
  await page.reload()
  assert.doesNotMatch(await page.title(), /nouvelle/, 'a page that is open keeps its version')
  await page.close()
  // The browser takes its time to see that the last page is closed.
  let again = await open('', context, files.url)
  while (!(await again.title()).includes('nouvelle')) {
    await again.close()
    again = await open('', context, files.url)
  }
  files.close()
  await again.goto(`${files.url}${BASE}atelier/refus/`)
  await launchAll(again, 'refus')
})
