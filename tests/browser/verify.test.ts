/** « Vérifier » in the page: what the judge sees of a real program, whatever that program does. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { readHandIn } from '../../labs/hand-in.ts'
import { detectQt } from '../../runner/programs/qt.ts'
import { ROOT } from '../../scripts/build.ts'
import { PATIENCE, panelOf, useCourse } from './course.ts'

// Under the project: a copy finds there what it imports by name.
mkdirSync(join(ROOT, '.cache'), { recursive: true })
const parent = mkdtempSync(join(ROOT, '.cache', 'verifier-'))
after(() => rmSync(parent, { recursive: true }))
// Where an output names a line, this name tells whose file it is.
const workDir = join(parent, 'travail')
const course = useCourse({ workDir })

const FOLDER = join(ROOT, 'labs', 'refus')
const SOLUTION = readFileSync(join(FOLDER, 'solutions', 'poli.ts'), 'utf8')
const QT = join('qt', 'poli', 'main.cpp')
/** A first build compiles all that the programs share, in ms. */
const BUILD = 200_000
const withQt = (await detectQt()) ? {} : { skip: 'Qt 6 ou CMake est absent de cette machine' }

/** Gives the learner this copy. */
function copy(text: string, file = 'poli.ts'): void {
  const path = join(workDir, 'refus', 'exercices', file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** « Refus poli » in the atelier. */
async function openExercise(): Promise<{ panel: Locator; exercise: Locator }> {
  const page = await course.open('/atelier/refus/', { width: 1440 })
  const panel = await panelOf(page, 'refus')
  await panel.getByRole('tab', { name: 'Créer' }).click()
  const exercise = panel.locator('[data-exercise-id="EX-8.6.7-1"]')
  await exercise.locator('summary').first().click()
  return { panel, exercise }
}

/** Verifies; resolves with the verdict, once it is given. */
async function verify(exercise: Locator, timeout = PATIENCE): Promise<string> {
  const button = exercise.getByRole('button', { name: /^Vérifi/ })
  await button.click()
  await exercise.getByRole('button', { name: /Vérification…/ }).waitFor()
  await exercise.getByRole('button', { name: /^Vérifier/ }).waitFor({ timeout })
  return (await exercise.locator('.check-verdict').innerText()).replace(/\s+/g, ' ')
}

const verdicts = (exercise: Locator) =>
  exercise
    .locator('[data-criterion]')
    .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.verdict ?? ''))

