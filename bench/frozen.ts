/** Whether a program goes on when the page that shows it does not: a datagram sent and sent back, all along. */
import { createSocket } from 'node:dgram'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { quantile } from './report.ts'

/** Between two datagrams, and how long an answer may take before it counts as none, in ms. */
const EVERY = 30
const PATIENCE = 3000

export interface Answers {
  p50: number
  max: number
  /** Datagrams that were never answered. */
  lost: number
}

/** Sends datagrams to `port` during `ms`, each logged by the program; times their answers. */
async function ping(port: number, ms: number): Promise<Answers> {
  const socket = createSocket('udp4')
  const sentAt = new Map<number, number>()
  const times: number[] = []
  socket.on('message', (bytes) => {
    const n = Number(bytes.toString())
    times.push(performance.now() - sentAt.get(n)!)
    sentAt.delete(n)
  })
  const end = performance.now() + ms
  for (let n = 0; performance.now() < end; n += 1) {
    sentAt.set(n, performance.now())
    socket.send(String(n), port, '127.0.0.1')
    await delay(EVERY)
  }
  for (let waited = 0; sentAt.size > 0 && waited < PATIENCE; waited += 100) await delay(100)
  socket.close()
  return { p50: quantile(times, 0.5), max: Math.max(...times), lost: sentAt.size }
}

/** Freezes the page for six seconds in the middle of an endless output, and pings its program from the second on. */
export async function answersUnderFrozenPage(page: Page, port: number): Promise<Answers> {
  await page.keyboard.type('yes')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(500)
  const frozen = page.evaluate(() => {
    const end = performance.now() + 6000
    while (performance.now() < end);
  })
  await delay(1000)
  const answers = await ping(port, 4500)
  await frozen
  await page.keyboard.press('Control+c')
  return answers
}
