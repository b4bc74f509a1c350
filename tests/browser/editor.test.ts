/** A learner's program edited in the page: what is typed is on the disk, explained, run, and never lost. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { ROOT } from '../../scripts/build.ts'
import { freePorts, panelOf, roleOf, useCourse, waitState } from './course.ts'
import { rowOf } from './figure.ts'

// Under the project: a copy finds there what it imports by name.
mkdirSync(join(ROOT, '.cache'), { recursive: true })
const workDir = mkdtempSync(join(ROOT, '.cache', 'travail-'))
after(() => rmSync(workDir, { recursive: true }))
const course = useCourse({ workDir })

const COPY = join(workDir, 'refus', 'serveur.ts')
const read = () => readFileSync(COPY, 'utf8')

/** The atelier of « refus », the server's program open in the editor. */
async function openServer(page?: Page): Promise<{ page: Page; panel: Locator; editor: Locator }> {
  const opened = page ?? (await course.open('/atelier/refus/', { width: 1440 }))
  const panel = await panelOf(opened, 'refus')
  const server = roleOf(panel, 'serveur')
  await server.getByRole('button', { name: /Autres actions/ }).click()
  await server.getByRole('button', { name: 'Modifier ce programme' }).click()
  const editor = panel.getByRole('textbox', { name: 'Programme serveur.ts' })
  await editor.waitFor()
  return { page: opened, panel, editor }
}

/** The answer to who saves over what another program has written. */
const CONFLICT = /409 \(Conflict\)/

const saved = (panel: Locator) => panel.locator('[data-editor][data-file-state="saved"]').waitFor()

