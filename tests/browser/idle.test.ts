/** A page where nothing happens does nothing: no frame is committed while a program waits. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { freePorts, panelOf, roleOf, useCourse, waitOutput, waitState } from './course.ts'

const course = useCourse()

/** How long the page is watched, in ms; and how many frames the watching itself may cost. */
const WATCHED = 5_000
const TOLERATED = 4

/** The frames that a page commits while nobody does anything. */
async function framesWhenIdle(page: Page): Promise<number> {
  const browser = page.context().browser()!
  await browser.startTracing(page, { categories: ['devtools.timeline'] })
  await setTimeout(WATCHED)
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: { name: string }[]
  }
  assert.ok(traceEvents.length > 0, 'nothing was traced')
  return traceEvents.filter(({ name }) => name === 'Commit').length
}

test('no frame while programs wait, with the keyboard in a terminal', async () => {
  const page = await course.open('/chapitre-8/8-6-7/')
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  await waitOutput(roleOf(panel, 'client-1'), /BIENVENUE/)
  await waitState(roleOf(panel, 'client-2'), 'ended')
  await roleOf(panel, 'client-1').locator('.xterm').click()
  await page.locator('.xterm.focus').waitFor()
  const frames = await framesWhenIdle(page)
  assert.ok(frames <= TOLERATED, `${frames} frames in ${WATCHED} ms`)
})
