/** What the frames of a page cost its main thread: from the beginning of each to the moment when it is handed over. */
import type { Locator, Page } from 'playwright-core'

interface Instruments {
  /** Of each frame since it was emptied, in ms. */
  frames: number[]
  measuring: boolean
  /** Of the last click, until the frame that shows it. */
  click: Promise<number> | null
}

export interface Meter {
  /** The frames of `action`. */
  during(action: () => Promise<unknown>): Promise<number[]>
  /** Presses a button; gives the time from its event to the frame that shows what it did. */
  click(button: Locator): Promise<number>
}

export class FrameMeter implements Meter {
  readonly #page: Page

  private constructor(page: Page) {
    this.#page = page
  }

  static async in(page: Page): Promise<FrameMeter> {
    await page.evaluate(() => {
      const tools: Instruments = { frames: [], measuring: false, click: null }
      const handedOver = (then: () => void) => {
        const channel = new MessageChannel()
        channel.port1.onmessage = then
        channel.port2.postMessage(null)
      }
      const frame = () => {
        const began = performance.now()
        handedOver(() => {
          if (tools.measuring) tools.frames.push(performance.now() - began)
        })
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
      document.addEventListener(
        'click',
        ({ timeStamp }) => {
          tools.click = new Promise((resolve) =>
            requestAnimationFrame(() => handedOver(() => resolve(performance.now() - timeStamp))),
          )
        },
        true,
      )
      Object.assign(window, { frameMeter: tools })
    })
    return new FrameMeter(page)
  }

  async during(action: () => Promise<unknown>): Promise<number[]> {
    const measure = (measuring: boolean) =>
      this.#page.evaluate((value) => {
        const { frameMeter } = window as unknown as { frameMeter: Instruments }
        frameMeter.measuring = value
        return frameMeter.frames.splice(0)
      }, measuring)
    await measure(true)
    await action()
    return measure(false)
  }

  async click(button: Locator): Promise<number> {
    await button.click()
    return this.#page.evaluate(() => (window as unknown as { frameMeter: Instruments }).frameMeter.click!)
  }
}
