/** What a page costs, as Chromium traces it: the frames of an idle one, the style of one where a key is typed. */
import type { CDPSession, Page } from 'playwright-core'

interface TraceEvent {
  name: string
  args: { elementCount?: number }
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

/** The most elements whose style is calculated at once while `during` happens. */
export async function mostStyled(page: Page, during: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const events = await traced(session, during)
  await session.detach()
  return Math.max(...events.map(({ args }) => args.elementCount ?? 0))
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
