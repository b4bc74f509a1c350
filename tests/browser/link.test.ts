/** The link of the pages with the runner: cut, silent, gone, and found again. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  type Course,
  launchRole,
  openLab,
  roleOf,
  typeLine,
  useCourse,
  waitOutput,
  waitState,
} from './course.ts'

const course = useCourse({ wired: true })
const CUT = /WebSocket|ERR_/

async function openServed(course: Course) {
  const { page, panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus', { tolerates: CUT })
  await launchRole(panel, 'serveur')
  const client = await launchRole(panel, 'client-1')
  await waitOutput(client, /BIENVENUE/)
  return { page, panel, client }
}

describe('a link that is cut', () => {
  test('is made again: what was typed meanwhile arrives once, the sentence says so and leaves', async () => {
    const { client } = await openServed(course)
    // The sentence leaves by itself, maybe before the answer is seen.
    const back = client.getByText('Reconnecté').waitFor()
    course.wire.cut()
    await typeLine(client, 'pendant la coupure')
    await waitOutput(client, /Message reçu sur le serveur : pendant la coupure/)
    const text = await client.locator('.xterm-rows').innerText()
    assert.equal(text.match(/BIENVENUE/g)?.length, 1, 'a line was doubled')
    await back
    await client.getByText('Reconnecté').waitFor({ state: 'detached' })
  })

  test('with a program that ends meanwhile: « terminé », and no other sentence', async () => {
    const { client } = await openServed(course)
    await client.locator('.xterm').click()
    await client.page().keyboard.press('Control+d')
    course.wire.cut()
    await waitState(client, 'ended')
    assert.equal(await client.locator('[data-notice]').innerText(), '')
    await client.locator('.xterm').click()
    await client.page().keyboard.press('x')
    await client.getByText('Ce programme est terminé').waitFor()
  })
})

test('a silent runner: the page says that the keys are kept, then they arrive', async () => {
  const { client } = await openServed(course)
  course.wire.hold(true)
  await typeLine(client, 'dans le vide')
  await client.getByText('ce que vous tapez est gardé').waitFor()
  course.wire.hold(false)
  await waitOutput(client, /Message reçu sur le serveur : dans le vide/)
  await client.getByText('ce que vous tapez est gardé').waitFor({ state: 'detached' })
})

describe('a runner that is restarted', () => {
  test('is said to want its new address, and the address pasted repairs the page', async () => {
    const { page, panel, client } = await openServed(course)
    await course.restart()
    await waitState(client, 'ended')
    await page.locator('html:not([data-runner])').waitFor()
    await panel.locator('.lab-offline').getByText('ne reconnaît pas cette page').waitFor()
    await page.evaluate((hash) => location.assign(hash), new URL(course.runner.url).hash)
    const server = roleOf(panel, 'serveur')
    await server.getByRole('button', { name: 'Relancer' }).click()
    await waitState(server, 'ready')
  })

  test('a runner that does not answer is told as such, above the terminal, and not as a program that ended', async () => {
    const { panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus', { tolerates: CUT })
    course.wire.target = 1
    course.wire.cut()
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    const server = roleOf(panel, 'serveur')
    await server.getByText('Le lanceur ne répond pas').waitFor()
    assert.equal(await panel.getByText('terminé avant d’être prêt').count(), 0)
    const [notice, screen] = [server.locator('[data-notice]'), server.locator('.role-blank')]
    const { y, height } = (await notice.boundingBox())!
    assert.ok(y >= 0 && y + height <= 900, 'the sentence is in view')
    assert.ok(y < (await screen.boundingBox())!.y, 'it stands above the terminal')
    course.wire.target = course.runner.port
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await waitOutput(roleOf(panel, 'client-1'), /BIENVENUE/)
  })
})
