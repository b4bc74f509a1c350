/** What the tests read of « Le fil » in a panel: its rows as a screen reader reads them. */
import type { Locator } from 'playwright-core'

/** The rows of the figure that exist: those near what is seen. */
export const rowsIn = (panel: Locator) => panel.locator('.wire [role="option"]')

export const rowOf = (panel: Locator, words: string | RegExp) =>
  rowsIn(panel)
    .filter({ has: panel.page().locator('.hidden-word', { hasText: words }) })
    .first()

/** All its rows, in words and in order: goes through it from the top, and comes back to its end. */
export async function readAll(panel: Locator): Promise<string[]> {
  return panel.locator('.wire').evaluate(async (wire) => {
    const body = wire.querySelector('[data-wire-body]')!
    const sheet = wire.querySelector('[data-wire-sheet]')!.shadowRoot!
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const rows = new Map<number, string>()
    body.scrollTop = 0
    for (;;) {
      do await frame()
      while (sheet.querySelector('[aria-busy]'))
      for (const row of sheet.querySelectorAll<HTMLElement>('[role="option"]'))
        rows.set(Number(row.dataset.rank), row.querySelector('.hidden-word')?.textContent ?? '')
      if (body.scrollTop + body.clientHeight >= body.scrollHeight - 1) break
      body.scrollTop += body.clientHeight
    }
    return [...rows].toSorted(([a], [b]) => a - b).map(([, words]) => words)
  })
}

/** Gives the panel a file to replay. */
export async function openRecording(panel: Locator, text: string): Promise<void> {
  const chooser = panel.page().waitForEvent('filechooser')
  await panel.getByRole('button', { name: 'Enregistrements' }).click()
  await panel.getByRole('button', { name: 'Ouvrir un enregistrement' }).click()
  await (await chooser).setFiles({
    name: 'x.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(text),
  })
}
