/** The demonstration over the whole screen: played by the keyboard, nothing outside the screen, no port in the way. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import type { Lab } from '../../labs/lab.ts'
import { holdFor } from '../exclusive.ts'
import {
  foreignPort,
  freePorts,
  panelOf,
  portOf,
  roleOf,
  serverElsewhere,
  setPorts,
  useCourse,
  waitOutput,
  waitState,
} from './course.ts'
import { lead, playTo, settled } from './demo.ts'

const course = useCourse()

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1440, height: 1000 },
]

async function labOf(id: string): Promise<Lab> {
  return (await import(`../../labs/${id}/lab.ts`)).default
}

/** What is seen, partly or wholly, outside the screen, or over another of the three rows. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const rows = ['.demo-top', '.lab-terminals', '.demo-bar'].map((selector) => {
      const row = document.querySelector<HTMLElement>(selector)!
      return { row, box: row.getBoundingClientRect() }
    })
    const wrong = rows
      .filter(({ box }) => box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight)
      .map(({ row }) => row.className)
    for (const { row, box } of rows) {
      for (const element of row.querySelectorAll('p, button, .role, .role-head, .role-screen')) {
        const { width, left, right, top, bottom } = element.getBoundingClientRect()
        const out =
          left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1
        if (width > 0 && out) wrong.push(`${element.className} ${element.textContent?.trim().slice(0, 40)}`)
      }
    }
    const shown = rows.map(({ box }) => Math.round(box.height))
    if (innerWidth > 1000 && (shown[0] !== 156 || shown[2] !== 56)) wrong.push(`rows of ${shown.join(', ')}`)
    return wrong
  })
}

describe('the whole demonstration, by the keyboard', () => {
  for (const [id, path] of [
    ['udp', '/chapitre-8/8-5-1/'],
    ['refus', '/chapitre-8/8-6-7/'],
    ['cadrage', '/atelier/cadrage/'],
    ['client-serveur-tcp', '/chapitre-8/8-6-3/'],
    ['multidiffusion', '/atelier/multidiffusion/'],
    ['ports', '/atelier/ports/'],
  ] as const) {
    test(`${id}: each press plays a step, and all stays on the screen`, async (t) => {
      const lab = await labOf(id)
      const { scenario } = lab
      t.after(await holdFor(lab))
      const page = await course.open(path)
      await page.setViewportSize(SIZES[0]!)
      const panel = await panelOf(page, id)
      await freePorts(panel)
      await panel.getByRole('button', { name: 'Démonstration' }).click()
      for (let rank = 1; rank <= scenario.length; rank += 1) {
        await playTo(page, rank)
        assert.deepEqual(await outside(page), [], `step ${rank}`)
      }
      await page.getByText('la démonstration est terminée').waitFor()
      assert.equal(await page.locator('.demo-segments > i:not(.played, .here)').count(), 0)
      await page.keyboard.press('Escape')
      await page.locator('[data-demo]').waitFor({ state: 'hidden' })
      assert.equal(await page.locator('[inert]').count(), 0)
    })
  }
})

test('« Présenter » opens it from the top of a section; the question takes the place of the sentence', async () => {
  for (const [index, theme] of (['light', 'dark'] as const).entries()) {
    const page = await course.open('/chapitre-8/8-6-7/', { theme })
    await page.setViewportSize(SIZES[index]!)
    await freePorts(await panelOf(page, 'refus'))
    await page.getByRole('button', { name: 'Présenter' }).click()
    await page.getByText('17 étapes').waitFor()
    // The class puts the cards in order: the accept before the two calls, then what it takes back.
    await settled(page)
    await page.keyboard.press('ArrowRight')
    await page.locator('[data-kind="ordered"]').waitFor({ state: 'attached' })
    assert.deepEqual(await outside(page), [])
    assert.deepEqual(await violations(page), [])
    const cards = page.locator('.demo-cards button')
    assert.equal(await cards.count(), 6)
    const refused = cards.filter({ hasText: 'connexion refusée' })
    for (const card of [
      refused,
      cards.filter({ hasText: 'accepte' }),
      cards.filter({ hasText: /Client\s1\sse\sconnecte/ }),
      cards.filter({ hasText: /Client\s2\sse\sconnecte/ }),
      refused,
    ])
      await card.click()
    assert.deepEqual(await cards.locator('i').allTextContents(), ['2e', '3e', '1er'])
    await page.keyboard.press('ArrowRight')
    await lead(page).getByText('Étape 1', { exact: true }).waitFor()
    for (let rank = 2; rank <= 3; rank += 1) await playTo(page, rank)
    await page.keyboard.press('ArrowRight')
    await lead(page).getByText('Avant de continuer').waitFor()
    assert.equal(await page.locator('.demo-cards button').count(), 3)
    assert.ok((await page.locator('.demo-cards button').first().boundingBox())!.height >= 56)
    await page.getByRole('button', { name: 'Lancer l’étape' }).waitFor()
    assert.equal(await page.locator('.role[data-current]').getAttribute('data-role'), 'client-2')
    assert.deepEqual(await outside(page), [])
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('b')
    await page.keyboard.press('ArrowRight')
    await lead(page).getByText('la classe avait répondu B').waitFor()
    // Its order lies beside the figure: of six, the card that does not happen alone is where it was expected.
    await lead(page)
      .getByText(/cartes\s:\s1\ssur\s6\sà\ssa\splace/)
      .waitFor()
    await page.locator('.wire-order li[data-state="different"]').nth(4).waitFor()
    assert.deepEqual(await outside(page), [])
    assert.deepEqual(await violations(page), [])
    const columns = await page
      .locator('.role-host .xterm-rows')
      .evaluateAll((all) => all.map((rows) => rows.getBoundingClientRect().width / 0.6))
    const size = await page
      .locator('.role-host')
      .first()
      .evaluate((host) => getComputedStyle(host).fontSize)
    for (const width of columns) assert.ok(width / Number.parseFloat(size) >= 60, `${width} at ${size}`)
  }
})

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('« Précédent » shows what was said, and plays nothing again', async () => {
  const page = await course.open('/chapitre-8/8-6-7/')
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  await panel.getByRole('button', { name: 'Démonstration' }).click()
  await playTo(page, 1)
  await playTo(page, 2)
  const before = await panel.locator('.lab-terminals').innerText()
  await page.keyboard.press('ArrowLeft')
  await lead(page).getByText('ne reviennent pas en arrière').waitFor()
  await page.getByText('Le serveur écoute. Il n’a qu’une place.').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByText('Le premier client prend la place.').waitFor()
  assert.equal(await panel.locator('.lab-terminals').innerText(), before)
})

describe('a port that is held', () => {
  test('by a program of the course, elsewhere: it is ended before the first step, which says so', async () => {
    const { page: elsewhere, holder, port } = await serverElsewhere(course)
    const page = await course.open('/chapitre-8/8-6-7/', { beside: elsewhere })
    await demonstrateOn(page, port)
    await lead(page).getByText(`le port ${port} est libre`).waitFor()
    await waitState(holder, 'ended')
    await playTo(page, 1)
    assert.equal(await portOf(roleOf(page.locator('section[data-lab="refus"]'), 'serveur')), port)
  })

  test('by a foreign program: it is named, and a free port lets the demonstration go on', async () => {
    using foreign = await foreignPort()
    const { port } = foreign
    const page = await course.open('/chapitre-8/8-6-7/')
    await demonstrateOn(page, port)
    await settled(page)
    // The cards first.
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.getByText(`Le port ${port} est déjà pris par un programme étranger au cours`).waitFor()
    assert.deepEqual(await outside(page), [])
    await page.locator('.demo-cards').getByRole('button', { name: 'Lancer sur un port libre' }).click()
    await lead(page).getByText('Étape 1', { exact: true }).waitFor()
    await settled(page)
    await playTo(page, 2)
    await waitOutput(roleOf(page.locator('section[data-lab="refus"]'), 'client-1'), /BIENVENUE/)
  })
})

async function demonstrateOn(page: Page, port: number): Promise<void> {
  const panel = await panelOf(page, 'refus')
  await setPorts(panel, port)
  await panel.getByRole('button', { name: 'Démonstration' }).click()
}
