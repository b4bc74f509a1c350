/** The cards of « Prédire »: put in order by the keyboard or a drag, kept, then laid beside what the figure has seen. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { openLab, panelOf, useCourse } from './course.ts'

const course = useCourse()

const [FIRST, SECOND, ACCEPTED, TOLD, ENDED, REFUSED] = [
  'Client 1 se connecte',
  'Client 2 se connecte',
  'Serveur accepte Client 2',
  'Client 2 reçoit « OCCUPÉ »',
  'Client 2 voit la fin de la connexion',
  'Client 2 : connexion refusée',
] as const

/** As read: what is composed has no-break spaces. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

/** The cards from top to bottom, the line among them. */
async function cardsOf(panel: Locator): Promise<string[]> {
  const all = await panel
    .locator('[data-order-cards] > li')
    .evaluateAll((items) => items.map((item) => item.querySelector('.order-words')?.textContent ?? '—'))
  return all.map(plain)
}

const cardOf = (panel: Locator, words: string) =>
  panel.locator('[data-order-cards] > li').filter({ hasText: new RegExp(words.replaceAll(' ', '\\s')) })

/** With arrow keys only. */
async function arrange(page: Page, panel: Locator, wanted: readonly string[]): Promise<void> {
  for (const [at, words] of wanted.entries()) {
    for (;;) {
      const now = (await cardsOf(panel)).indexOf(words)
      if (now === at) break
      if (words === '—') await arrangeUp(page, panel, (await cardsOf(panel))[now - 1]!, 'ArrowDown')
      else await arrangeUp(page, panel, words, 'ArrowUp')
    }
  }
}

async function arrangeUp(page: Page, panel: Locator, words: string, key: string): Promise<void> {
  await cardOf(panel, words).locator('button').first().focus()
  await page.keyboard.press(key)
  assert.equal(
    plain(
      await page.evaluate(
        () => document.activeElement?.closest('li')?.querySelector('.order-words')?.textContent ?? '',
      ),
    ),
    words,
    'the card keeps the keyboard',
  )
}

/** What stands beside the figure, card by card. */
async function comparedOf(panel: Locator): Promise<string[]> {
  return (await panel.locator('[data-order-list] > li').allInnerTexts()).map(plain)
}

async function violations(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page: page as never }).include('lab-panel')
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('refus: a wrong order is laid beside the figure, difference by difference, and kept', async () => {
  const { page, panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus')
  const next = panel.getByRole('button', { name: 'Consigne suivante' })
  await next.click()
  await next.click()
  await panel.getByRole('button', { name: 'Mettre les cartes dans l’ordre' }).click()
  const said = panel.locator('[data-order-said]')

  // A drag, then the keyboard.
  const before = await cardsOf(panel)
  assert.notDeepEqual(before, [FIRST, SECOND, ACCEPTED, TOLD, ENDED, REFUSED, '—'], 'the answer is not given')
  const [from, to] = await Promise.all(
    [before[0]!, before[2]!].map((words) => cardOf(panel, words).boundingBox()),
  )
  await page.mouse.move(from!.x + 60, from!.y + from!.height / 2)
  await page.mouse.down()
  await page.mouse.move(to!.x + 60, to!.y + to!.height - 4, { steps: 8 })
  await page.mouse.up()
  assert.deepEqual((await cardsOf(panel)).slice(0, 3), [before[1], before[2], before[0]])
  assert.match(plain(await said.innerText()), / : 3e sur 6$/)
  await arrange(page, panel, [SECOND, FIRST, ACCEPTED, TOLD, ENDED, '—', REFUSED])
  assert.equal(plain(await said.innerText()), `${REFUSED} : n’aura pas lieu`)
  assert.deepEqual(await violations(page), [])

  await panel.getByRole('button', { name: 'C’est mon ordre' }).press('Enter')
  await panel.locator('[data-order-said]:focus', { hasText: /Votre\sordre\sest\snoté/ }).waitFor()
  assert.equal(
    await cardOf(panel, FIRST).locator('button').first().isVisible(),
    false,
    'it no longer changes',
  )
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  const score = panel.locator('[data-order-score]')
  await score.filter({ hasText: /4\ssur\s6/ }).waitFor()
  assert.deepEqual(await comparedOf(panel), [
    `1. ${SECOND} ✕ prévu 1er, vu 2e`,
    `2. ${FIRST} ✕ prévu 2e, vu 1er`,
    `3. ${ACCEPTED} ✓ vu 3e`,
    `4. ${TOLD} ✓ vu 4e`,
    `5. ${ENDED} ✓ vu 5e`,
    `– ${REFUSED} ✓ pas vu`,
  ])

  // Each card shows its row, at a level where it has one.
  await panel.getByRole('button', { name: 'Service', exact: true }).click()
  for (const [words, row] of [
    [ACCEPTED, /Client\s2\sse\sconnecte|Serveur\saccepte/],
    [TOLD, /OCCUPÉ|reçoit\s7/],
  ] as const) {
    await panel
      .locator('[data-order-list] button', { hasText: new RegExp(words.replaceAll(' ', '\\s')) })
      .press('Enter')
    await panel
      .locator('.wire [aria-selected="true"] .hidden-word', { hasText: row })
      .waitFor({ state: 'attached' })
  }
  assert.deepEqual(await violations(page), [])

  await panel.getByRole('button', { name: 'Tout arrêter' }).click()
  await panel
    .locator('[data-order-list] > li')
    .filter({ hasText: /n’a\spas\seu\slieu/ })
    .waitFor()
  await panel.locator('[data-beat="predict"]').click()
  await page.reload()
  const again = await panelOf(page, 'refus')
  await again.getByRole('button', { name: 'Tout voir' }).click()
  await again.locator('.order[data-kept]').waitFor()
  assert.deepEqual(await cardsOf(again), [SECOND, FIRST, ACCEPTED, TOLD, ENDED, '—', REFUSED])
})
