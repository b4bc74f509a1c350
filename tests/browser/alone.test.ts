/**
 * All that a lab offers, without a runner: the demonstration, « Présenter », the relay, the parameters, a port that is
 * taken, a predicted order, the recording of the real Qt.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import type { Lab } from '../../labs/lab.ts'
import { startRunner } from '../../runner/main.ts'
import { aloneFolder, BASE, useAlone } from './alone.ts'
import { freePorts, panelOf, portOf, roleOf, typeLine, waitOutput, waitState } from './course.ts'
import { lead, playTo } from './demo.ts'
import { readAll } from './figure.ts'
import { tried } from './trial.ts'

const alone = useAlone()

async function labOf(id: string): Promise<Lab> {
  return (await import(`../../labs/${id}/lab.ts`)).default
}

for (const [id, width] of [
  ['udp', 390],
  ['refus', 1280],
  ['cadrage', 1280],
  ['client-serveur-tcp', 1280],
  ['multidiffusion', 1280],
] as const) {
  test(`${id}: the whole demonstration, at ${width} px`, async () => {
    const { scenario } = await labOf(id)
    const page = await alone.open(`atelier/${id}/`, { width })
    const panel = await panelOf(page, id)
    const demo = panel.locator('[data-action="demo"]')
    if (!(await demo.isVisible())) await panel.locator('.lab-more').click()
    await demo.click()
    for (let rank = 1; rank <= scenario.length; rank += 1) await playTo(page, rank)
    await page.getByText('la démonstration est terminée').waitFor()
    await page.locator('.lab-simulated').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-demo]').waitFor({ state: 'hidden' })
  })
}

test('« Présenter » plays the lab of a section', async () => {
  const page = await alone.open('chapitre-8/8-6-7/')
  await panelOf(page, 'refus')
  await page.getByRole('button', { name: 'Présenter' }).click()
  await page.getByText('17 étapes').waitFor()
  for (let rank = 1; rank <= 3; rank += 1) await playTo(page, rank)
  await page.keyboard.press('ArrowRight')
  await lead(page).getByText('Avant de continuer').waitFor()
  await page.keyboard.press('b')
  await page.keyboard.press('ArrowRight')
  await lead(page).getByText('la classe avait répondu B').waitFor()
})

test('the parameters, the relay and its sliders act; what the relay does is drawn', async () => {
  const page = await alone.open('atelier/udp/')
  const panel = await panelOf(page, 'udp')
  await panel.getByRole('button', { name: 'Paramètres' }).click()
  await panel.getByLabel('Nombre d’envois de ce message').fill('3')
  await panel.getByLabel('Port du récepteur').fill('15000')
  await page.keyboard.press('Escape')
  await panel.locator('[data-action="relay"]').click()
  await panel.getByLabel('Pertes').fill('0')
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  const [receiver, relay, sender] = ['recepteur', 'relais', 'emetteur'].map((id) => roleOf(panel, id))
  assert.equal(await portOf(receiver!), 15000)
  await waitOutput(receiver!, /(Taille : 18[\s\S]*){3}/)
  await waitState(relay!, 'ready')

  const set = async (slider: string, value: string) => {
    await panel.getByLabel(slider).fill(value)
    await panel.getByLabel(slider).dispatchEvent('change')
    await panel.getByText('Le programme en marche vient de prendre cette valeur').waitFor()
  }
  await set('Pertes', '100')
  await waitOutput(relay!, /perte.* 100/)
  await typeLine(sender!, 'perdu')
  await set('Pertes', '0')
  await set('Retard', '700')
  await typeLine(sender!, 'retard')
  await waitOutput(receiver!, /"retard"/)
  const text = await receiver!.locator('.xterm-rows').innerText()
  assert.doesNotMatch(text, /perdu/)
  await panel
    .locator('.wire [role="option"]', { hasText: /Relais\senvoie\s«\sretard/ })
    .waitFor({ state: 'attached' })
  const said = await readAll(panel)
  assert.equal(said.filter((sentence) => /pas\sretransmis/.test(sentence)).length, 1, said.join('\n'))
})

test('a port that another role holds: who holds it, and the ways on', async () => {
  const page = await alone.open('atelier/ports/')
  const panel = await panelOf(page, 'ports')
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  const [first, second] = [roleOf(panel, 'mini-web'), roleOf(panel, 'second-web')]
  await waitState(first, 'ready')
  const launch = async () => {
    const tab = panel.locator('[data-tab="second-web"]')
    if (await tab.isVisible()) await tab.click()
    await second.locator('[data-action="launch"]').click()
  }
  await launch()
  const notice = second.locator('[data-notice]')
  await notice.getByText('Le port 8080 est déjà pris').waitFor()
  await notice.getByText(/par «\sMini-web\s» du labo .+ \(8\.1\), lancé il y a .+, dans cette page/).waitFor()
  await waitState(second, 'ended')
  await notice.getByRole('button', { name: 'Lancer sur un port libre' }).click()
  await waitOutput(second, /prêt, port : (?!8080)\d+/)
  await waitState(first, 'ready')
  await second.locator('[data-action="stop"]').first().click()
  await waitState(second, 'ended')
  await launch()
  await notice.getByRole('button', { name: 'L’arrêter et relancer ici' }).click()
  await waitState(first, 'ended')
  await waitOutput(second, /prêt, port : 8080/)
})

test('a question predicted, and the cards laid beside the figure', async () => {
  const page = await alone.open('chapitre-8/8-6-7/')
  const panel = await panelOf(page, 'refus')
  await panel.locator('[data-brief-options] button').nth(1).click()
  const next = panel.getByRole('button', { name: 'Consigne suivante' })
  await next.click()
  await next.click()
  await panel.getByRole('button', { name: 'Mettre les cartes dans l’ordre' }).click()
  await panel.getByRole('button', { name: 'C’est mon ordre' }).press('Enter')
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  await waitOutput(roleOf(panel, 'client-2'), /OCCUPÉ/)
  await panel.locator('[data-order-list] li:not([data-state="unknown"])').first().waitFor()
  await panel.getByRole('button', { name: 'Tout arrêter' }).click()
  await panel
    .locator('[data-order-score]')
    .filter({ hasText: /sur\s6|dans\scet\sordre/ })
    .waitFor()
})

test('C++ is the recorded run of the real Qt: played in place of the programs', async (t) => {
  const page = await alone.open('atelier/refus/')
  const panel = await panelOf(page, 'refus')
  const variants = panel.locator('select[data-variant="serveur"]')
  const offered = variants.locator('option[value="qt"]')
  await page.locator('lab-panel[data-followed]').waitFor()
  // A machine that cannot build Qt records none.
  if (!(await recorded('refus-qt'))) return t.skip('pas de C++ enregistré ici')
  await offered.and(page.locator('option:not([disabled])')).waitFor({ state: 'attached' })
  assert.equal(await offered.innerText(), 'C++ enregistré')
  await variants.selectOption('qt')
  await panel.getByText('voici une vraie exécution avec Qt, enregistrée').waitFor()
  await panel.getByText(/Enregistrement\sdu\s.*rien\sne\stourne/).waitFor()
  await waitOutput(roleOf(panel, 'client-2'), /Attente de connexion/)
  assert.equal(await roleOf(panel, 'client-1').locator('select[data-variant]').inputValue(), 'qt')
})

async function recorded(name: string): Promise<boolean> {
  return existsSync(join(await aloneFolder(), 'cours', 'enregistrements', `${name}.jsonl`))
}

test('refus live, in the page and recorded: « Le fil » says the same of each program', async (t) => {
  const runner = await startRunner({ port: 0, siteDir: join(await aloneFolder(), 'cours'), base: BASE })
  t.after(() => runner.close())
  const { origin, hash } = new URL(runner.url)
  const page = await alone.open(`atelier/refus/${hash}`, { origin })
  const panel = await panelOf(page, 'refus')
  const { scenario } = await labOf('refus')
  await page.locator('lab-panel[data-followed]').waitFor()
  await freePorts(panel)

  const play = async () => {
    await panel.locator('[data-action="demo"]').click()
    for (let rank = 1; rank <= scenario.length; rank += 1) await playTo(page, rank)
    await page.keyboard.press('Escape')
    await page.locator('[data-demo]').waitFor({ state: 'hidden' })
    return saidOf(panel)
  }
  const live = await play()
  await panel.locator('[data-action="simulate"]').click()
  await page.locator('lab-panel[data-simulated]').waitFor()
  assert.deepEqual(await play(), live)

  if (!(await recorded('refus-ts'))) return t.diagnostic('pas d’enregistrement ici')
  await panel
    .locator('[data-recording="ts"]')
    .first()
    .evaluate((button: HTMLElement) => button.click())
  await panel.locator('[data-replay]').waitFor()
  await waitOutput(roleOf(panel, 'client-2'), /Attente de connexion/)
  const kept = await saidOf(panel)
  // A recording ends the program that the demonstration leaves.
  assert.equal(kept.Serveur?.pop(), 'Serveur terminé, code 130')
  assert.deepEqual(kept, live)
})

const ROLES = ['Serveur', 'Client 1', 'Client 2']

/**
 * What the figure says that each program does, in its order, whatever the ports that the system chose. What arrives is
 * left out: it stands on the row of what was sent, or on its own, as time has it.
 */
