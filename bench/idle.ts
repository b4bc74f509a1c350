/** Whether a page does nothing when nothing happens: the frames that Chromium commits while nobody touches it. */
import type { CDPSession, Page } from 'playwright-core'

interface TraceEvent {
  name: string
  args?: { data?: { type?: string } }
}

/**
 * Counts the frames committed by the page's main thread in `seconds`. The page is first left alone for a second: what
 * its opening has begun is over.
 */
export async function framesWhenIdle(page: Page, seconds: number): Promise<number> {
  await page.waitForTimeout(1000)
  const session = await page.context().newCDPSession(page)
  const events = await traced(session, () => page.waitForTimeout(seconds * 1000))
  await session.detach()
  return events.filter(({ name }) => name === 'Commit').length
}

async function traced(session: CDPSession, during: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] },
  })
  await during()
  await session.send('Tracing.end')
  await complete
  return events
}
