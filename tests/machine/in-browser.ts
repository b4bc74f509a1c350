/**
 * The machine in a browser: a page that asks this server for things to do and tells what it saw. The browser is run as
 * it is, without any tool to drive it: Firefox too.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from 'esbuild'
import { buildMachine } from '../../machine/build.ts'
import { sourcesOf, twin } from '../../machine/programs.ts'
import { findBrowser } from '../../scripts/browser.ts'
import { ROOT } from '../../scripts/build.ts'
import { labs } from '../labs/played.ts'
import type { TestPage } from './page.ts'

export type BrowserName = 'chromium' | 'firefox'

/** A page in this browser; or why there is none on this machine. */
export async function browserPage(
  name: BrowserName,
): Promise<{ page: BrowserPage; missing: false } | { page: null; missing: string }> {
  const command = commandOf(name)
  if (command) return { page: await BrowserPage.open(name, command), missing: false }
  return { page: null, missing: `${name} est absent de cette machine` }
}

function commandOf(name: BrowserName): string | null {
  if (name === 'chromium') return findBrowser()
  return spawnSync('firefox-esr', ['--version']).status === 0 ? 'firefox-esr' : null
}

interface Job {
  name: string
  args: readonly unknown[]
  done(result: { value?: unknown; error?: string }): void
}

/** Served like the course: nothing is asked of the server's headers. */
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>machine</title><script type="module" src="page.js"></script>'

class BrowserPage implements AsyncDisposable {
  readonly #server: Server
  readonly #profile = mkdtempSync(join(tmpdir(), 'machine-'))
  readonly #jobs: Job[] = []
  #browser: ChildProcess | undefined
  /** The page that waits for something to do. */
  #asking: ServerResponse | null = null
  #current: Job | null = null
  #closed = false

  private constructor(files: ReadonlyMap<string, string>, whole: Readonly<Record<string, string>>) {
    this.#server = createServer((request, response) => void this.#answer(request, response, files, whole))
  }

  /** Opens the browser of `command`. */
  static async open(name: BrowserName, command: string): Promise<BrowserPage> {
    const whole = { 'labs/qt-network/index.ts': await twin(ROOT) }
    const files = new Map([
      ['/', PAGE],
      ['/page.js', await bundle()],
      ['/frame.html', await buildMachine()],
    ])
    const page = new BrowserPage(files, whole)
    page.#server.listen(0, '127.0.0.1')
    await once(page.#server, 'listening')
    const { port } = page.#server.address() as AddressInfo
    page.#launch(name, command, `http://127.0.0.1:${port}/`)
    return page
  }

  /** Of the browser. */
  get pid(): number {
    return this.#browser!.pid!
  }

  /** Plays a lab's scenario in the page: `ok`, or what went wrong. */
  play(id: string, first: string, others: string): Promise<unknown> {
    return this.#do('play', id, first, others)
  }

  /** Runs a function in the page; it may use nothing but its arguments. */
  run<T, A extends readonly unknown[]>(
    job: (page: TestPage, ...args: A) => Promise<T>,
    ...args: A
  ): Promise<T> {
    return this.#do('run', String(job), ...args) as Promise<T>
  }

  #do(name: string, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const done: Job['done'] = ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error))
      this.#jobs.push({ name, args, done })
      this.#give()
    })
  }

  #give(): void {
    const job = this.#asking && this.#jobs.shift()
    if (!this.#asking || !job) return
    this.#current = job
    this.#asking.end(JSON.stringify({ name: job.name, args: job.args }))
    this.#asking = null
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    files: ReadonlyMap<string, string>,
    whole: Readonly<Record<string, string>>,
  ): Promise<void> {
    const [path = '', query = ''] = request.url?.split('?') ?? []
    const file = files.get(path)
    if (file !== undefined) {
      response.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'text/html')
      response.end(file)
    } else if (path === '/sources') response.end(JSON.stringify(sourcesOf(query, ROOT, whole)))
    else if (path === '/next') {
      if (this.#closed) return void response.end('null')
      this.#asking = response
      this.#give()
    } else if (path === '/result') {
      const job = this.#current
      this.#current = null
      job?.done(JSON.parse(await text(request)))
      response.end()
    } else response.writeHead(404).end()
  }

  #launch(name: BrowserName, command: string, url: string): void {
    const args =
      name === 'chromium'
        ? ['--headless=new', '--no-sandbox', '--no-first-run', `--user-data-dir=${this.#profile}`, url]
        : ['--headless', '--no-remote', '--profile', this.#profile, url]
    if (name === 'firefox') writeFileSync(join(this.#profile, 'user.js'), QUIET)
    const env = { ...process.env, ...(name === 'firefox' && { HOME: this.#profile }) }
    this.#browser = spawn(command, args, { stdio: 'ignore', env })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#asking?.end('null')
    const browser = this.#browser
    if (browser && browser.exitCode === null) {
      const gone = once(browser, 'exit')
      browser.kill()
      await gone
    }
    this.#server.close()
    this.#server.closeAllConnections()
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Firefox without its own traffic. */
const QUIET = [
  ...[
    'browser.shell.checkDefaultBrowser',
    'datareporting.policy.dataSubmissionEnabled',
    'app.update.enabled',
  ],
  ...['app.normandy.enabled', 'network.captive-portal-service.enabled', 'extensions.update.enabled'],
  ...['network.connectivity-service.enabled', 'browser.safebrowsing.malware.enabled'],
  ...['browser.safebrowsing.phishing.enabled', 'toolkit.telemetry.enabled'],
]
  .map((name) => `user_pref("${name}", false);\n`)
  .concat('user_pref("browser.startup.homepage_override.mstone", "ignore");\n')
  .concat('user_pref("services.settings.server", "http://127.0.0.1:9/");\n')
  .join('')

async function bundle(): Promise<string> {
  const lines = [...labs.keys()].map(
    (id) => `${JSON.stringify(id)}: (await import('./labs/${id}/lab.ts')).default,`,
  )
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    charset: 'utf8',
    plugins: [
      {
        name: 'labs',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^tests:labs$/ }, ({ path }) => ({ path, namespace: 'labs' }))
          onLoad({ filter: /.*/, namespace: 'labs' }, () => ({
            contents: `export default {${lines.join('\n')}}`,
            resolveDir: ROOT,
          }))
        },
      },
    ],
  })
  return outputFiles[0]!.text
}
