/** The course where no script runs: an old browser, or one whose scripts are refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { type Runner, startRunner } from '../../runner/main.ts'
import { ensureBrowser } from '../../scripts/browser.ts'
import { ensureBuilt, SITE } from '../../scripts/build.ts'

let browser: Browser
let runner: Runner
before(async () => {
  await ensureBuilt()
  browser = await chromium.launch({
    executablePath: ensureBrowser(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  runner = await startRunner({ port: 0, siteDir: SITE })
})
after(async () => {
  await browser?.close()
  await runner?.close()
})

test('F33: without JavaScript the text, the listings and the commands to type are readable', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`http://localhost:${runner.port}/chapitre-8/8-6-7/`)
  const text = await page.locator('main').innerText()
  assert.match(text, /npm run lab -- refus\/serveur/)
  assert.match(text, /QTcpServer/)
  assert.ok(text.length > 5000, `${text.length} characters`)
  await context.close()
})
