/** Every page is accessible, as far as axe sees. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { addresses, WHOLE } from './addresses.ts'
import { freePorts, panelOf, roleOf, useCourse, waitState } from './course.ts'

const course = useCourse()

/** Listings have the same colours everywhere: they are seen whole here, and their frames only elsewhere. */
const LISTINGS = '/chapitre-8/8-7/'
/** The whole course has the looks of its sections, which are seen there: the longest rules to try, on the longest page. */
const LOOKS = ['color-contrast', 'link-in-text-block', 'target-size']

async function violations(page: Page, rules: string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page: page as never })
  const { pathname } = new URL(page.url())
  if (pathname !== LISTINGS) axe.exclude('pre code')
  if (rules.length > 0) axe.withRules(rules)
  else if (pathname === WHOLE) axe.disableRules(LOOKS)
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** The pages, with one only of those that are made from the same template around other words. */
const templates = () =>
  addresses().filter((path, _, all) => {
    const [made] = /^\/(?:atelier|solutions)\//.exec(path) ?? []
    return !made || path === all.findLast((other) => other.startsWith(made))
  })

// The themes differ by their colours only: all the rules on one, contrast on the other.
for (const [theme, rules, paths] of [
  ['light', [], () => [...addresses(), WHOLE]],
  ['dark', ['color-contrast'], templates],
] as const) {
  test(`axe finds no violation on any page, ${theme} theme`, async () => {
    const found: string[] = []
    const page = await course.open('/', { theme })
    // The whole course in one page is long to open.
    page.setDefaultNavigationTimeout(120_000)
    for (const path of paths()) {
      await page.goto(`http://localhost:${course.runner.port}${path}`)
      found.push(...(await violations(page, [...rules])).map((violation) => `${path} ${violation}`))
    }
    assert.deepEqual(found, [])
  })
}

test('axe finds no violation in a panel whose programs run', async () => {
  const page = await course.open('/atelier/refus/')
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  await waitState(roleOf(panel, 'client-2'), 'ended')
  assert.deepEqual(await violations(page), [])
})
