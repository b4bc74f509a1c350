/** The first launch of C++: the pane and the demonstration say how far the build is, and nothing of it stays. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { detectQt } from '../../runner/programs/qt.ts'
import { freePorts, panelOf, roleOf, useCourse, waitOutput, waitState } from './course.ts'

const skip = (await detectQt()) ? false : 'Qt 6 or CMake is absent from this machine'
const stateDir = mkdtempSync(join(tmpdir(), 'prise-directe-'))
after(() => rmSync(stateDir, { recursive: true, force: true }))
const course = useCourse({ stateDir })
/** A build may take minutes where the machine has others to do. */
const BUILD = { timeout: 300_000 }

test('a lab launched in C++ for the first time tells its progress, then leaves one line', {
  skip,
}, async () => {
  const page = await course.open('/chapitre-8/8-4-1/')
  const panel = await panelOf(page, 'carte-postale')
  await freePorts(panel)
  const roles = ['recepteur', 'emetteur'].map((id) => roleOf(panel, id))
  for (const role of roles) await role.getByLabel('Variante').selectOption('qt')
  await panel.getByRole('button', { name: 'Démonstration' }).click()
  await page.locator('[data-demo]:not([data-busy])').waitFor({ state: 'attached' })
  // The cards first.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const [receiver] = roles
  await waitState(receiver!, 'building')
  const lead = page.locator('[data-demo-lead]')
  await lead.filter({ hasText: /compilation de Récepteur\s:\s\d+\ssur\s\d+/ }).waitFor(BUILD)
  await receiver!
    .locator('[data-words]')
    .filter({ hasText: /compilation,\s\d+\ssur\s\d+/ })
    .waitFor(BUILD)
  await page.locator('[data-demo]:not([data-busy])').waitFor({ state: 'attached', ...BUILD })
  await receiver!.and(page.locator('[data-state="ready"]')).waitFor({ state: 'attached', ...BUILD })
  await waitOutput(receiver!, /Compilé en \d+ s\./)
  const shown = await receiver!.locator('.xterm-rows').innerText()
  assert.doesNotMatch(shown.replace(/\s/g, ''), /Compilationde|cmake|Building/i)
})
