/** A page where nothing happens does nothing, and a key costs its terminal only. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { framesWhenIdle, mostStyled } from '../../bench/idle.ts'
import { freePorts, panelOf, roleOf, useCourse, waitOutput, waitState } from './course.ts'

const course = useCourse()

/** How long the page is watched, in s; and how many frames the watching itself may cost. */
const WATCHED = 5
const TOLERATED = 4

test('no frame while programs wait, with the keyboard in a terminal', async () => {
  const page = await course.open('/chapitre-8/8-6-7/')
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  await waitOutput(roleOf(panel, 'client-1'), /BIENVENUE/)
  await waitState(roleOf(panel, 'client-2'), 'ended')
  await roleOf(panel, 'client-1').locator('.xterm').click()
  await page.locator('.xterm.focus').waitFor()
  const frames = await framesWhenIdle(page, WATCHED)
  assert.ok(frames <= TOLERATED, `${frames} frames in ${WATCHED} s`)
})

/** Elements that a key may style: the rows of its terminal, and what stands around it. */
const STYLED = 250

for (const path of ['/chapitre-8/8-6-7/', '/atelier/refus/']) {
  test(`a key styles its terminal, not the page: ${path}`, async () => {
    const page = await course.open(path)
    const panel = await panelOf(page, 'refus')
    await freePorts(panel)
    const server = roleOf(panel, 'serveur')
    await server.getByRole('button', { name: 'Lancer', exact: true }).click()
    await waitOutput(server, /Serveur lancé/)
    await server.locator('.xterm').click()
    const styled = await mostStyled(page, async () => {
      for (const key of 'abc') await page.keyboard.press(key)
      await waitOutput(server, /abc/)
    })
    assert.ok(styled > 0 && styled <= STYLED, `${styled} elements`)
  })
}
