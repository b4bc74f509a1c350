/** Arriving: a token that is pasted, lent, stale or refused a place, a script that does not come. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { freePorts, launchRole, panelOf, roleOf, useCourse, waitState } from './course.ts'

const course = useCourse()
const REFUSED = /WebSocket/

const address = (path: string) => `http://localhost:${course.runner.port}${path}`
const fragment = () => new URL(course.runner.url).hash
const STALE = `#jeton=${'z'.repeat(43)}`

/** Most that a page moves while it comes, as the browser measures it: beyond, a reader loses their place. */
const SHIFT = 0.1

/** Launches a program: the page has all it needs. */
async function launches(page: Page): Promise<void> {
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  await launchRole(panel, 'serveur')
}

describe('the token', () => {
  test('pasted in an open tab is taken, and leaves the address', async () => {
    const page = await course.open('/chapitre-8/8-6-7/', { token: false })
    await page.locator('section[data-lab="refus"]').scrollIntoViewIfNeeded()
    await page.locator('section[data-lab="refus"]').getByText('ne reconnaît pas cette page').waitFor()
    await page.evaluate((hash) => location.assign(hash), fragment())
    await launches(page)
    assert.equal(new URL(page.url()).hash, '')
  })

  test('in the address: a phone sees the lab come, and nothing jumps', async () => {
    const page = await course.open('/glossaire/', { token: false })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        shifts.push(...list.getEntries().map((entry) => (entry as unknown as { value: number }).value))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(`${address('/atelier/udp/')}${fragment()}`)
    await panelOf(page, 'udp')
    const moved = await page.evaluate(() =>
      (window as unknown as { shifts: number[] }).shifts.reduce((sum, shift) => sum + shift, 0),
    )
    assert.ok(moved < SHIFT, `${moved}`)
  })

  test('of yesterday: the page says to open the address of today', async () => {
    const page = await course.open(`/chapitre-8/8-6-7/${STALE}`, { token: false, tolerates: REFUSED })
    const panel = page.locator('section[data-lab="refus"]')
    await panel.scrollIntoViewIfNeeded()
    await panel.getByText('Rouvrez l’adresse qu’il a affichée').waitFor()
    assert.doesNotMatch(await panel.locator('.lab-offline').innerText(), /npm start|`/)
  })

  test('of yesterday is not lent; the one pasted there repairs the tabs that wait', async () => {
    const stale = await course.open(`/chapitre-8/8-6-7/${STALE}`, { token: false, tolerates: REFUSED })
    await stale.locator('html:not([data-runner])').waitFor()
    const waiting = await course.open('/chapitre-8/8-6-7/', { token: false, beside: stale })
    const third = await course.open('/glossaire/', { beside: stale })
    await waiting.locator('html[data-runner]').waitFor()
    await stale.locator('html[data-runner]').waitFor()
    await launches(waiting)
    await launches(stale)
    await third.getByRole('button', { name: '2 programmes en cours' }).waitFor()
  })

  test('of a tab that is right is lent to a new one', async () => {
    const first = await course.open('/glossaire/')
    await first.locator('.pd-running').waitFor({ state: 'attached' })
    const second = await course.open('/chapitre-8/8-6-7/', { token: false, beside: first })
    await launches(second)
  })

  test('is kept from page to page where the browser refuses all storage', async () => {
    const refuse = () => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, {
          configurable: true,
          get: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        })
      }
    }
    const page = await course.open('/glossaire/', { prepare: (page) => page.addInitScript(refuse) })
    assert.equal(new URL(page.url()).hash, '')
    await page.locator('html[data-theme="light"]').waitFor({ state: 'attached' })
    await page.getByRole('banner').getByLabel('Thème').selectOption('dark')
    await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' })
    await page.goto(address('/chapitre-8/8-6-7/'))
    await launches(page)
    await page.reload()
    await waitState(roleOf(await panelOf(page, 'refus'), 'serveur'), 'ready')
  })
})

test('a browser whose storage is full still changes the theme, without a complaint', async () => {
  const fill = () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  }
  const page = await course.open('/glossaire/', { prepare: (page) => page.addInitScript(fill) })
  await page.getByRole('banner').getByLabel('Thème').selectOption('dark')
  await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Contraste renforcé' }).click()
  await page.locator('html[data-contrast="more"]').waitFor({ state: 'attached' })
})

test('a script that does not come is said, and « Réessayer » brings it', async () => {
  let broken = true
  const page = await course.open('/chapitre-8/8-6-7/', {
    tolerates: /ERR_FAILED|Failed to fetch/,
    prepare: (page) =>
      page.route(/_astro\/panel\.[^/]*\.js/, (route) => (broken ? route.abort() : route.continue())),
  })
  const panel = page.locator('section[data-lab="refus"]')
  await panel.scrollIntoViewIfNeeded()
  await panel.getByText('n’a pas pu être chargée').waitFor()
  broken = false
  await panel.getByRole('button', { name: 'Réessayer' }).click()
  await launches(page)
})
