/** What a page costs its main thread, in processor time: what others do on the machine does not count. */
import type { CDPSession, Locator, Page } from 'playwright-core'

/** Where a step begins, in the trace of the browser. */
const MARK = 'prise-directe-step'

/** An event of that trace; times in µs, `tdur` of processor. */
interface Told {
  name: string
  pid: number
  tid: number
  ts: number
  tdur?: number
}

export class PageMeter {
  readonly #page: Page
  readonly #session: CDPSession

  private constructor(page: Page, session: CDPSession) {
    this.#page = page
    this.#session = session
  }

  static async in(page: Page): Promise<PageMeter> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' })
    await session.send('Performance.enable')
    return new PageMeter(page, session)
  }

  /** Processor time of the main thread since its beginning, in ms. */
  async spent(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  }

  /**
   * The longest task of each of `count` steps, in ms of processor: while it lasts the page neither draws nor answers. A
   * step resolves once the page has shown what it did.
   */
  async longest(count: number, step: () => Promise<unknown>): Promise<number[]> {
    const told: Told[] = []
    const take = ({ value }: { value: unknown[] }) => told.push(...(value as Told[]))
    this.#session.on('Tracing.dataCollected', take)
    const includedCategories = ['blink.user_timing', 'disabled-by-default-devtools.timeline']
    await this.#session.send('Tracing.start', { traceConfig: { includedCategories } })
    for (let rank = 0; rank < count; rank += 1) {
      await this.#page.evaluate((mark) => performance.mark(mark), MARK)
      await step()
    }
    const complete = new Promise((resolve) => this.#session.once('Tracing.tracingComplete', resolve))
    await this.#session.send('Tracing.end')
    await complete
    this.#session.off('Tracing.dataCollected', take)
    const marks = told.filter(({ name }) => name === MARK)
    const own = told.filter(
      ({ name, pid, tid }) => name === 'RunTask' && pid === marks[0]!.pid && tid === marks[0]!.tid,
    )
    return marks.map(({ ts }, rank) => {
      const end = marks[rank + 1]?.ts ?? Number.POSITIVE_INFINITY
      return (
        Math.max(...own.filter((task) => task.ts > ts && task.ts < end).map(({ tdur = 0 }) => tdur)) / 1000
      )
    })
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
