/** The course without a runner: a site of files under a prefix, a page of Chromium. Built once for all the test files. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { withLock } from '../../runner/programs/lock.mjs'
import { ensureBrowser } from '../../scripts/browser.ts'
import { ROOT, stampOfSources } from '../../scripts/build.ts'
import { makeRecordings } from '../../scripts/recordings.ts'
import { staticSite } from '../../scripts/static-site.ts'
import { FLAGS, PATIENCE } from './course.ts'
import { type FileServer, nodeFiles } from './files.ts'

export const BASE = '/cours/'
const FOLDER = join(ROOT, '.cache', 'seul')
const STAMP = join(ROOT, '.cache', 'seul-stamp')

/** The site of these very sources; the folder that a server of files is to serve. */
export async function aloneFolder(): Promise<string> {
  await withLock(join(ROOT, '.cache', 'seul.lock'), async () => {
    const wanted = await stampOfSources()
    if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
    await rm(STAMP, { force: true })
    await mkdir(FOLDER, { recursive: true })
    await makeRecordings(120_000, ['refus'])
    await staticSite(BASE, join(FOLDER, 'cours'))
    await writeFile(STAMP, wanted)
  })
  return FOLDER
}

export interface Alone {
  /** A page of its own; an error in its console fails the test. */
  open(path: string, options?: { width?: number; origin?: string }): Promise<Page>
}

/** A browser, and a plain server of the files, for the tests of a file. */
export function useAlone(): Alone {
  let browser: Browser
  let server: FileServer
  const contexts: BrowserContext[] = []
  const errors: string[] = []

  before(async () => {
    server = await nodeFiles(await aloneFolder())
    browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS })
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    assert.deepEqual(errors.splice(0), [], 'the console of the page')
  })
  after(async () => {
    await browser?.close()
    server?.close()
  })

  return {
    async open(path, { width = 1280, origin = server.url } = {}) {
      // High enough for all that the terminals print to be seen.
      const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 1600 } })
      context.setDefaultTimeout(PATIENCE)
      contexts.push(context)
      const page = await context.newPage()
      page.on('console', (message) => message.type() === 'error' && errors.push(`${path}: ${message.text()}`))
      page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`))
      await page.goto(`${origin}${BASE}${path}`)
      return page
    },
  }
}
