/** Launching: however it is asked, one program starts, and the page that started it finds it role. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JSHandle, Page } from 'playwright-core'
import {
  freePorts,
  openLab,
  panelOf,
  placesOf,
  portOf,
  roleOf,
  typeLine,
  useCourse,
  waitOutput,
  waitState,
} from './course.ts'
import { rowOf } from './figure.ts'

const course = useCourse()

/** The server of `refus`, in a page where every port is free. */
async function server(page: Page) {
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  return roleOf(panel, 'serveur')
}

/** The sessions that the server's pane will show from now on. */
function sessionsOf(page: Page): Promise<JSHandle<Set<string>>> {
  return page.evaluateHandle(() => {
    const seen = new Set<string>()
    const pane = document.querySelector<HTMLElement>('[data-role="serveur"]')!
    new MutationObserver(() => pane.dataset.session && seen.add(pane.dataset.session)).observe(pane, {
      attributeFilter: ['data-session'],
    })
    return seen
  })
}

/** How many programs the header says that run. */
async function counts(page: Page, count: number): Promise<void> {
  await page.locator('.pd-running .count').getByText(String(count), { exact: true }).waitFor()
}

describe('one program, however it is asked', () => {
  test('a double click on « Lancer », then on « Relancer », says nothing and leaves one program', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const role = await server(page)
    await role.getByRole('button', { name: 'Lancer', exact: true }).dblclick()
    await waitState(role, 'ready')
    const sessions = await sessionsOf(page)
    await role.getByRole('button', { name: 'Relancer' }).dblclick()
    await page.waitForFunction((seen) => seen.size > 0, sessions)
    await waitState(role, 'ready')
    assert.equal(await page.evaluate((seen) => seen.size, sessions), 1)
    assert.equal(await role.locator('[data-notice]').innerText(), '')
    await counts(page, 1)
  })

  test('a double click on « Tout lancer » launches all, and stops nothing', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const panel = await panelOf(page, 'refus')
    await freePorts(panel)
    await panel.getByRole('button', { name: 'Tout lancer' }).dblclick()
    await waitState(roleOf(panel, 'client-2'), 'ended')
    for (const role of ['serveur', 'client-1']) await waitState(roleOf(panel, role), 'ready')
  })

  test('Enter held down on « Relancer » starts one program', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const role = await server(page)
    await role.getByRole('button', { name: 'Lancer', exact: true }).click()
    await waitState(role, 'ready')
    await role.getByRole('button', { name: 'Relancer' }).focus()
    const sessions = await sessionsOf(page)
    for (let presses = 0; presses < 20; presses += 1) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await page.waitForFunction((seen) => seen.size > 0, sessions)
    await waitState(role, 'ready')
    assert.equal(await page.evaluate((seen) => seen.size, sessions), 1)
    assert.equal(await role.locator('[data-notice]').innerText(), '')
    await counts(page, 1)
  })

  test('a reload at any moment of a launch finds the program, or none runs', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    let role = await server(page)
    for (const delay of [0, 20, 40, 60]) {
      await role.getByRole('button', { name: 'Lancer', exact: true }).click()
      await page.waitForTimeout(delay) // The subject: where the launch stands when the page goes.
      await page.reload()
      role = roleOf(await panelOf(page, 'refus'), 'serveur')
      await page.locator('lab-panel[data-id="refus"][data-followed]').waitFor()
      if ((await role.getAttribute('data-session')) !== null) {
        await waitState(role, 'ready')
        await counts(page, 1)
        await role.getByRole('button', { name: 'Arrêter' }).click()
        await waitState(role, 'ended')
      }
      await page.locator('.pd-running').waitFor({ state: 'hidden' })
    }
  })
})

describe('nothing moves after the click that launches: the next button is where it was aimed at', () => {
  for (const { path, lab, width } of [
    { path: '/chapitre-8/8-6-7/', lab: 'refus', width: 1280 },
    { path: '/chapitre-8/8-6-7/', lab: 'refus', width: 1920 },
    { path: '/chapitre-8/8-6-3/', lab: 'client-serveur-tcp', width: 1440 },
  ]) {
    for (const button of ['Lancer', 'Tout lancer']) {
      test(`${lab}, « ${button} », ${width} px wide`, async () => {
        const { page, panel } = await openLab(course, path, lab, { width })
        await panel.getByRole('button', { name: button, exact: true }).first().click()
        await panel
          .locator('[data-role][data-state="starting"], [data-role][data-state="ready"]')
          .first()
          .waitFor()
        const before = await placesOf(panel)
        const last = panel.locator('[data-role]').nth(button === 'Lancer' ? 0 : 1)
        await waitState(last, 'ready')
        await rowOf(panel, /écoute|se connecte/).waitFor({ state: 'attached' })
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        )
        assert.deepEqual(await placesOf(panel), before)
      })
    }
  }
})

describe('a duplicated tab', () => {
  /** What the browser does when a tab is duplicated: the same address, with a copy of what the tab remembers. */
  async function duplicate(page: Page): Promise<Page> {
    const [copy] = await Promise.all([
      page.context().waitForEvent('page'),
      page.evaluate(() => void open(location.href)),
    ])
    return copy
  }

  test('looks, takes the keyboard when asked, and gives it back', async () => {
    const first = await course.open('/chapitre-8/8-6-7/')
    const role = await server(first)
    await role.getByRole('button', { name: 'Lancer', exact: true }).click()
    await waitState(role, 'ready')
    const port = await portOf(role)

    const second = await duplicate(first)
    const copy = roleOf(await panelOf(second, 'refus'), 'serveur')
    await waitState(copy, 'ready')
    assert.equal(await portOf(copy), port)
    await copy.getByText('commandé depuis un autre onglet').waitFor()
    assert.equal(await role.locator('[data-notice]').innerText(), '')

    await copy.getByRole('button', { name: 'Reprendre ici' }).click()
    await role.getByText('commandé depuis un autre onglet').waitFor()
    await copy.getByText('commandé depuis un autre onglet').waitFor({ state: 'detached' })
    await typeLine(copy, 'du second')
    await waitOutput(role, /du second/)

    await role.getByRole('button', { name: 'Reprendre ici' }).click()
    await copy.getByText('commandé depuis un autre onglet').waitFor()
    await typeLine(role, 'du premier')
    await waitOutput(copy, /du premier/)
  })

  test('launching there never ends the program of the first', async () => {
    const first = await course.open('/chapitre-8/8-6-7/')
    const role = await server(first)
    await role.getByRole('button', { name: 'Lancer', exact: true }).click()
    await waitState(role, 'ready')
    const second = await duplicate(first)
    const panel = await panelOf(second, 'refus')
    const copy = roleOf(panel, 'serveur')
    await copy.getByText('commandé depuis un autre onglet').waitFor()
    await freePorts(panel)
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await waitState(roleOf(panel, 'client-1'), 'ready', 'running')
    assert.notEqual(await portOf(copy), await portOf(role))
    await waitState(role, 'ready')
  })
})
