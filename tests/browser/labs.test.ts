/** The labs, run from their pages by somebody with a mouse and a keyboard. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, test } from 'node:test'
import {
  launchRole,
  openLab,
  panelOf,
  portOf,
  roleOf,
  typeLine,
  useCourse,
  waitOutput,
  waitState,
} from './course.ts'

const course = useCourse()

/** Whether something listens on a TCP port of this machine. */
async function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ port, host: '127.0.0.1' })
    .on('connect', () => resolve(true))
    .on('error', () => resolve(false))
  const answer = await promise
  socket.destroy()
  return answer
}

describe('the five labs of the chapter', () => {
  test('udp: a datagram leaves the sender and is read by the receiver', async () => {
    const { panel } = await openLab(course, '/chapitre-8/8-5-1/', 'udp')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await waitState(roleOf(panel, 'recepteur'), 'ready')
    await waitState(roleOf(panel, 'emetteur'), 'running', 'ready', 'ended')
    await waitOutput(roleOf(panel, 'recepteur'), /Message à envoyer/)
  })

  test('datagramme: the receiver answers the sender', async () => {
    const { panel } = await openLab(course, '/chapitre-8/8-5-2/', 'datagramme')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await waitOutput(roleOf(panel, 'recepteur'), /Données : "Message à envoyer"/)
    await waitOutput(roleOf(panel, 'emetteur'), /Réponse de .* "Reçu : Message à envoyer"/)
  })

  test('client-serveur-tcp: what is typed at the client is answered by the server', async () => {
    const { panel } = await openLab(course, '/chapitre-8/8-6-3/', 'client-serveur-tcp')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    const client = roleOf(panel, 'client')
    await waitOutput(client, /Connecté au serveur/)
    await typeLine(client, 'encore un mot')
    await waitOutput(client, /Message reçu sur le serveur : encore un mot/)
    await waitOutput(roleOf(panel, 'serveur'), /encore un mot/)
  })

  test('multi-clients: each client gets its own answer', async () => {
    const { panel } = await openLab(course, '/chapitre-8/8-6-6/', 'multi-clients')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    for (const name of ['client-1', 'client-2', 'client-3']) {
      const client = roleOf(panel, name)
      await waitOutput(client, /Connecté au serveur/)
      await typeLine(client, `ici ${name}`)
      await waitOutput(client, new RegExp(`Message reçu.*ici ${name}`))
    }
  })

  test('refus: the second client is refused, the first still gets answers', async () => {
    const { panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await waitOutput(roleOf(panel, 'client-2'), /OCCUPÉ/)
    await waitState(roleOf(panel, 'client-2'), 'ended')
    const first = roleOf(panel, 'client-1')
    await typeLine(first, 'toujours servi')
    await waitOutput(first, /Message reçu sur le serveur : toujours servi/)
  })
})

describe('a terminal of the page', () => {
  test('« Arrêter » ends the program and frees its port, « Relancer » takes it again', async () => {
    const { panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus')
    const server = await launchRole(panel, 'serveur')
    const port = await portOf(server)
    assert.equal(await listens(port), true)
    await server.getByRole('button', { name: 'Arrêter' }).click()
    await waitState(server, 'ended')
    assert.equal(await listens(port), false)
    await server.getByRole('button', { name: 'Relancer' }).click()
    await waitState(server, 'ready')
  })

  test('F4: a reload takes the same program again, with all it had printed', async () => {
    const { page, panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus')
    const server = await launchRole(panel, 'serveur')
    const port = await portOf(server)
    await page.reload()
    const again = roleOf(await panelOf(page, 'refus'), 'serveur')
    await waitState(again, 'ready')
    assert.equal(await portOf(again), port)
    const text = await again.locator('.xterm-rows').innerText()
    assert.equal(text.match(/port : \d+/g)?.length, 1, 'a line was doubled')
  })

  test('Ctrl+C ends a program with code 130, Ctrl+D ends what it types', async () => {
    const { page, panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    const [server, client] = [roleOf(panel, 'serveur'), roleOf(panel, 'client-1')]
    await waitOutput(client, /BIENVENUE/)
    await client.locator('.xterm').click()
    await page.keyboard.press('Control+d')
    await waitState(client, 'ended')
    await client.getByText('terminé, code 0').waitFor()
    await server.locator('.xterm').click()
    await page.keyboard.press('Control+c')
    await waitState(server, 'ended')
    await server.getByText(/terminé.*(130|INT)/).waitFor()
  })

  test('accents typed on an AZERTY keyboard, dead keys and a paste arrive whole', async () => {
    const { page, panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus')
    await launchRole(panel, 'serveur')
    const client = await launchRole(panel, 'client-1')
    await waitOutput(client, /BIENVENUE/)
    await typeLine(client, 'été à Noël')
    await waitOutput(client, /Message reçu sur le serveur : été à Noël/)

    await client.locator('.xterm').click()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Input.imeSetComposition', { text: '^', selectionStart: 1, selectionEnd: 1 })
    await cdp.send('Input.insertText', { text: 'ê' })
    await waitOutput(client, /ê/)
    await page.keyboard.press('Enter')
    await waitOutput(client, /Message reçu sur le serveur : ê/)

    await page.evaluate(() => navigator.clipboard.writeText('collé : « ça »'))
    await client.locator('.xterm').click()
    await page.keyboard.press('Control+v')
    await waitOutput(client, /collé : « ça »/)
    await page.keyboard.press('Enter')
    await waitOutput(client, /Message reçu sur le serveur : collé : « ça »/)
  })

  test('a terminal is left by the keyboard', async () => {
    const { page, panel } = await openLab(course, '/chapitre-8/8-6-7/', 'refus')
    const server = await launchRole(panel, 'serveur')
    await server.locator('.xterm').click()
    const inside = () => page.evaluate(() => document.activeElement?.closest('.xterm') !== null)
    assert.equal(await inside(), true)
    await page.keyboard.press('Shift+Tab')
    assert.equal(await inside(), false)
  })

  test('a value that cannot be a port is refused in French and nothing starts', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const panel = await panelOf(page, 'refus')
    await panel.getByRole('button', { name: 'Paramètres' }).click()
    await panel.locator('.field.port input').first().fill('70000')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    await panel.getByText('Choisissez un port de 0 à 65535').first().waitFor()
    assert.equal(await roleOf(panel, 'serveur').getAttribute('data-state'), 'idle')
  })
})

describe('without the runner’s token', () => {
  test('F13: the page says that the runner does not know it, and has no dead button', async () => {
    const page = await course.open('/chapitre-8/8-6-7/', { token: false })
    const panel = page.locator('section[data-lab="refus"]')
    await panel.scrollIntoViewIfNeeded()
    const said = panel.locator('.lab-offline')
    await said.getByText('Le lanceur tourne, mais il ne reconnaît pas cette page').waitFor()
    assert.doesNotMatch(await said.innerText(), /npm start|`/)
    assert.equal(await panel.getByRole('button', { name: 'Tout lancer' }).isVisible(), false)
  })
})