async function saidOf(panel: Locator): Promise<Record<string, string[]>> {
  const done = (await readAll(panel))
    .map((sentence) => sentence.replace(/\s/g, ' ').replace(/:\d+/g, ':port').split(' ; ')[0]!)
    .filter((sentence) => !/ (reçoit|accepte|voit la fin)/.test(sentence))
  return Object.fromEntries(ROLES.map((role) => [role, done.filter((one) => one.startsWith(role))]))
}

test('a listing is tried where it stands, at 390 px', async () => {
  const page = await alone.open('chapitre-8/8-5-1/', { width: 390 })
  const { listing, editor, pane } = await tried(page, 'recepteur.ts')
  await editor.click()
  await page.keyboard.press('Control+Enter')
  await waitOutput(pane, /Récepteur attaché au port : 12345/)
  await pane.getByRole('button', { name: 'Arrêter', exact: true }).click()
  await waitState(pane, 'ended')
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
  await listing.getByRole('button', { name: 'Revenir au texte' }).click()
  await listing.locator('pre').first().waitFor()
  const cpp = await tried(page, 'qt/recepteur/Recepteur.cpp')
  await cpp.pane.getByRole('button', { name: 'Lancer', exact: true }).click()
  await cpp.pane.getByText('ne tourne pas sur le réseau simulé').waitFor()
})
