/** What a page costs its main thread, in processor time: what others do on the machine does not count. */
import type { CDPSession, Locator, Page } from 'playwright-core'

export class PageMeter {
  readonly #session: CDPSession

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async in(page: Page): Promise<PageMeter> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' })
    await session.send('Performance.enable')
    return new PageMeter(session)
  }

  /** Processor time of the main thread since its beginning, in ms. */
  async spent(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  }

  /** What each of `count` steps costs, in ms; a step resolves once the page has shown what it did. */
  async steps(count: number, step: () => Promise<unknown>): Promise<number[]> {
    const times: number[] = []
    for (let rank = 0; rank < count; rank += 1) {
      const before = await this.spent()
      await step()
      times.push((await this.spent()) - before)
    }
    return times
  }

  /** Presses a button; gives the time from its event to the frame that shows what it did, in ms. */
  async click(button: Locator): Promise<number> {
    const shown = button.evaluate(
      (element) =>
        new Promise<number>((resolve) =>
          element.addEventListener(
            'click',
            ({ timeStamp }) =>
              requestAnimationFrame(() => {
                const channel = new MessageChannel()
                channel.port1.onmessage = () => resolve(performance.now() - timeStamp)
                channel.port2.postMessage(null)
              }),
            { once: true },
          ),
        ),
    )
    await button.click()
    return shown
  }
}
