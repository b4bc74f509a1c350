/** « Le fil » of programs that never stop sending: the page answers meanwhile, and says what it grouped or did not keep. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { longRecording } from '../../bench/long-recording.ts'
import { ROOT } from '../../scripts/build.ts'
import { launchRole, openLab, typeLine, useCourse, waitState } from './course.ts'
import { openRecording, rowOf, rowsIn } from './figure.ts'

const course = useCourse({ labsDir: join(ROOT, 'bench', 'load') })

test('under load the page answers, and what is grouped is said', async () => {
  const { panel } = await openLab(course, '/atelier/refus/', 'refus')
  await launchRole(panel, 'serveur')
  const level = (name: string) => panel.getByRole('button', { name, exact: true })
  for (const load of ['tcp 1000000', 'udp 100000000']) {
    const client = await launchRole(panel, 'client-1')
    await typeLine(client, load)
    await rowOf(panel, /Client\s1\senvoie\s[\d\s]+\senvois\sà\sServeur/).waitFor()
    await rowOf(panel, /Serveur\s:\s[\d\s]+\sréceptions/).waitFor()
    await panel.locator('[data-wire-counts]', { hasText: /appels\sregroupés/ }).waitFor()
    for (const name of ['Service', 'Octets', 'Événements']) {
      await level(name).click()
      await panel.locator('[data-wire-level][aria-pressed="true"]', { hasText: name }).waitFor()
    }
    await waitState(client, 'ready')
    await client.getByRole('button', { name: 'Arrêter', exact: true }).click()
    await waitState(client, 'ended')
    await rowOf(panel, /Client\s1\sterminé/).waitFor()
  }
})

test('what a figure does not keep is said', async () => {
  const { panel } = await openLab(course, '/atelier/refus/', 'refus')
  await openRecording(panel, longRecording(25_000))
  const counts = panel.locator('[data-wire-counts]')
  await counts.filter({ hasText: /[\d\s]+\sévénements\snon\sgardés/ }).waitFor()
  const said = (await counts.innerText()).replace(/\s/g, '')
  const [, told, dropped] = /([\d]+)événements,.*?([\d]+)événementsnongardés/.exec(said)!
  assert.equal(Number(told) + Number(dropped), 25_000)
})

test('another level keeps the row that is selected; on paper the figure is whole', async () => {
  const { page, panel } = await openLab(course, '/atelier/refus/', 'refus')
  await openRecording(panel, longRecording(400))
  await panel.locator('[data-wire-counts]', { hasText: /400\sévénements/ }).waitFor()
  const list = panel.getByRole('listbox')
  await list.press('Home')
  await panel.locator('[role="option"][aria-selected="true"]').waitFor()
  const chosen = await list.getAttribute('aria-activedescendant')
  const body = panel.locator('[data-wire-body]')
  await body.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await panel.getByRole('button', { name: 'Octets', exact: true }).click()
  assert.equal(await list.getAttribute('aria-activedescendant'), chosen)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  const [shown, whole] = await body.evaluate((element) =>
    [element, element.querySelector('[data-wire-sheet]')!].map(({ clientHeight }) => clientHeight),
  )
  assert.equal(shown, whole)
  const [count, said] = [
    await rowsIn(panel).count(),
    await rowsIn(panel).first().getAttribute('aria-setsize'),
  ]
  assert.equal(count, Number(said))
})
