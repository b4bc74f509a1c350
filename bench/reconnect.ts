/** From the cut of a link to the first new byte in the page, in a real browser, through the page's own link. */
import { chromium } from 'playwright-core'
import { ensureBrowser } from '../scripts/browser.ts'
import { FLAGS } from '../tests/browser/course.ts'
import { Wire } from '../tests/browser/wire.ts'
import type { Ours } from './peers/ours.ts'
import { milliseconds, type Row } from './report.ts'
import { shows } from './screen.ts'

const CUTS = 10

export async function measureReconnection(ours: Ours): Promise<Row> {
  const wire = await Wire.open()
  wire.target = ours.runner.port
  const way = `--host-resolver-rules=MAP localhost 127.0.0.1:${wire.port}`
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: [...FLAGS, way] })
  const times: number[] = []
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(ours.page('/atelier/refus/'))
    await page.locator('lab-panel[data-upgraded]').waitFor()
    const role = page.locator('[data-role="serveur"]')
    await role.getByRole('button', { name: 'Lancer', exact: true }).click()
    await role.and(page.locator('[data-state="ready"]')).waitFor()
    await role.locator('.xterm').click()
    for (let cut = 0; cut < CUTS; cut += 1) {
      const word = `coupure-${cut}`
      wire.cut()
      const began = performance.now()
      // The echo of what is typed while the link is cut is the first new byte.
      await page.keyboard.type(word)
      await shows(page, word)
      times.push(performance.now() - began)
      await page.keyboard.press('Control+u')
    }
  } finally {
    await browser.close()
    wire.close()
  }
  return { what: 'liaison coupée → premier octet nouveau, p50 / p95 (ms)', ours: milliseconds(times) }
}
