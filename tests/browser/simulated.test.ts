/** The course without a runner, a site of files under a prefix: the labs run in the page, on a simulated network. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Activities } from '../../labs/activities.ts'
import { startRunner } from '../../runner/main.ts'
import { OFFLINE_WORKER } from '../../site/offline/names.ts'
import { labs } from '../labs/played.ts'
import { BASE, useAlone } from './alone.ts'
import { panelOf, placesOf, roleOf, typeLine, waitOutput, waitState } from './course.ts'
import { nodeFiles, noPython, pythonFiles } from './files.ts'

// A copy: a test changes it.
const alone = useAlone({ copy: true })
/** For all that the terminals print to be seen. */
const height = 2600

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
      const page = await alone.open(`atelier/${id}/`, { height })
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
  const page = await alone.open('atelier/client-serveur-tcp/', { height })
  const panel = await panelOf(page, 'client-serveur-tcp')
  await panel.getByRole('button', { name: 'Tout lancer' }).dblclick()
  const [serveur, client] = [roleOf(panel, 'serveur'), roleOf(panel, 'client')]
  await waitOutput(client, /Connecté au serveur/)
  await typeLine(client, 'sans lanceur')
  await waitOutput(serveur, /sans lanceur/)
  const row = panel.locator('.wire [role="option"]', { hasText: /envoie\s+«\s+sans\s+lanceur/ })
  await row.first().waitFor({ state: 'attached' })
  await panel.locator('.wire-simulated').waitFor()
  // Nothing stands over what says it.
  await panel.locator('.lab-simulated > button').click()
  await panel.getByText('Ce qui tourne ici, et ce qui diffère').waitFor()
  await page.keyboard.press('Escape')
  await panel.getByRole('button', { name: 'Tout arrêter' }).click()
  await waitState(serveur, 'ended')
})

test('served by Python, on a telephone', { skip: noPython }, async (t) => {
  const python = await pythonFiles(alone.folder)
  t.after(() => python.close())
  const page = await alone.open('chapitre-8/8-5-1/', { width: 390, height, origin: python.url })
  await panelOf(page, 'udp')
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'no sideways scroll',
  )
  await launchAll(page, 'udp')
})

test('on a telephone, nothing moves under the finger after « Tout lancer »', async () => {
  const page = await alone.open('chapitre-8/8-5-1/', { width: 390, height })
  const panel = await panelOf(page, 'udp')
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  const before = await placesOf(panel)
  for (const { id } of labs.get('udp')!.roles) await waitState(roleOf(panel, id), 'ready', 'ended')
  assert.deepEqual(await placesOf(panel), before)
})

test('with a runner, the learner chooses either, and compares the two figures', async (t) => {
  const runner = await startRunner({ port: 0, siteDir: join(alone.folder, 'cours'), base: BASE })
  t.after(() => runner.close())
  const { origin, hash } = new URL(runner.url)
  const page = await alone.open(`atelier/udp/${hash}`, { height, origin })
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
  await compared.getByText(/Les deux figures (sont les mêmes|disent la même chose)/).waitFor()
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
  const files = await nodeFiles(alone.folder)
  t.after(() => files.close())
  const context = await alone.newContext({ height })
  const page = await alone.open('', { context, origin: files.url })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const site = join(alone.folder, 'cours')
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
  let again = await alone.open('', { context, origin: files.url })
  while (!(await again.title()).includes('nouvelle')) {
    await again.close()
    again = await alone.open('', { context, origin: files.url })
  }
  files.close()
  await again.goto(`${files.url}${BASE}atelier/refus/`)
  await launchAll(again, 'refus')
})
