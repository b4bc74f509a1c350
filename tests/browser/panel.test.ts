/** The lab panel once launched: its terminals in view, readable, where one types; on a phone and under a finger too. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { freePorts, panelOf, roleOf, typeLine, useCourse, waitOutput, waitState } from './course.ts'

const course = useCourse()

/** Columns that the programs of the course write. */
const COLUMNS = 60

async function launchAll(page: Page, lab: string): Promise<Locator> {
  const panel = await panelOf(page, lab)
  await freePorts(panel)
  await panel.getByRole('button', { name: 'Tout lancer' }).click()
  return panel
}

/** Where the panes are, and what their terminals have room for. */
function panesOf(panel: Locator) {
  return panel.evaluate((element) =>
    [...element.querySelectorAll<HTMLElement>('.role')]
      .filter((role) => role.checkVisibility())
      .map((role) => {
        const head = role.querySelector('.role-head')!.getBoundingClientRect()
        const first = role.querySelector('.xterm-rows > div')?.getBoundingClientRect()
        return {
          columns: Number(role.querySelector<HTMLElement>('[data-host]')!.dataset.cols),
          head: { top: Math.round(head.top), height: Math.round(head.height) },
          /** Nothing in it is pushed to a second line, nor out of it. */
          oneLine: [...role.querySelectorAll('.role-head > :not([popover])')].every((part) => {
            const { top, bottom, right } = part.getBoundingClientRect()
            return top >= head.top && bottom <= head.bottom && right <= head.right
          }),
          /** What it says of the program is not cut. */
          whole: [...role.querySelectorAll('.role-words, .role-title')].every(
            (words) => words.scrollWidth <= words.clientWidth,
          ),
          inView: first !== undefined && first.top >= 56 && first.bottom <= innerHeight,
        }
      }),
  )
}

describe('« Tout lancer »', () => {
  for (const { lab, path, width, height, abreast, focused } of [
    { lab: 'refus', path: '8-6-7', width: 1280, height: 900, abreast: false, focused: 'client-1' },
    { lab: 'client-serveur-tcp', path: '8-6-3', width: 1280, height: 900, abreast: true, focused: 'client' },
    { lab: 'refus', path: '8-6-7', width: 1920, height: 1080, abreast: true, focused: 'client-1' },
  ]) {
    test(`${lab} at ${width} px: every terminal in view, ${COLUMNS} columns, the keyboard in the client`, async () => {
      const page = await course.open(`/chapitre-8/${path}/`, { width, height })
      const panel = await launchAll(page, lab)
      await panel.locator('[data-beat="observe"][aria-selected="true"]').waitFor()
      await panel.locator('[data-beat="launch"][data-done]').waitFor()
      const top = (await panel.boundingBox())!.y
      assert.ok(top >= 56 + 8 && top <= 56 + 16, `the top of the panel is at ${top}`)
      assert.equal(
        await page.evaluate(() => document.activeElement?.closest<HTMLElement>('.role')?.dataset.role),
        focused,
      )
      const panes = await panesOf(panel)
      for (const { columns, head, oneLine, whole, inView } of panes) {
        assert.ok(columns >= COLUMNS, `${columns} columns`)
        assert.equal(head.height, 36)
        assert.ok(oneLine, 'a head is on two lines')
        assert.ok(whole, 'a state is cut')
        assert.ok(inView, 'the first line is out of view')
      }
      if (abreast)
        assert.equal(new Set(panes.map(({ head }) => head.top)).size, 1, 'heads at several heights')
    })
  }

  test('one who types in a terminal meanwhile keeps the keyboard there', async () => {
    const page = await course.open('/atelier/refus/')
    // As soon as there is one: the client, which is to have the keyboard, is started after it.
    await page.evaluate(() => {
      const type = (seen: MutationObserver) => {
        const keys = document.querySelector<HTMLElement>('.role[data-role="serveur"] .xterm textarea')
        if (!keys) return
        seen.disconnect()
        keys.focus()
      }
      new MutationObserver((_, seen) => type(seen)).observe(document.body, { childList: true, subtree: true })
    })
    const panel = await launchAll(page, 'refus')
    await panel.locator('[data-beat="launch"][data-done]').waitFor()
    const held = await page.evaluate(
      () => document.activeElement?.closest<HTMLElement>('.role')?.dataset.role,
    )
    assert.equal(held, 'serveur')
  })

  test('on a phone: the focused role in view, and all can be touched', async () => {
    const page = await course.open('/chapitre-8/8-6-7/', { width: 390, height: 844, touch: true })
    const panel = await panelOf(page, 'refus')
    await panel.getByRole('button', { name: 'Autres actions du labo' }).click()
    await freePorts(panel)
    await page.keyboard.press('Escape')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    const client = roleOf(panel, 'client-1')
    await waitState(client, 'ready')
    await panel.locator('[data-beat="observe"][aria-selected="true"]').waitFor()
    const panes = await panesOf(panel)
    assert.equal(panes.length, 1, 'one terminal at a time')
    assert.ok(panes[0]!.inView)
    const field = client.getByPlaceholder(/Écrire à Client 1/)
    await field.fill('du pouce')
    await client.getByRole('button', { name: 'Envoyer' }).click()
    await waitOutput(client, /Message reçu sur le serveur : du pouce/)
    const small = await panel.evaluate((element) =>
      [...element.querySelectorAll<HTMLElement>('button, a, select, input')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 40)
        .map((one) => one.outerHTML.slice(0, 80)),
    )
    assert.deepEqual(small, [])
    await panel.getByRole('tab', { name: 'Serveur' }).click()
    await waitOutput(roleOf(panel, 'serveur'), /du pouce/)
    await panel.getByRole('tab', { name: 'Client 1' }).click()
    await client.getByRole('button', { name: 'Ctrl+C' }).click()
    await waitState(client, 'ended')
    assert.equal(await field.isVisible(), false, 'a field that nobody reads')
    await client.locator('.role-line').getByRole('button', { name: 'Relancer' }).click()
    await waitState(client, 'ready')
    await field.waitFor()
  })
})

