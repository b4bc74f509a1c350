/** The atelier: the lab is the page. The terminals take all the height, and the sizes that one chose are found again. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { freePorts, panelOf, roleOf, useCourse, waitState } from './course.ts'

const course = useCourse()

async function atelier(lab: string, width: number, height: number, theme: 'light' | 'dark' = 'light') {
  const page = await course.open(`/atelier/${lab}/`, { width, theme })
  await page.setViewportSize({ width, height })
  return { page, panel: await panelOf(page, lab) }
}

const boxOf = async (page: Page, selector: string) => (await page.locator(selector).first().boundingBox())!

describe('the room', () => {
  for (const [width, height, side] of [
    [1440, 900, 364],
    [1920, 1080, 520],
  ] as const) {
    test(`${width}: a bar of 48 px, what there is to do over ${side} px, terminals down to the edge`, async () => {
      const { page } = await atelier('refus', width, height)
      const bar = await boxOf(page, '.lab-head')
      assert.deepEqual([bar.y, bar.height, bar.width], [0, 48, width])
      const terminals = await boxOf(page, '.lab-terminals')
      assert.equal(terminals.y, 48)
      assert.equal(terminals.y + terminals.height, height)
      assert.equal(terminals.x + terminals.width, width)
      assert.equal((await boxOf(page, '.lab-all')).width, side)
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollHeight),
        height,
        'the page scrolls',
      )
      const titles = await page
        .getByText('Complet', { exact: false })
        .evaluateAll(
          (all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1).length,
        )
      assert.equal(titles, 1, 'the title is said once')
    })
  }

  test('from 1024 px, the bar holds its title, whole, and all its buttons while a program runs', async () => {
    const { page, panel } = await atelier('datagramme', 1024, 700)
    await freePorts(panel)
    await roleOf(panel, 'recepteur').getByRole('button', { name: 'Lancer', exact: true }).click()
    await panel.locator('.pd-running').waitFor()
    for (const width of [1024, 1190, 1210, 1350, 1370]) {
      await page.setViewportSize({ width, height: 700 })
      const { x, width: wide } = (await panel.locator('.lab-tools > .icon').last().boundingBox())!
      assert.ok(x + wide <= width, `${width}: the last button ends at ${x + wide}`)
      const title = panel.locator('.lab-title')
      const { clientWidth, scrollWidth, clientHeight, scrollHeight } = await title.evaluate(
        ({ clientWidth, scrollWidth, clientHeight, scrollHeight }) => ({
          clientWidth,
          scrollWidth,
          clientHeight,
          scrollHeight,
        }),
      )
      assert.ok(
        scrollWidth <= clientWidth + 1 && scrollHeight <= clientHeight + 1,
        `${width}: the title is cut`,
      )
      assert.ok(scrollHeight <= 48, `${width}: the title is ${scrollHeight} px high`)
    }
  })

  test('five roles: those that speak are read whole, the silent ones by their last line', async () => {
    const { page, panel } = await atelier('ports', 1440, 900)
    await freePorts(panel)
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await waitState(roleOf(panel, 'mini-web'), 'ready')
    const boxes = await page.locator('.role').evaluateAll((all) =>
      all.map((role) => {
        const { width, height, right, bottom } = role.getBoundingClientRect()
        const least = role.hasAttribute('data-folded') ? 60 : 160
        const inside = right <= innerWidth + 1 && bottom <= innerHeight + 1
        return { width, height, least, inside }
      }),
    )
    assert.equal(boxes.length, 5)
    for (const { width, height, least, inside } of boxes) {
      assert.ok(inside && height >= least && width >= 400, JSON.stringify(boxes))
    }
    assert.ok(boxes.filter(({ least }) => least === 160).length >= 3, 'three at least are open')
  })

  test('a phone has the panel of a section', async () => {
    const { page } = await atelier('refus', 390, 844)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
    assert.equal(await page.locator('[data-splitter]').isVisible(), false)
    assert.equal(await page.locator('header.header').isVisible(), true)
  })
})

describe('the splitter', () => {
  test('is dragged, moved by keys, remembered, and put back', async () => {
    const { page } = await atelier('refus', 1440, 900)
    const splitter = page.locator('[data-splitter]')
    const width = async () => (await boxOf(page, '.lab-all')).width
    await page.mouse.move(364.5, 500)
    await page.mouse.down()
    await page.mouse.move(450, 500, { steps: 4 })
    await page.mouse.up()
    assert.ok(Math.abs((await width()) - 450) <= 2, `${await width()}`)
    await page.keyboard.press('ArrowRight')
    const chosen = await width()
    assert.ok(chosen > 460)
    assert.equal(await splitter.getAttribute('aria-valuenow'), String(chosen))
    await page.goto(`http://localhost:${course.runner.port}/atelier/udp/`)
    await panelOf(page, 'udp')
    assert.equal(await width(), chosen, 'the size is forgotten')
    await splitter.focus()
    await page.keyboard.press('Delete')
    assert.equal(await width(), 364)
  })
})

test('from 1800 px, the exercises of the lab at the foot: each opens, and says whether it is done', async () => {
  const { page, panel } = await atelier('refus', 1920, 1080)
  const list = page.getByRole('navigation', { name: 'Exercices de ce labo' })
  const last = list.getByRole('button').last()
  const id = await last.getAttribute('data-exercise')
  await last.click()
  const box = panel.locator(`[data-list="create"][value="${id}"]`)
  await box.check()
  await last.locator('.pd-mark[data-done="done"]').waitFor()
  await list.getByText(/^1 sur \d$/).waitFor()
  const foot = (await list.boundingBox())!
  assert.ok(foot.y + foot.height <= 1080)
})

test('axe finds nothing while programs run, light and dark', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const { page, panel } = await atelier('refus', 1440, 900, theme)
    await freePorts(panel)
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await waitState(roleOf(panel, 'client-2'), 'ended')
    const { violations } = await new AxeBuilder({ page: page as never }).analyze()
    assert.deepEqual(
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
      [],
    )
    await panel.getByRole('button', { name: 'Tout arrêter' }).click()
  }
})
