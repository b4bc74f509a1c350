/** What the tests ask of a listing that is tried. */
import type { Page } from 'playwright-core'

/** Tries the first listing of a file of « udp »; resolves once its program can be written. */
export async function tried(page: Page, file: string) {
  const listing = page.locator(`figure[data-source="udp/${file}"]`).first()
  await listing.getByRole('button', { name: 'Essayer ici' }).click()
  const editor = listing.getByRole('textbox', { name: `Programme ${file}` })
  await editor.waitFor()
  return { listing, editor, pane: listing.locator('.role') }
}
