/** « Le fil » in a browser: what the programs of a lab do, read in the list that a screen reader reads; its files. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import lab from '../../labs/refus/lab.ts'
import { ROOT } from '../../scripts/build.ts'
import { fileOf, record } from '../../scripts/recorder.ts'
import { happeningsOf, readRecording } from '../../site/lab/link/recording-file.ts'
import { figureOf } from '../../site/lab/wire/figure.ts'
import { rowsOf } from '../../site/lab/wire/rows.ts'
import { sentenceOf, wordsOf } from '../../site/lab/wire/words.ts'
import { compose } from '../../site/typography.ts'
import { optionsOf } from '../variants.ts'
import { freePorts, panelOf, roleOf, typeLine, useCourse, waitOutput, waitState } from './course.ts'

const course = useCourse()

/** The rows of the figure, as they are read. */
const rowsIn = (panel: Locator) => panel.locator('.wire [role="option"]')
const rowOf = (panel: Locator, words: string | RegExp) =>
  rowsIn(panel)
    .filter({ has: panel.page().locator('.hidden-word', { hasText: words }) })
    .first()

async function readAll(panel: Locator): Promise<string[]> {
  return rowsIn(panel).evaluateAll((rows) =>
    rows.map((row) => row.querySelector('.hidden-word')?.textContent ?? ''),
  )
}

async function launch(page: Page, id: string, path = `/atelier/${id}/`): Promise<Locator> {
  await page.goto(new URL(path, page.url()).href)
  const panel = await panelOf(page, id)
  await freePorts(panel)
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  return panel
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page: page as never }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

