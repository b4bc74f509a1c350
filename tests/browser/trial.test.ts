/** « Essayer ici »: a listing is edited and run where it stands, in a small terminal below. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ROOT } from '../../scripts/build.ts'
import { freePorts, panelOf, useCourse, waitOutput } from './course.ts'
import { tried } from './trial.ts'

// Under the project: a copy finds there what it imports by name.
mkdirSync(join(ROOT, '.cache'), { recursive: true })
const workDir = mkdtempSync(join(ROOT, '.cache', 'travail-'))
after(() => rmSync(workDir, { recursive: true }))
const course = useCourse({ workDir })

const ORIGINAL = readFileSync(join(ROOT, 'labs', 'udp', 'recepteur.ts'), 'utf8')

test('two listings are tried at once: what is typed runs below, one finds the other, and they are given back', async () => {
  const page = await course.open('/chapitre-8/8-5-1/')
  await freePorts(await panelOf(page, 'udp'))
  const receiver = await tried(page, 'recepteur.ts')
  await receiver.listing.getByText('« Émetteur » s’adresse à ce programme', { exact: false }).waitFor()
  await receiver.editor.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(ORIGINAL.replace('Récepteur attaché', 'Récepteur essayé, attaché'))
  await page.keyboard.press('Control+Enter')
  await waitOutput(receiver.pane, /Récepteur essayé, attaché au port : \d+/)
  assert.match(readFileSync(join(workDir, 'udp', 'recepteur.ts'), 'utf8'), /essayé/)
  const running = page.locator('.pd-running')
  await running.filter({ hasText: /^\s*1\s+programme/ }).waitFor()

  const sender = await tried(page, 'emetteur.ts')
  await sender.listing.getByRole('link', { name: 'Aller au labo' }).waitFor({ state: 'hidden' })
  await sender.pane.getByRole('button', { name: 'Lancer', exact: true }).click()
  await waitOutput(receiver.pane, /Taille : 18/)
  await running.filter({ hasText: /^\s*2\s+programme/ }).waitFor()

  for (const { listing } of [sender, receiver]) {
    await listing.getByRole('button', { name: 'Revenir au texte' }).click()
    await listing.locator('pre').first().waitFor()
    assert.equal(await listing.getByRole('textbox').count(), 0)
  }
  await running.waitFor({ state: 'hidden' })
})
