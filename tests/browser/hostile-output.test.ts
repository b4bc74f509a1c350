/** A program may print anything: nothing of it reaches beyond its terminal. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { panelOf, roleOf, useCourse, waitOutput, waitState } from './course.ts'

const course = useCourse({ labsDir: join(import.meta.dirname, 'hostile-labs') })

/** What the program says it was sent, last. */
function lastSent(text: string): string {
  return text
    .replace(/\s/g, '')
    .match(/\[".*?"\]/g)!
    .at(-1)!
}

test('A13 A14 A15 A16 A25: titles, clipboard, links, markup and queries printed by a program leave the page as it is', async () => {
  const page = await course.open('/chapitre-8/8-6-7/')
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.evaluate(() => navigator.clipboard.writeText('à moi'))
  const title = await page.title()
  const server = roleOf(await panelOf(page, 'refus'), 'serveur')
  const rows = server.locator('.xterm-rows')
  await server.getByRole('button', { name: 'Lancer', exact: true }).click()
  await waitState(server, 'ready')

  await waitOutput(server, /<img src=x onerror="document.title=1">/)
  // The answer to the last query: a program that asks is answered.
  await waitOutput(server, /\[0n"\]/)
  const answers = lastSent(await rows.innerText())

  await rows.getByText('LIEN-PIEGE').click({ force: true })
  await page.keyboard.type('x')
  await waitOutput(server, /\[0nx"\]/)
  assert.equal(await page.title(), title)
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'à moi')
  assert.equal(await rows.locator('img').count(), 0)
  assert.equal(page.context().pages().length, 1)
  assert.deepEqual(dialogs, [])

  await page.reload()
  const again = roleOf(await panelOf(page, 'refus'), 'serveur')
  await waitState(again, 'ready')
  await waitOutput(again, /\[0nx"\]/)
  await again.locator('.xterm').click()
  await page.keyboard.type('y')
  await waitOutput(again, /xy"\]/)
  const sent = lastSent(await again.locator('.xterm-rows').innerText())
  assert.equal(sent, answers.replace('"]', 'xy"]'), 'a query shown again was answered again')
  assert.equal(await page.title(), title)
})
