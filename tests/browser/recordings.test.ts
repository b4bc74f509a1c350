/** Recorded runs in a browser: opened from a file, or from those of the site, with a runner and without any. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import lab from '../../labs/refus/lab.ts'
import { ROOT } from '../../scripts/build.ts'
import { fileOf, record } from '../../scripts/recorder.ts'
import { makeRecordings, publishRecordings } from '../../scripts/recordings.ts'
import { happeningsOf, readRecording } from '../../site/lab/link/recording-file.ts'
import { figureOf } from '../../site/lab/wire/figure.ts'
import { type Level, rowsOf } from '../../site/lab/wire/rows.ts'
import { sentenceOf, wordsOf } from '../../site/lab/wire/words.ts'
import { compose } from '../../site/typography.ts'
import { freePorts, panelOf, roleOf, useCourse, waitOutput } from './course.ts'
import { openRecording, readAll, rowOf, rowsIn } from './figure.ts'

const course = useCourse()

/** What the figure of a recording says, as its pure part makes it. */
function sentencesOf(text: string, level: Level = 'events'): string[] {
  const whole = figureOf(happeningsOf(readRecording(text)!))
  // What is deduced is shown when it is asked for.
  const figure = { ...whole, arrows: whole.arrows.filter(({ deduced }) => !deduced) }
  const titles = new Map<string, string>(lab.roles.map(({ id, title }) => [id, title]))
  const naming = { titleOf: (role: string) => titles.get(role) ?? role, relayed: figure.relayed }
  return rowsOf(figure, level)
    .filter(({ quiet }) => !quiet)
    .map((row) => compose(sentenceOf(row, wordsOf(row, naming), naming)))
}

/** All its rows, once there are so many. */
async function read(panel: Locator, count: number): Promise<string[]> {
  await panel.locator(`.wire [role="option"][aria-setsize="${count}"]`).first().waitFor({ state: 'attached' })
  return readAll(panel)
}

/** Without what is another each time: the order of what two programs do at once, and the port of a server. */
const comparable = (said: readonly string[]) => said.map((words) => words.replace(/:\d+/, ':…')).toSorted()

describe('a recording of the command line', () => {
  test('gives, in the page, what the same programs give there: the demonstration of « refus »', async () => {
    const text = fileOf(await record('refus', lab, 'ts', { freely: true }))
    const page = await course.open('/atelier/refus/')
    const panel = await panelOf(page, 'refus')
    await freePorts(panel)
    await panel.getByRole('button', { name: 'Démonstration' }).click()
    const last = page.getByText('la démonstration est terminée')
    while (!(await last.isVisible())) {
      await page.locator('[data-demo]:not([data-busy])').waitFor({ state: 'attached' })
      await page.keyboard.press('ArrowRight')
    }
    await page.keyboard.press('Escape')
    await panel.getByRole('button', { name: 'Tout arrêter' }).click()
    await panel.getByRole('button', { name: 'Tout lancer' }).waitFor()
    // When one program hears what another one says is another each time: what they say is the same.
    await panel.getByRole('button', { name: 'Service', exact: true }).click()
    const said = sentencesOf(text, 'service')
    const live = await read(panel, said.length)
    await openRecording(panel, text)
    await panel.locator('[data-replay]').waitFor()
    const replayed = await read(panel, said.length)
    assert.deepEqual(replayed, said)
    assert.deepEqual(comparable(replayed), comparable(live))
    await panel.getByRole('button', { name: 'Événements', exact: true }).click()
    const whole = sentencesOf(text)
    assert.deepEqual(await read(panel, whole.length), whole)
  })

  test('another file is refused, in words', async () => {
    const page = await course.open('/atelier/refus/')
    const panel = await panelOf(page, 'refus')
    await openRecording(panel, readFileSync(join(ROOT, 'package.json'), 'utf8'))
    await panel.getByText('Ce fichier n’est pas un enregistrement').waitFor()
  })
})

