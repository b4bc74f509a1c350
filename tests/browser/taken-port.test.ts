/** A port that another program holds: the pane names the holder and offers a way on, with the roles that wait. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import {
  foreignPort,
  panelOf,
  portOf,
  roleOf,
  serverElsewhere,
  setPorts,
  useCourse,
  waitOutput,
  waitState,
} from './course.ts'

const course = useCourse()

/** A lab whose server asks for a port that the program of another lab, in another tab, holds. */
async function meetOurs(): Promise<{ panel: Locator; holder: Locator; port: number }> {
  const { page: elsewhere, holder, port } = await serverElsewhere(course)
  const page = await course.open('/chapitre-8/8-6-7/', { beside: elsewhere })
  return { panel: await askFor(page, port), holder, port }
}

async function askFor(page: Page, port: number): Promise<Locator> {
  const panel = await panelOf(page, 'refus')
  await setPorts(panel, port)
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  await panel.getByText(`Le port ${port} est déjà pris`, { exact: true }).waitFor()
  return panel
}

describe('a port held by a program of the course', () => {
  test('names it; « L’arrêter et relancer ici » frees the port and launches what waits', async () => {
    const { panel, holder, port } = await meetOurs()
    await panel
      .getByText(/par «\sServeur\s» du labo «\s.+\s» \(8\.6\.3\), lancé il y a .+, dans un autre onglet/)
      .waitFor()
    await roleOf(panel, 'client-1').getByText('attend Serveur').waitFor()
    await panel.getByRole('button', { name: 'L’arrêter et relancer ici' }).click()
    await waitState(holder, 'ended')
    const server = roleOf(panel, 'serveur')
    await waitState(server, 'ready')
    assert.equal(await portOf(server), port)
    await waitOutput(roleOf(panel, 'client-1'), /BIENVENUE/)
  })

  test('« Lancer sur un port libre » leaves it, and the clients follow', async () => {
    const { panel, holder, port } = await meetOurs()
    await panel.getByRole('button', { name: 'Lancer sur un port libre' }).click()
    const server = roleOf(panel, 'serveur')
    await waitState(server, 'ready')
    assert.notEqual(await portOf(server), port)
    await waitOutput(roleOf(panel, 'client-1'), /BIENVENUE/)
    await waitState(holder, 'ready')
  })
})

test('a port held by a foreign program: how to find it, and a free port', async () => {
  using foreign = await foreignPort()
  const { port } = foreign
  // Where its pane is lowest.
  const panel = await askFor(await course.open('/atelier/refus/'), port)
  await panel.getByText('par un programme étranger au cours').waitFor()
  await panel.locator('[data-notice] code').getByText(String(port)).waitFor()
  const notice = panel.locator('.role-notice:not(:empty)')
  assert.ok(await notice.evaluate((words) => words.scrollHeight <= words.clientHeight), 'it is cut')
  assert.equal(await panel.getByRole('button', { name: 'L’arrêter et relancer ici' }).count(), 0)
  await panel.getByRole('button', { name: 'Lancer sur un port libre' }).click()
  await waitOutput(roleOf(panel, 'client-1'), /BIENVENUE/)
})