describe('the editor', () => {
  test('what is typed is saved, explained in French, and launched by Ctrl+Enter as « votre serveur.ts »', async () => {
    const { page, panel, editor } = await openServer()
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\nconst faute: number = QHostAddress\n')
    await saved(panel)
    assert.match(read(), /const faute/)
    const findings = panel.getByRole('list', { name: 'Erreurs et remarques' })
    await findings.getByText(/Ligne \d+\s: .*il en faut une de type «\snumber\s»/).waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(
      readFileSync(join(ROOT, 'labs', 'refus', 'serveur.ts'), 'utf8').replace('lancé sur', 'modifié, sur'),
    )
    await panel.getByText('Serveur', { exact: true }).first().waitFor()
    await page.keyboard.press('Control+Enter')
    const server = roleOf(panel, 'serveur')
    // Beside the editor the terminals have tabs, which say what they run.
    await panel.getByRole('tab').getByText('votre serveur.ts').waitFor()
    await server.locator('.xterm-rows', { hasText: 'Serveur modifié' }).waitFor()
    await page.reload()
    await (await panelOf(page, 'refus'))
      .locator('[data-role="serveur"]')
      .getByText('votre serveur.ts')
      .waitFor()
  })

  test('a line changed is seen in the terminals, on the figure, and « Modifier » is done', async () => {
    const { page, panel, editor } = await openServer()
    const ORIGINAL = readFileSync(join(ROOT, 'labs', 'refus', 'serveur.ts'), 'utf8')
    await editor.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(ORIGINAL.replace('nouveau.disconnectFromHost()', 'nouveau.abort()'))
    // A copy of before is there, saved too.
    while (!read().includes('nouveau.abort()')) await page.waitForTimeout(50)
    await saved(panel)
    await panel.getByRole('button', { name: 'Fermer l’éditeur' }).click()
    await panel.getByRole('tab', { name: /Modifier/ }).click()
    const awaited = panel.locator('[data-awaited="Raccrocher avec abort"]')
    await awaited.filter({ hasText: /aura vu.*Serveur, votre copie modifiée/ }).waitFor({ state: 'attached' })
    await freePorts(panel)
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    const refused = roleOf(panel, 'client-2')
    await waitState(refused, 'ended')
    assert.doesNotMatch(await refused.locator('.xterm-rows').innerText(), /OCCUPÉ/)
    await rowOf(panel, 'Client 2 voit la fin').waitFor()
    assert.equal(await rowOf(panel, 'OCCUPÉ').count(), 0)
    await awaited.filter({ hasText: 'La page l’a vu' }).waitFor({ state: 'attached' })
    assert.deepEqual(
      await panel
        .locator('[data-list="modify"]')
        .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked)),
      [false, false, true],
    )
  })

  test('what another program writes is shown; two changes at once are both shown, and one is chosen', async () => {
    const opened = await course.open('/atelier/refus/', { width: 1440, tolerates: CONFLICT })
    const { page, panel, editor } = await openServer(opened)
    await editor.click()
    await page.keyboard.type('// ici\n')
    await saved(panel)
    writeFileSync(COPY, '// ailleurs\n')
    await editor.getByText('// ailleurs').waitFor()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('// encore\n')
    writeFileSync(COPY, '// autrement\n')
    await panel.locator('[data-file-state="conflict"]').waitFor()
    assert.equal(read(), '// autrement\n')
    // One goes on typing where one was.
    await panel.locator('.cm-mergeView .cm-focused').waitFor()
    await page.keyboard.type('// et plus')
    // Undone apart from what was typed before the move.
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.type(' ou moins')
    await page.keyboard.press('Control+Z')
    await panel.getByRole('button', { name: 'Enregistrer la version de droite' }).click()
    await saved(panel)
    assert.match(read(), /\/\/ encore\n\/\/ et plus(?! ou)/)
  })

  test('the history is there after a reload, and the original is one click away', async () => {
    const { page, panel, editor } = await openServer()
    await editor.click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('// un')
    await saved(panel)
    await page.reload()
    const again = await openServer(page)
    await again.editor.click()
    await page.keyboard.press('Control+Z')
    await again.editor.getByText('// un').waitFor({ state: 'detached' })
    await again.panel.getByRole('button', { name: 'Autres actions sur ce fichier' }).click()
    await again.panel.getByRole('button', { name: 'Revenir à l’original' }).click()
    await saved(again.panel)
    assert.equal(read(), readFileSync(join(ROOT, 'labs', 'refus', 'serveur.ts'), 'utf8'))
  })

  test('what is typed while the runner is killed is found again once it is back, and saved', async () => {
    const gone = /WebSocket|Failed to load resource|ERR_CONNECTION/
    const opened = await course.open('/atelier/refus/', { width: 1440, tolerates: gone })
    const { page, editor } = await openServer(opened)
    await editor.click()
    await page.keyboard.press('Control+Home')
    const restarted = course.restart()
    await page.keyboard.type('// gardé\n')
    await restarted
    await editor.getByText('// gardé').waitFor()
    const { hash } = new URL(course.runner.url)
    await page.goto(`${new URL('/atelier/refus/', course.runner.url).href}${hash}`)
    await page.reload()
    const again = await openServer(page)
    await again.editor.getByText('// gardé').waitFor()
    await saved(again.panel)
    assert.match(read(), /^\/\/ gardé$/m)
  })

  test('the keyboard leaves by Escape then Tab', async () => {
    const { page, panel, editor } = await openServer()
    await editor.click()
    await page.keyboard.press('Tab')
    assert.equal(await editor.evaluate((element) => element.contains(document.activeElement)), true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    assert.equal(await editor.evaluate((element) => element.contains(document.activeElement)), false)
    assert.ok(panel)
  })

  test('F2 gives a name another one wherever it is used; F12 shows where the twin declares its own', async () => {
    const { page, editor } = await openServer()
    await editor.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText('const essai = 1\nqDebug(essai, essai)\n')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Control+ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('F2')
    await page.getByLabel('Nouveau nom').waitFor()
    await page.keyboard.type('tentative')
    await page.keyboard.press('Enter')
    await editor.getByText('qDebug(tentative, tentative)').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText("import { QTcpServer } from '#qt-network'\nnew QTcpServer().listen()\n")
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('End')
    for (const _ of '()') await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('F12')
    const definition = page.getByRole('dialog', { name: /qt-network\/qtcpserver\.ts/ })
    await definition.getByText('listen(').first().waitFor()
    await page.keyboard.press('Escape')
    await definition.waitFor({ state: 'detached' })
    assert.equal(await editor.evaluate((element) => element.contains(document.activeElement)), true)
  })

  test('an exercise runs where it is edited', async () => {
    const page = await course.open('/atelier/refus/', { width: 1440 })
    const panel = await panelOf(page, 'refus')
    await panel.getByRole('tab', { name: /Créer/ }).click()
    await panel.getByRole('button', { name: 'Modifier ici' }).filter({ visible: true }).first().click()
    await panel.getByRole('textbox', { name: /^Programme exercices/ }).waitFor()
    await page.keyboard.press('Control+Enter')
    await waitState(panel.locator('[data-editor-run] .role'), 'running', 'ready', 'ended')
  })
})
