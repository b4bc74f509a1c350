/** Exercises without a runner: edited, judged on the network of the page, kept after a reload. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { ROOT } from '../../scripts/build.ts'
import { useAlone } from './alone.ts'
import { panelOf, roleOf, waitOutput } from './course.ts'

const alone = useAlone()

/** « Vérifier », there or in the brief when the editor stands over the list; resolves with the verdict, once it is given. */
async function verify(exercise: Locator): Promise<string> {
  const button = exercise.getByRole('button', { name: /^Vérifi/ })
  const brief = exercise.page().locator('[data-brief-verify]')
  await ((await button.isVisible()) ? button : brief).click()
  await exercise.getByRole('button', { name: /Vérification…/ }).waitFor()
  await exercise.getByRole('button', { name: /^Vérifier/ }).waitFor()
  return (await exercise.locator('.check-verdict').innerText()).replace(/\s+/g, ' ')
}

/** Opens an exercise by the learner's door. */
async function openExercise(page: Page, lab: string, id: string): Promise<Locator> {
  const panel = await panelOf(page, lab)
  await page.locator('lab-panel[data-followed]').waitFor()
  await panel.getByRole('tab', { name: 'Créer' }).click()
  const all = panel.locator('[data-action="all"][aria-expanded="false"]')
  if (await all.isVisible()) await all.click()
  const exercise = panel.locator(`[data-exercise-id="${id}"]`)
  if ((await exercise.getAttribute('open')) === null) await exercise.locator('summary').first().click()
  return exercise
}

/** Writes a text in place of what the editor holds, and waits until it is kept. */
async function rewrite(page: Page, lab: string, text: string): Promise<void> {
  const editor = (await panelOf(page, lab)).locator('[data-editor]')
  await editor.locator('.cm-content').click()
  await page.keyboard.press('ControlOrMeta+a')
  // As a paste does: nothing is completed nor indented on the way.
  await page.keyboard.insertText(text)
  await page.keyboard.press('ControlOrMeta+s')
  await editor.and(page.locator('[data-file-state="saved"]')).waitFor()
}

for (const { path, lab, id, name, width } of [
  { path: 'chapitre-8/8-6-7/', lab: 'refus', id: 'EX-8.6.7-1', name: 'poli', width: 390 },
  { path: 'atelier/udp/', lab: 'udp', id: 'EX-8.5.1-4', name: 'tableau-de-bord', width: 1280 },
  { path: 'atelier/appels/', lab: 'appels', id: 'EX-8.3-2', name: 'echo', width: 1280 },
]) {
  test(`${id} at ${width} px: refused as it starts, then a fault, then passed, and kept`, async () => {
    const page = await alone.open(path, { width })
    const exercise = await openExercise(page, lab, id)
    const solution = readFileSync(join(ROOT, 'labs', lab, 'solutions', `${name}.ts`), 'utf8')
    assert.match(await verify(exercise), /Pas encore : .*le fichier de départ du cours/)
    await exercise.locator('button[data-edit]').click()
    await rewrite(page, lab, `${solution}\nconst oubli = (1\nconst suite = 2\n`)
    assert.match(await verify(exercise), /faute de syntaxe.*, ligne \d+.*« , » attendu/)
    await exercise.locator('button[data-edit]').click()
    await rewrite(page, lab, solution)
    assert.match(await verify(exercise), /Réussi : (\d)\/\1 critères? .*votre copie/)
    await page.reload()
    assert.match(await verify(await openExercise(page, lab, id)), /Réussi : .*votre copie/)
  })
}

test('what the page does not measure is said beside its criterion, and lets nothing pass', async () => {
  const page = await alone.open('atelier/multi-clients/')
  const exercise = await openExercise(page, 'multi-clients', 'EX-8.6.6-4')
  assert.doesNotMatch(await verify(exercise), /Réussi/)
  await exercise
    .locator('[data-criterion]', { hasText: /mémoire/ })
    .filter({ hasText: /non\smesuré\sici/ })
    .waitFor()
})

test('a copy runs, then its syntax fault is said in its terminal, with its line', async () => {
  const page = await alone.open('atelier/udp/')
  const panel = await panelOf(page, 'udp')
  const recepteur = roleOf(panel, 'recepteur')
  await page.locator('lab-panel[data-followed]').waitFor()
  await recepteur.locator('[popovertarget$="-more"]').click()
  await recepteur.locator('button[data-edit]').click()
  const program = readFileSync(join(ROOT, 'labs', 'udp', 'recepteur.ts'), 'utf8')
  for (const [line, shown] of [
    ["console.log('le mien' as string)", /le mien/],
    ['const port: = 1', /recepteur\.ts:1[\s\S]*SyntaxError/],
  ] as const) {
    await rewrite(page, 'udp', `${line}\n${program}`)
    await panel.locator('[data-editor-action="run"]').click()
    await waitOutput(recepteur, shown)
  }
  await recepteur
    .getByText(/votre recepteur\.ts/)
    .first()
    .waitFor()
})