describe('the figure of the programs that run', () => {
  test('refus: in words, linked with the terminals, the listing and the bytes, and kept in a file', async () => {
    const page = await course.open('/')
    const panel = await launch(page, 'refus', '/chapitre-8/8-6-7/')
    await rowOf(panel, 'Client 2 terminé, code 1').waitFor()
    const said = await readAll(panel)
    for (const wanted of [
      'Serveur écoute',
      'Client 1 se connecte',
      'BIENVENUE',
      'Client 2 se connecte',
      'OCCUPÉ',
    ])
      assert.ok(
        said.some((sentence) => sentence.includes(wanted)),
        `${wanted} is not in:\n${said.join('\n')}`,
      )
    assert.ok(said.every((sentence) => !sentence.includes('hors du labo')))

    // From the row to the lines of both terminals, to its bytes, to its line in the listing.
    await rowOf(panel, 'OCCUPÉ').click()
    await panel.locator('[data-role="serveur"] .terminal-lit').waitFor({ state: 'attached' })
    await panel.locator('[data-role="client-2"] .terminal-lit').waitFor({ state: 'attached' })
    await panel.locator('[data-detail-lines]', { hasText: '4F 43 43 55 50 C3 89' }).waitFor()
    await panel.locator('[data-detail-site]').click()
    const line = page.locator('[data-source="refus/serveur.ts"] [data-line][data-asked]')
    assert.match(await line.innerText(), /OCCUPÉ/)
    // And back: from the listing, from a terminal.
    const welcome = page
      .locator('[data-source="refus/serveur.ts"] [data-line]', { hasText: "'BIENVENUE'" })
      .first()
    await welcome.click()
    await rowOf(panel, 'BIENVENUE').and(panel.locator('[aria-selected="true"]')).waitFor()
    await roleOf(panel, 'client-2').locator('textarea').focus()
    await roleOf(panel, 'client-2').getByText('Reçu : "OCCUPÉ"').first().click({ force: true })
    await panel.locator('.wire [aria-selected="true"]', { hasText: /OCCUPÉ|reçoit 7/ }).waitFor()

    // The keyboard walks through the rows, and leaves nothing selected behind.
    await panel.locator('.wire [role="listbox"]').focus()
    await page.keyboard.press('Home')
    await rowOf(panel, 'Serveur écoute').and(panel.locator('[aria-selected="true"]')).waitFor()
    await page.keyboard.press('ArrowDown')
    await rowOf(panel, 'Client 1 se connecte').and(panel.locator('[aria-selected="true"]')).waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await panel.locator('.wire [aria-selected="true"]').count(), 0)

    // The wire is solid while the connection is open.
    assert.ok(await panel.locator('[data-wire="client-1"][data-live]').count())
    assert.equal(await panel.locator('[data-wire="client-2"][data-live]').count(), 0)
    assert.deepEqual(await violations(page), [])

    // Kept in a file, and opened: the same words.
    const keep = async (name: string) => {
      await panel.getByRole('button', { name: 'Exporter' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        panel.getByRole('button', { name }).click(),
      ])
      return readFileSync(await download.path(), 'utf8')
    }
    assert.match(await keep('Le dessin (.svg)'), /^<svg [\s\S]*OCCUPÉ/)
    assert.match(await keep('Une capture reconstruite (.pcapng)'), /ce n’est pas une capture/)
    const before = await readAll(panel)
    const file = await keep('Enregistrer ce qui s’est passé (.jsonl)')
    const chooser = page.waitForEvent('filechooser')
    await panel.getByRole('button', { name: 'Ouvrir un enregistrement' }).click()
    await (await chooser).setFiles({
      name: 'refus.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from(file),
    })
    await panel.locator('[data-replay]').waitFor()
    await rowOf(panel, 'Client 2 terminé, code 1').waitFor()
    assert.deepEqual(await readAll(panel), before)
    await waitOutput(roleOf(panel, 'client-2'), /Reçu : "OCCUPÉ"/)
    await panel.getByRole('button', { name: 'Revenir aux programmes' }).click()
    await panel.getByRole('button', { name: 'Tout lancer' }).waitFor()
  })

  test('refus with a server in C++', optionsOf('qt'), async () => {
    const page = await course.open('/atelier/refus/')
    const panel = await panelOf(page, 'refus')
    await freePorts(panel)
    await roleOf(panel, 'serveur').locator('select[data-variant]').selectOption('qt')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await roleOf(panel, 'client-2')
      .and(page.locator('[data-state="ended"]'))
      .waitFor({ state: 'attached', timeout: 200_000 })
    await rowOf(panel, 'OCCUPÉ').waitFor()
    await rowOf(panel, 'OCCUPÉ').click()
    await panel
      .locator('[data-detail-site]', { hasText: /Serveur\.cpp:\d+|^ ↗$/ })
      .waitFor({ state: 'attached' })
  })

  for (const { id, words, act } of [
    { id: 'cadrage', words: 'écritures réunies' },
    { id: 'client-vole', words: 'à Client B', act: ['client-a', 'bonjour'] as const },
    { id: 'multidiffusion', words: 'aucun membre observé', act: ['emetteur', 'avant'] as const },
    { id: 'udp', words: 'à Récepteur' },
  ]) {
    test(`${id}: what it shows is in the figure`, async () => {
      const page = await course.open('/')
      const panel = await launch(page, id)
      if (act) {
        await waitState(roleOf(panel, act[0]), 'ready', 'running')
        await typeLine(roleOf(panel, act[0]), act[1])
      }
      await rowOf(panel, words).waitFor()
      await panel.getByRole('button', { name: 'Octets', exact: true }).click()
      await panel.locator('.wire pre').first().waitFor()
      await panel.getByRole('button', { name: 'Service', exact: true }).click()
      assert.ok((await readAll(panel)).every((sentence) => !/readyRead|newConnection/.test(sentence)))
    })
  }

  test('a recording of the command line gives, in the page, what it gives without it', async () => {
    const text = fileOf(await record('refus', lab, 'ts', { freely: true }))
    const page = await course.open('/atelier/refus/')
    const panel = await panelOf(page, 'refus')
    const chooser = page.waitForEvent('filechooser')
    await panel.getByRole('button', { name: 'Ouvrir un enregistrement' }).click()
    await (await chooser).setFiles({
      name: 'x.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from(text),
    })
    const figure = figureOf(happeningsOf(readRecording(text)!))
    const titles = new Map<string, string>(lab.roles.map(({ id, title }) => [id, title]))
    const naming = { titleOf: (role: string) => titles.get(role) ?? role, relayed: figure.relayed }
    const wanted = rowsOf(figure, 'events')
      .filter(({ quiet }) => !quiet)
      .map((row) => compose(sentenceOf(row, wordsOf(row, naming), naming)))
    await page.waitForFunction(
      (count) =>
        document.querySelector('.wire [role="option"]')?.getAttribute('aria-setsize') === String(count),
      wanted.length,
    )
    const read = await readAll(panel)
    assert.deepEqual(read.toSorted(), wanted.toSorted())
  })

  test('another file is refused, in words', async () => {
    const page = await course.open('/atelier/refus/')
    const panel = await panelOf(page, 'refus')
    const chooser = page.waitForEvent('filechooser')
    await panel.getByRole('button', { name: 'Ouvrir un enregistrement' }).click()
    await (await chooser).setFiles(join(ROOT, 'package.json'))
    await panel.getByText('Ce fichier n’est pas un enregistrement').waitFor()
  })
})