test('one above the other, what says nothing folds from the fourth role on, and what prints or is clicked opens', async () => {
  const page = await course.open('/chapitre-8/8-1/', { width: 1100, height: 900 })
  const panel = await panelOf(page, 'ports')
  await freePorts(panel)
  const folded = () =>
    panel.evaluate((element) =>
      [...element.querySelectorAll<HTMLElement>('.role[data-folded]')].map(({ dataset }) => dataset.role),
    )
  const roles = await panel.locator('.role').evaluateAll((all) => all.map((one) => one.dataset.role!))
  assert.deepEqual(await folded(), roles.slice(3))
  const last = roleOf(panel, roles.at(-1)!)
  assert.ok((await last.boundingBox())!.height < 80)
  await last.locator('.role-last').click()
  assert.ok(!(await folded()).includes(roles.at(-1)!))
  assert.ok((await last.boundingBox())!.height > 100)
  // The second server asks for the port of the first.
  for (const id of ['mini-web', roles[3]!]) {
    await roleOf(panel, id).getByRole('button', { name: 'Lancer', exact: true }).click()
    await waitOutput(roleOf(panel, id), /\S/)
  }
  assert.equal(await roleOf(panel, roles[3]!).getAttribute('data-folded'), null)
})

test('the title of a lab keeps its words whole, on two lines at most', async () => {
  const page = await course.open('/chapitre-8/8-2/')
  const title = (await panelOf(page, 'transports')).locator('.lab-title')
  for (const width of [1024, 1100, 1240, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const { lines, cut } = await title.evaluate((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const { height } = range.getBoundingClientRect()
      const lines = Math.round(height / Number.parseFloat(getComputedStyle(element).lineHeight))
      return { lines, cut: element.scrollWidth > element.clientWidth + 1 }
    })
    assert.ok(lines <= 2 && !cut, `${lines} lines, ${cut ? 'cut, ' : ''}${width} px wide`)
  }
})

describe('the consigne', () => {
  test('is as high for every question, observation and task of a lab', async () => {
    const page = await course.open('/chapitre-8/8-6-3/')
    const panel = await panelOf(page, 'client-serveur-tcp')
    const brief = panel.locator('.lab-brief')
    for (const tab of await panel.locator('.lab-beats [role="tab"]').all()) {
      await tab.click()
      for (;;) {
        const { height, hidden } = await brief.evaluate((element) => ({
          height: element.getBoundingClientRect().height,
          hidden: element.scrollHeight - element.clientHeight,
        }))
        assert.equal(height, 64)
        assert.ok(hidden <= 0, `${await brief.innerText()}: ${hidden} px out of it`)
        const next = panel.locator('[data-brief-step="1"]:visible:enabled')
        if ((await next.count()) === 0) break
        await next.click()
      }
    }
  })

  test('asks, judges, recalls, and keeps what was seen', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const panel = await panelOf(page, 'refus')
    await panel
      .locator('.brief-options')
      .getByRole('button', { name: /OCCUPÉ/ })
      .click()
    await panel.locator('.brief-note').getByText('C’était cela.').waitFor()
    await panel.getByRole('tab', { name: 'Observer' }).click()
    await panel.locator('.brief-note').getByText('Prédit').waitFor()
    await panel.getByRole('button', { name: 'Je l’ai vu' }).click()
    await panel.getByText('2 sur 5', { exact: true }).waitFor()
    await page.reload()
    await panelOf(page, 'refus')
    await panel.getByRole('tab', { name: 'Observer' }).click()
    await panel.getByText('2 sur 5', { exact: true }).waitFor()
  })
})