describe('« Vérifier »', () => {
  test('the starting file, a half-right one, the solution: ticked with the bytes, then passed, dated, handed in', async () => {
    const { panel, exercise } = await openExercise()
    const page = panel.page()
    const solution = exercise.getByText('La solution du cours')
    assert.match(await verify(exercise), /Pas encore : 1\/4 critère .*le fichier de départ du cours/)
    assert.deepEqual(await verdicts(exercise), ['ko', 'ko', 'ko', 'ok'])
    await exercise.getByText('42 49 45 4e 56 45 4e 55 45 0a').first().waitFor()
    await exercise
      .getByText(/le second client a reçu «\sBIENVENUE\\n\s»/)
      .first()
      .waitFor()
    // Drawn on « Le fil »: the peers of the judge, the program between them.
    const drawn = exercise.locator('[data-verdict="ko"] .still').first()
    await drawn
      .locator('li', { hasText: /Votre programme envoie «\sBIENVENUE/ })
      .first()
      .waitFor({ state: 'attached' })
    await drawn.locator('.wire-lanes', { hasText: /^\s*P\s*V\s*S\s*$/ }).waitFor()
    assert.ok((await drawn.locator('svg path, svg line').count()) > 4)
    await exercise.locator('.check-terminal .xterm-rows', { hasText: 'Pas encore' }).waitFor()
    assert.equal(await solution.isVisible(), false)
    // One hint at a time.
    await exercise.getByRole('button', { name: 'Une piste' }).click()
    const opened = () => exercise.locator('.hint details[open], .hint[open]').count()
    assert.equal(await opened(), 1)
    await exercise.getByRole('button', { name: 'Une piste' }).click()
    assert.equal(await opened(), 2)

    copy(SOLUTION.replace('  nouveau.disconnectFromHost()\n', ''))
    assert.match(await verify(exercise), /Pas encore : [1-3]\/4 .*votre copie/)
    assert.equal((await verdicts(exercise))[0], 'ko')

    copy(SOLUTION)
    assert.match(await verify(exercise), /Réussi : 4\/4 critères/)
    assert.deepEqual(await verdicts(exercise), ['ok', 'ok', 'ok', 'ok'])
    await exercise.getByText(/Réussi le \d\d\/\d\d\/\d{4}, 3\sessais/).waitFor()
    assert.equal(await exercise.getByRole('checkbox', { name: /fait/ }).isChecked(), true)
    await solution.click()
    await exercise.locator('.cm-content', { hasText: 'function refuser' }).waitFor()

    const download = page.waitForEvent('download')
    await exercise.getByRole('button', { name: 'Rendre' }).click()
    const file = await download
    assert.equal(file.suggestedFilename(), 'rendu-EX-8.6.7-1.json')
    const handed = readHandIn(readFileSync(await file.path(), 'utf8'))
    assert.ok(typeof handed === 'object')
    assert.equal(handed.source, SOLUTION)
    assert.equal(handed.report.outcome, 'passed')
    assert.equal(handed.name, undefined)
    assert.ok(!JSON.stringify(handed).includes(ROOT), 'the path of the machine is not handed in')

    // What was judged is there after a reload, and in the progress.
    await page.reload()
    await (await panelOf(page, 'refus')).getByRole('tab', { name: 'Créer' }).click()
    await exercise.getByText(/Réussi\s: 4\/4/).waitFor({ state: 'attached' })
    const progress = await course.open('/progression/', { beside: page })
    await progress.locator('[data-checked="EX-8.6.7-1"]', { hasText: /Réussi le .*, 3\sessais/ }).waitFor()
  })

  test('what cannot be judged is said; a flood, a crash, a silence never hold the page', async () => {
    const { panel, exercise } = await openExercise()
    copy(SOLUTION.replace('): void {', ': void {'))
    assert.match(await verify(exercise), /faute de syntaxe.*poli\.ts, ligne \d+/)
    copy(SOLUTION.replace('client = nouveau', "client = nouveau\n  null!['write']()"))
    assert.match(await verify(exercise), /Pas encore : 0\/4/)
    await exercise
      .getByText(/s.est arrêté \(code 1\).*TypeError/)
      .first()
      .waitFor()
    copy('setInterval(() => {}, 1000)\n')
    assert.match(await verify(exercise), /n.a ouvert aucun port TCP/)
    copy(
      "const mo = 'x'.repeat(1 << 20)\nfor (let i = 0; i < 100; i++) console.log(mo)\nsetInterval(() => {}, 1000)\n",
    )
    const answered = panel.page().evaluate(() => new Promise(requestAnimationFrame))
    assert.match(await verify(exercise), /a affiché plus de 8 Mio/)
    await answered
    assert.equal(course.runner.port > 0, true)
    await exercise.getByText('La solution du cours').waitFor()
  })

  test('in C++, the starting file, a half-right one, then the solution', {
    timeout: 300_000,
    ...withQt,
  }, async () => {
    const { panel, exercise } = await openExercise()
    const solution = readFileSync(join(FOLDER, 'solutions', QT), 'utf8')
    await exercise.getByRole('combobox').selectOption('qt')
    await exercise
      .getByText('npm run lab -- refus/exercices/poli --port 1234 --variante qt --le-mien')
      .waitFor()
    assert.match(await verify(exercise, BUILD), /Pas encore : 1\/4 critère .*le fichier de départ du cours/)
    await exercise.getByText('42 49 45 4e 56 45 4e 55 45 0a').first().waitFor()
    copy(solution.replace(/^ *nouveau->disconnectFromHost\(\);\n/m, ''), QT)
    assert.match(await verify(exercise, BUILD), /Pas encore : [1-3]\/4 .*votre copie/)
    copy(solution.replace('nouveau->', 'nouveau.'), QT)
    assert.match(
      await verify(exercise, BUILD),
      /Pas encore .*ne se compile pas : main\.cpp, ligne \d+\. C.est un pointeur/,
    )
    copy(solution, QT)
    assert.match(await verify(exercise, BUILD), /Réussi : 4\/4/)
    // The file of this language opens, and runs there.
    await exercise.getByRole('button', { name: 'Modifier ici' }).click()
    await panel.getByRole('textbox', { name: 'Programme exercices/qt/poli/main.cpp' }).waitFor()
    await panel.locator('[data-editor-run] .role-words', { hasText: 'votre main.cpp' }).waitFor()
  })

  test('a reload finds the verification that goes on, and what it says counts once', async () => {
    const { panel, exercise } = await openExercise()
    const page = panel.page()
    copy('setInterval(() => {}, 1000)\n')
    await exercise.getByRole('button', { name: /^Vérifier/ }).click()
    await exercise
      .locator('.check-terminal [data-state="ready"], .check-terminal [data-state="running"]')
      .waitFor()
    await page.reload()
    await (await panelOf(page, 'refus')).getByRole('tab', { name: 'Créer' }).click()
    const button = exercise.locator('[data-action="verify"]')
    await button.and(page.locator(':disabled')).waitFor({ state: 'attached' })
    await button.and(page.locator(':enabled')).waitFor({ state: 'attached' })
    await exercise
      .getByText(/n.a ouvert aucun port TCP/)
      .first()
      .waitFor({ state: 'attached' })
    await page.reload()
    await panelOf(page, 'refus')
    const record = exercise.locator('[data-check-record]', { hasText: /^1\sessai\./ })
    await record.waitFor({ state: 'attached' })
    assert.equal(await button.isEnabled(), true)
  })

  test('in a section, from the row of one thing at a time', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const panel = await panelOf(page, 'refus')
    await panel.getByRole('tab', { name: 'Créer' }).click()
    await panel.locator('[data-brief-verify]').click()
    const exercise = panel.locator('[data-exercise-id="EX-8.6.7-0"]')
    await exercise.locator('.check-band b', { hasText: /Pas encore/ }).waitFor()
  })
})
