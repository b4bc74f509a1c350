/** What a browser sees of a terminal, ours or a peer's: the same instruments in every page (xterm's DOM renderer). */
import type { Page } from 'playwright-core'

export interface Echo {
  /** From the key to the change of the terminal's rows, then to the frame that shows it, in ms. */
  parsed: number[]
  painted: number[]
}

interface Instruments {
  keyAt: number
  watch(): Promise<[parsed: number, painted: number]>
}

/** Puts the instruments in the page; its terminal must be open. */
export async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    const rows = document.querySelector('.xterm-rows')!
    const tools: Instruments = {
      keyAt: 0,
      watch: () =>
        new Promise((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect()
            const parsed = performance.now() - tools.keyAt
            requestAnimationFrame(() => {
              const channel = new MessageChannel()
              channel.port1.onmessage = () => resolve([parsed, performance.now() - tools.keyAt])
              channel.port2.postMessage(null)
            })
          })
          observer.observe(rows, { childList: true, subtree: true, characterData: true })
        }),
    }
    document.addEventListener('keydown', (event) => (tools.keyAt = event.timeStamp), true)
    Object.assign(window, { bench: tools })
  })
}

/** Types `count` keys, one after the other's echo, and times each. */
export async function echo(page: Page, count: number): Promise<Echo> {
  const times: Echo = { parsed: [], painted: [] }
  for (let key = 0; key < count; key += 1) {
    const seen = page.evaluate(() => (window as unknown as { bench: Instruments }).bench.watch())
    // The observer must be there before the key.
    await page.evaluate(() => null)
    await page.keyboard.press('abcdefghij'[key % 10]!)
    const [parsed, painted] = await seen
    times.parsed.push(parsed)
    times.painted.push(painted)
    // Irregular gaps: no beat with the frames of the screen.
    await page.waitForTimeout(25 + ((key * 7) % 20))
    if (key % 40 === 39) await page.keyboard.press('Control+u')
  }
  return times
}

/** Waits until a terminal shows `text` alone on a line. */
export async function shows(page: Page, text: string, timeout = 120_000): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.xterm-rows > div')].some((row) => row.textContent?.trim() === wanted),
    text,
    { timeout, polling: 'raf' },
  )
}

/** Prints `mebibytes` as fast as the page takes them; gives MiB/s. */
export async function flood(page: Page, mebibytes: number): Promise<number> {
  await page.keyboard.type(`flood ${mebibytes}`)
  const began = performance.now()
  await page.keyboard.press('Enter')
  await shows(page, 'FIN')
  return mebibytes / ((performance.now() - began) / 1000)
}

/** Stops an endless output with Ctrl+C; gives the time until the page shows it, in ms. */
export async function interrupt(page: Page): Promise<number> {
  await page.keyboard.type('yes')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1500)
  const began = performance.now()
  await page.keyboard.press('Control+c')
  await shows(page, 'STOP')
  return performance.now() - began
}
