/** The course without a runner: a site of files under a prefix, a page of Chromium. Built once for all the test files. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { withLock } from '../../runner/programs/lock.mjs'
import { ensureBrowser } from '../../scripts/browser.ts'
import { ROOT, stampOfSources } from '../../scripts/build.ts'
import { makeRecordings } from '../../scripts/recordings.ts'
import { staticSite } from '../../scripts/static-site.ts'
import { exclusive, GROUPS } from '../exclusive.ts'
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
    await exclusive(GROUPS, () => makeRecordings(120_000, ['refus']))
    await staticSite(BASE, join(FOLDER, 'cours'))
    await writeFile(STAMP, wanted)
  })
  return FOLDER
}

export interface Opened {
  width?: number
  /** High enough for all that the terminals print to be seen, unless said otherwise. */
  height?: number
  origin?: string
  /** Where several pages are of one visitor; each has its own otherwise. */
  context?: BrowserContext
}

export interface Alone {
  /** What the server serves. */
  readonly folder: string
  newContext(size?: Pick<Opened, 'width' | 'height'>): Promise<BrowserContext>
  /** Opens a page; an error in its console fails the test. */
  open(path: string, options?: Opened): Promise<Page>
}

/** A browser, and a plain server of the files, for the tests of a file; of a `copy` of them where a test changes them. */
export function useAlone({ copy = false } = {}): Alone {
  let browser: Browser
  let server: FileServer
  let folder = ''
  const contexts: BrowserContext[] = []
  const errors: string[] = []

  before(async () => {
    folder = copy ? await mkdtemp(join(tmpdir(), 'site-')) : await aloneFolder()
    if (copy) await cp(await aloneFolder(), folder, { recursive: true })
    server = await nodeFiles(folder)
    browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS })
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    assert.deepEqual(errors.splice(0), [], 'the console of the page')
  })
  after(async () => {
    await browser?.close()
    server?.close()
    if (copy) await rm(folder, { recursive: true, force: true })
  })

  async function newContext({ width = 1280, height }: Pick<Opened, 'width' | 'height'> = {}) {
    const viewport = { width, height: height ?? (width < 500 ? 844 : 1600) }
    const context = await browser.newContext({ viewport })
    context.setDefaultTimeout(PATIENCE)
    contexts.push(context)
    return context
  }

  return {
    get folder() {
      return folder
    },
    newContext,
    async open(path, { origin = server.url, context, ...size } = {}) {
      const page = await (context ?? (await newContext(size))).newPage()
      page.on('console', (message) => message.type() === 'error' && errors.push(`${path}: ${message.text()}`))
      page.on('pageerror', (error) => errors.push(`${path}: ${error.message}`))
      await page.goto(`${origin}${BASE}${path}`)
      return page
    },
  }
}