describe('a terminal', () => {
  test('V11: a finger scrolls it', async () => {
    const page = await course.open('/chapitre-8/8-6-7/', { width: 390, height: 844, touch: true })
    const panel = await panelOf(page, 'refus')
    await panel.getByRole('tab', { name: 'Client 1' }).click()
    await panel.getByRole('button', { name: 'Autres actions du labo' }).click()
    await freePorts(panel)
    await page.keyboard.press('Escape')
    await panel.getByRole('button', { name: 'Tout lancer' }).click()
    const client = roleOf(panel, 'client-1')
    await waitOutput(client, /BIENVENUE/)
    // Lines enough to leave the first one above the screen.
    const field = client.getByPlaceholder(/Écrire à Client 1/)
    for (let line = 1; line <= 20; line += 1) {
      await field.fill(`ligne ${line}`)
      await field.press('Enter')
      await waitOutput(client, new RegExp(`Message reçu sur le serveur : ligne ${line}`))
    }
    const rows = client.locator('.xterm-rows')
    assert.doesNotMatch(await rows.innerText(), /BIENVENUE/)
    const { x, y, width, height } = (await rows.boundingBox())!
    const cdp = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', down: number) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: x + width / 2, y: y + height / 4 + down }],
      })
    // A stroke is worth less than half a terminal, which « Le fil » makes small here.
    for (let stroke = 0; stroke < 60 && !/BIENVENUE/.test(await rows.innerText()); stroke += 1) {
      await touch('touchStart', 0)
      for (let down = 20; down <= height / 2; down += 20) await touch('touchMove', down)
      await touch('touchEnd', 0)
    }
    await waitOutput(client, /BIENVENUE/)
  })

  test('V12: a control character of a paste is seen, not obeyed', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const client = roleOf(await launchAll(page, 'refus'), 'client-1')
    await waitOutput(client, /BIENVENUE/)
    await page.evaluate(() => navigator.clipboard.writeText('avant\x03\x1a\x04après'))
    await client.locator('.xterm').click()
    await page.keyboard.press('Control+v')
    await page.keyboard.press('Enter')
    await waitOutput(client, /Message reçu sur le serveur : avant␃␚␄après/)
    await waitState(client, 'ready')
  })

  test('V12: a line longer than the system keeps is refused, and the next one passes', async () => {
    const page = await course.open('/chapitre-8/8-6-7/')
    const client = roleOf(await launchAll(page, 'refus'), 'client-1')
    await waitOutput(client, /BIENVENUE/)
    await page.evaluate(() => navigator.clipboard.writeText('x'.repeat(5_000)))
    await client.locator('.xterm').click()
    await page.keyboard.press('Control+v')
    await client.getByText(/Cette ligne compte 5000\soctets/).waitFor()
    await typeLine(client, 'courte')
    await waitOutput(client, /Message reçu sur le serveur : courte/)
  })
})

describe('a panel whose programs run', () => {
  for (const [name, theme, forced] of [
    ['light', 'light', 'none'],
    ['dark', 'dark', 'none'],
    ['forced colours', 'light', 'active'],
  ] as const) {
    test(`axe finds no violation, ${name}`, async () => {
      const page = await course.open('/chapitre-8/8-6-7/', { theme })
      await page.emulateMedia({ forcedColors: forced, colorScheme: theme })
      const panel = await launchAll(page, 'refus')
      await waitState(roleOf(panel, 'client-2'), 'ended')
      const { violations } = await new AxeBuilder({ page: page as never }).include('lab-panel').analyze()
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
        [],
      )
    })
  }
})
