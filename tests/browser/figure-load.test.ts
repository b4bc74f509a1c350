/** « Le fil » of programs that never stop sending: the page answers meanwhile, and says what it grouped or did not keep. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { longRecording } from '../../bench/long-recording.ts'
import { ROOT } from '../../scripts/build.ts'
import { launchRole, openLab, typeLine, useCourse, waitState } from './course.ts'
import { openRecording, rowOf } from './figure.ts'

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
