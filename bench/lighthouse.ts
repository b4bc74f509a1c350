/**
 * `npm run bench:lighthouse`: the four Lighthouse categories on the home page, on the heaviest page of the chapter and
 * on the atelier, against the limit of 95. Fails below it. Each page is seen several times: a busy machine only ever
 * slows, the best score counts, and all are told.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { startRunner } from '../runner/main.ts'
import { ensureBrowser } from '../scripts/browser.ts'
import { ensureBuilt, SITE } from '../scripts/build.ts'

const LIMIT = 95
const TIMES = 3
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

/** What Lighthouse calls desktop is a good link and no slowed processor. */
const SETTINGS = {
  desktop: {
    screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
    throttling: {
      rttMs: 40,
      throughputKbps: 10_240,
      cpuSlowdownMultiplier: 1,
      requestLatencyMs: 0,
      downloadThroughputKbps: 0,
      uploadThroughputKbps: 0,
    },
  },
  mobile: {
    screenEmulation: { mobile: true, width: 412, height: 823, deviceScaleFactor: 1.75, disabled: false },
    throttling: {
      rttMs: 150,
      throughputKbps: 1_638.4,
      cpuSlowdownMultiplier: 4,
      requestLatencyMs: 562.5,
      downloadThroughputKbps: 1_474.56,
      uploadThroughputKbps: 675,
    },
  },
} as const

type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']

async function visit(path: string, formFactor: keyof typeof SETTINGS): Promise<Result> {
  const onlyCategories = ['performance', 'accessibility', 'best-practices', 'seo']
  const result = await lighthouse(
    `http://localhost:${runner.port}${path}`,
    { port: chrome.port, output: 'json', logLevel: 'error' },
    { extends: 'lighthouse:default', settings: { formFactor, onlyCategories, ...SETTINGS[formFactor] } },
  )
  if (!result) throw new Error(`${path}: no result`)
  return result.lhr
}

const performanceOf = ({ categories }: Result) => categories.performance?.score ?? 0

await ensureBuilt()
const runner = await startRunner({ port: 0, siteDir: SITE })
const chrome = await launch({
  chromePath: ensureBrowser(),
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  for (const path of ['/', await heaviest(), '/atelier/refus/']) {
    for (const formFactor of ['desktop', 'mobile'] as const) {
      const seen: Result[] = []
      for (let time = 0; time < TIMES; time += 1) seen.push(await visit(path, formFactor))
      const scores = Object.keys(seen[0]!.categories).map((id) => {
        const all = seen.map(({ categories }) => categories[id]!.score)
        const best = Math.round(Math.max(...all.map((score) => score ?? 0)) * 100)
        if (best < LIMIT) process.exitCode = 1
        const told = all.map((score) => (score === null ? 'sans note' : Math.round(score * 100)))
        return new Set(told).size > 1 ? `${id} ${best} (${told.join(', ')})` : `${id} ${best}`
      })
      console.log(`${path} (${formFactor}) : ${scores.join(', ')}   limite ${LIMIT}`)
      const best = seen.toSorted((a, b) => performanceOf(b) - performanceOf(a))[0]!
      for (const audit of Object.values(best.audits)) {
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
