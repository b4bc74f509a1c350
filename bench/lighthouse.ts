/**
 * `npm run bench:lighthouse`: the four Lighthouse categories on the home page, on the heaviest page of the chapter and
 * on the atelier, against the limit of 95. Fails below it.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { startRunner } from '../runner/main.ts'
import { ensureBrowser } from '../scripts/browser.ts'
import { ensureBuilt, SITE } from '../scripts/build.ts'

const LIMIT = 95
const CHAPTER = join(SITE, 'chapitre-8')

/** Address of the section whose HTML weighs most. */
async function heaviest(): Promise<string> {
  const entries = await readdir(CHAPTER, { withFileTypes: true })
  const sections = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const sizes = await Promise.all(
    sections.map(async (name) => (await stat(join(CHAPTER, name, 'index.html'))).size),
  )
  return `/chapitre-8/${sections[sizes.indexOf(Math.max(...sizes))]}/`
}

await ensureBuilt()
const runner = await startRunner({ port: 0, siteDir: SITE })
const chrome = await launch({
  chromePath: ensureBrowser(),
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  for (const path of ['/', await heaviest(), '/atelier/refus/']) {
    for (const formFactor of ['desktop', 'mobile'] as const) {
      const result = await lighthouse(
        `http://localhost:${runner.port}${path}`,
        { port: chrome.port, output: 'json', logLevel: 'error' },
        {
          extends: 'lighthouse:default',
          settings: {
            formFactor,
            screenEmulation:
              formFactor === 'desktop'
                ? { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false }
                : { mobile: true, width: 412, height: 823, deviceScaleFactor: 1.75, disabled: false },
            // What Lighthouse calls desktop: a good link and no slowed processor.
            throttling:
              formFactor === 'desktop'
                ? {
                    rttMs: 40,
                    throughputKbps: 10_240,
                    cpuSlowdownMultiplier: 1,
                    requestLatencyMs: 0,
                    downloadThroughputKbps: 0,
                    uploadThroughputKbps: 0,
                  }
                : {
                    rttMs: 150,
                    throughputKbps: 1_638.4,
                    cpuSlowdownMultiplier: 4,
                    requestLatencyMs: 562.5,
                    downloadThroughputKbps: 1_474.56,
                    uploadThroughputKbps: 675,
                  },
            onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
          },
        },
      )
      const categories = Object.values(result?.lhr.categories ?? {})
      const scores = categories.map(({ id, score }) => `${id} ${Math.round((score ?? 0) * 100)}`)
      console.log(`${path} (${formFactor}) : ${scores.join(', ')}   limite ${LIMIT}`)
      for (const { score } of categories) if ((score ?? 0) * 100 < LIMIT) process.exitCode = 1
      for (const audit of Object.values(result?.lhr.audits ?? {})) {
        if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative') {
          console.log(`    ${audit.id} : ${audit.displayValue ?? audit.title}`)
        }
      }
    }
  }
} finally {
  chrome.kill()
  await runner.close()
}