describe('the recordings of the site', () => {
  let folder: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'prise-directe-'))
    const { made } = await makeRecordings(60_000, ['refus'])
    assert.ok(made.includes('refus-ts') && made.includes('refus-node'))
    await publishRecordings(folder)
    // One that was never made.
    const list = join(folder, 'enregistrements', 'liste.json')
    const names = (JSON.parse(readFileSync(list, 'utf8')) as string[]).filter((name) => name !== 'refus-node')
    writeFileSync(list, JSON.stringify(names))
  })
  after(() => rmSync(folder, { recursive: true }))

  /** The recordings of this folder in place of those of the site. */
  const prepare = (page: Page) =>
    page.route('**/enregistrements/*', (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1)!
      return route.fulfill({ body: readFileSync(join(folder, 'enregistrements', name)) })
    })

  const see = (panel: Locator, name: string) =>
    panel.getByRole('button', { name: `Voir ${name}`, exact: true })

  /** A run of `refus`, whatever its variant, driven by its clock. */
  async function replays(panel: Locator): Promise<void> {
    const text = readFileSync(join(folder, 'enregistrements', 'refus-ts.jsonl'), 'utf8')
    const wanted = sentencesOf(text)
    assert.deepEqual(await read(panel, wanted.length), wanted)
    // On a phone, one terminal at a time.
    const tab = panel.locator('[data-tab="client-2"]')
    if (await tab.isVisible()) await tab.click()
    await waitOutput(roleOf(panel, 'client-2'), /Connexion refusée/)
    // What the runs before it printed is gone.
    const printed = await roleOf(panel, 'client-2').locator('.xterm-rows').innerText()
    assert.equal(printed.match(/Attente/g)?.length, 1, printed)
    const clock = panel.getByRole('slider', { name: 'Moment de l’enregistrement' })
    await clock.fill('0')
    await rowsIn(panel).nth(4).waitFor({ state: 'detached' })
    await panel.getByLabel('Vitesse').selectOption('16')
    await panel.getByRole('button', { name: 'Rejouer' }).click()
    await rowOf(panel, 'OCCUPÉ').waitFor({ state: 'attached' })
    assert.deepEqual(await read(panel, wanted.length), wanted)
  }

  test('where nothing can be launched: seen, driven, left, and a file of one’s own too', async () => {
    for (const [path, width] of [
      ['/chapitre-8/8-6-7/', 1280],
      ['/atelier/refus/', 390],
    ] as const) {
      const page = await course.open(path, { token: false, width, prepare })
      const panel = page.locator('section[data-lab="refus"]')
      await panel.scrollIntoViewIfNeeded()
      await see(panel, 'le jumeau TypeScript').waitFor()
      assert.equal(await see(panel, 'Node nu').isVisible(), false, 'one that is missing')
      await see(panel, 'le jumeau TypeScript').click()
      await replays(panel)
      const { violations } = await new AxeBuilder({ page: page as never }).analyze()
      assert.deepEqual(
        violations.map(({ id }) => id),
        [],
      )
      await panel.getByRole('button', { name: 'Revenir aux programmes' }).click()
      await see(panel, 'le jumeau TypeScript').waitFor()

      const chooser = page.waitForEvent('filechooser')
      await panel.getByRole('button', { name: 'Ouvrir un enregistrement' }).click()
      await (await chooser).setFiles(join(ROOT, 'package.json'))
      await panel.getByText('Ce fichier n’est pas un enregistrement').waitFor()
    }
  })

  test('with a runner: from the menu; a reload goes back to the programs', async () => {
    const page = await course.open('/atelier/refus/', { prepare })
    const panel = await panelOf(page, 'refus')
    await panel.getByRole('button', { name: 'Enregistrements' }).click()
    await see(panel, 'le jumeau TypeScript').click()
    await replays(panel)
    const again = panel.getByRole('button', { name: 'Revoir du début' })
    await again.waitFor()
    await panel.getByLabel('Vitesse').selectOption('0.25')
    await again.click()
    await panel.getByRole('button', { name: 'Tout arrêter' }).click()
    await again.waitFor()
    const clock = panel.getByRole('slider', { name: 'Moment de l’enregistrement' })
    assert.ok(Number(await clock.inputValue()) < Number(await clock.getAttribute('max')))
    assert.equal(await panel.locator('[data-action="launch"]').filter({ visible: true }).count(), 0)
    await panel.getByRole('button', { name: 'Revenir aux programmes' }).click()
    await panel.getByRole('button', { name: 'Tout lancer' }).waitFor()
    await panel.getByRole('button', { name: 'Enregistrements' }).click()
    await see(panel, 'le jumeau TypeScript').click()
    await again.waitFor()
    await page.reload()
    await panelOf(page, 'refus')
    await page.locator('lab-panel[data-followed]').waitFor()
    assert.equal(await panel.locator('[data-notice]:not(:empty)').count(), 0)
  })
})
