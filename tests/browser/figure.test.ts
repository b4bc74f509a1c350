/** « Le fil » in a browser: what the programs of a lab do, read in the list that a screen reader reads; its files. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { sorts } from '../../labs/commun/malice.ts'
import relay from '../../labs/relais/lab.ts'
import { holdFor } from '../exclusive.ts'
import { optionsOf } from '../variants.ts'
import { freePorts, panelOf, roleOf, typeLine, useCourse, waitOutput, waitState } from './course.ts'
import { openRecording, readAll, rowOf, rowsIn } from './figure.ts'

const course = useCourse()

/** What every server of « refus » does, whatever it is written in. */
const REFUSAL = [
  'Serveur écoute',
  'Client 1 se connecte',
  'Serveur envoie « BIENVENUE » à Client 1',
  'Client 2 se connecte',
  'Serveur envoie « OCCUPÉ » à Client 2',
  'Client 2 terminé, code 1',
]

function assertSays(said: readonly string[], wanted: readonly string[]): void {
  for (const words of wanted)
    assert.ok(
      said.some((sentence) => sentence.replaceAll('\u00a0', ' ').includes(words)),
      `${words} is not in:\n${said.join('\n')}`,
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
    assertSays(said, REFUSAL)
    assert.ok(said.every((sentence) => !sentence.includes('hors du labo')))

    // From the row to the lines of both terminals, to its bytes, to its line in the listing.
    await rowOf(panel, 'OCCUPÉ').click()
    await panel.locator('[data-role="serveur"] .terminal-lit').waitFor({ state: 'attached' })
    const lit = panel.locator('[data-role="client-2"] .terminal-lit')
    await lit.waitFor({ state: 'attached' })
    const heights = await lit.evaluate((element) =>
      [element, element.closest('.xterm')!.querySelector('.xterm-rows')!].map((one) =>
        Number(getComputedStyle(one).zIndex),
      ),
    )
    assert.ok(heights[0]! < heights[1]!, `what a lit line says stands over its ground: ${heights}`)
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
    // Its program has ended: one click is enough.
    await roleOf(panel, 'client-2').getByText('Reçu : "OCCUPÉ"').first().click({ force: true })
    await panel.locator('.wire [aria-selected="true"]', { hasText: /OCCUPÉ|reçoit 7/ }).waitFor()

    // The keyboard walks through the rows, and leaves nothing selected behind.
    await panel.locator('.wire [role="listbox"]').focus()
    await page.keyboard.press('Home')
    await rowOf(panel, 'Serveur écoute').and(panel.locator('[aria-selected="true"]')).waitFor()
    await page.keyboard.press('ArrowDown')
    await rowOf(panel, 'Client 1 se connecte').and(panel.locator('[aria-selected="true"]')).waitFor()
    await page.keyboard.press('Escape')
    await panel.locator('.wire [role="option"][aria-selected="true"]').waitFor({ state: 'detached' })

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
    const drawing = await keep('Le dessin (.svg)')
    assert.match(drawing, /^<svg [\s\S]*OCCUPÉ/)
    assert.doesNotMatch(drawing, /font-[a-z-]+: ;/, 'its words are as large as in the page')
    assert.match(await keep('Une capture reconstruite (.pcapng)'), /ce n’est pas une capture/)
    const before = await readAll(panel)
    const file = await keep('Enregistrer ce qui s’est passé (.jsonl)')
    await openRecording(panel, file)
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
    await rowOf(panel, 'Client 2 terminé, code 1').waitFor()
    assertSays(await readAll(panel), REFUSAL)
    await rowOf(panel, 'OCCUPÉ').click()
    await panel
      .locator('[data-detail-site]', { hasText: /Serveur\.cpp:\d+|^ ↗$/ })
      .waitFor({ state: 'attached' })
  })

  const TWO_CLIENTS = /Nouveau client[\s\S]*Nouveau client/
  for (const { id, words, once, act } of [
    { id: 'cadrage', words: 'écritures réunies' },
    {
      id: 'client-vole',
      words: 'à Client B',
      once: ['serveur', TWO_CLIENTS] as const,
      act: ['client-a', 'bonjour'] as const,
    },
    { id: 'multidiffusion', words: 'aucun membre observé', act: ['emetteur', 'avant'] as const },
  ]) {
    test(`${id}: what it shows is in the figure`, async (t) => {
      t.after(await holdFor((await import(`../../labs/${id}/lab.ts`)).default))
      const page = await course.open('/')
      const panel = await launch(page, id)
      if (once) await waitOutput(roleOf(panel, once[0]), once[1])
      if (act) {
        await waitState(roleOf(panel, act[0]), 'ready', 'running')
        await typeLine(roleOf(panel, act[0]), act[1])
      }
      await rowOf(panel, words).waitFor()
      await panel.getByRole('button', { name: 'Octets', exact: true }).click()
      await rowsIn(panel).locator('pre').first().waitFor()
      await panel.getByRole('button', { name: 'Service', exact: true }).click()
      assert.ok((await readAll(panel)).every((sentence) => !/readyRead|newConnection/.test(sentence)))
    })
  }

  test('udp through the relay: each datagram, and those that the relay lost', async () => {
    const page = await course.open('/atelier/udp/')
    const panel = await panelOf(page, 'udp')
    await panel.getByRole('button', { name: 'Paramètres' }).click()
    await panel.getByLabel('Nombre d’envois de ce message').fill('20')
    await page.keyboard.press('Escape')
    await freePorts(panel)
    await panel.locator('[data-action="relay"]').click()
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    // What the relay loses follows from its seed.
    const fate = sorts(relay.parameters.graine.default, { perte: 20, doublons: 0, desordre: 0 })
    const lost = Array.from({ length: 20 }, fate).filter((one) => one === 'perdu').length
    for (const [words, count] of [
      [/Émetteur envoie/, 20],
      [/Relais envoie.*à\sRécepteur/, 20 - lost],
      [/pas\sretransmis/, lost],
    ] as const) {
      await rowsIn(panel)
        .filter({ hasText: words })
        .nth(count - 1)
        .waitFor({ state: 'attached' })
      const said = await readAll(panel)
      assert.equal(said.filter((sentence) => words.test(sentence)).length, count, said.join('\n'))
    }
    const said = await readAll(panel)
    assert.ok(
      said.every((sentence) => !/perdu|hors du labo/.test(sentence)),
      said.join('\n'),
    )
  })
})
