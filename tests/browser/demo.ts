/** A demonstration, played by the keyboard. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Waits until nothing is being played. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-demo]:not([data-busy])').waitFor({ state: 'attached' })
}

/** What stands over the sentence. */
export const lead = (page: Page) => page.locator('[data-demo-lead]')

/** Presses → until step `rank` has been played; what is asked on the way, cards or a question, is answered by `A`. */
export async function playTo(page: Page, rank: number): Promise<void> {
  await settled(page)
  await page.keyboard.press('ArrowRight')
  const asked = page.locator('[data-demo]:is([data-kind="asked"], [data-kind="ordered"]):not([data-busy])')
  const played = page.locator('[data-demo]:not([data-busy], [data-kind="asked"], [data-kind="ordered"])')
  for (;;) {
    await asked.or(played).waitFor({ state: 'attached' })
    if ((await asked.count()) === 0) break
    await page.keyboard.press('a')
    await page.locator('.demo-cards [aria-pressed="true"]').waitFor()
    await page.keyboard.press('ArrowRight')
  }
  await lead(page).getByText(`Étape ${rank}`, { exact: true }).waitFor()
  await settled(page)
  assert.equal(
    await page.locator('[data-demo]').getAttribute('data-kind'),
    'said',
    `step ${rank}: ${await page.locator('.demo-top').innerText()}\n${await page.locator('.lab-terminals').innerText()}`,
  )
}
