/** « Ce qui tourne »: every live program is reached from every page that holds the token. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import {
  freePorts,
  launchRole,
  panelOf,
  portOf,
  roleOf,
  typeLine,
  useCourse,
  waitOutput,
  waitState,
} from './course.ts'

const course = useCourse()

async function launchServer(page: Page): Promise<number> {
  const panel = await panelOf(page, 'refus')
  await freePorts(panel)
  return portOf(await launchRole(panel, 'serveur'))
}

async function openList(page: Page) {
  await page.getByRole('button', { name: /programmes? en cours/ }).click()
  return page.getByRole('dialog', { name: 'Ce qui tourne' })
}

/** Resolves once nothing listens on a TCP port. */
async function refuses(port: number): Promise<void> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    const listens = await promise
    socket.destroy()
    if (!listens) return
  }
}

describe('what runs', () => {
  test('is in the header of every page, and absent when nothing runs', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    await page.locator('.pd-running').waitFor({ state: 'attached' })
    assert.equal(await page.locator('.pd-running').isVisible(), false)
    const port = await launchServer(page)
    const other = await course.open('/glossaire/', { beside: page })
    const list = await openList(other)
    await list.getByText(`écoute :${port}`).waitFor()
    await list.getByText('dans un autre onglet').waitFor()
    await (await openList(page)).getByText('cette page').waitFor()
  })

  test('a program whose tab was closed is listed with its end, and stopped from another page', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const port = await launchServer(page)
    const other = await course.open('/glossaire/', { beside: page })
    await page.close()
    const list = await openList(other)
    await list.getByText(/page fermée, fin dans \d+\ss/).waitFor()
    await list.getByRole('button', { name: 'Arrêter Serveur' }).click()
    await refuses(port)
    await other.locator('.pd-running').waitFor({ state: 'hidden' })
  })

  test('a program of a closed tab is taken up from another page, with its text and its keyboard', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const port = await launchServer(page)
    const other = await course.open('/glossaire/', { beside: page })
    await page.close()
    await (await openList(other)).getByRole('button', { name: 'Reprendre ici' }).click()
    const role = roleOf(await panelOf(other, 'refus'), 'serveur')
    await waitState(role, 'ready')
    assert.equal(await portOf(role), port)
    await typeLine(role, 'me revoici')
    await waitOutput(role, /me revoici/)
    assert.equal(await role.locator('[data-notice]').innerText(), '')
  })

  test('« Tout arrêter » leaves nothing', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const port = await launchServer(page)
    await (await openList(page)).getByRole('button', { name: 'Tout arrêter' }).click()
    await refuses(port)
    await page.locator('.pd-running').waitFor({ state: 'hidden' })
  })
})
