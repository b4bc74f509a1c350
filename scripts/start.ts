/**
 * `npm start`: builds the pages when they have changed, serves them with the runner and opens the browser.
 * `npm run dev` (`--dev`): the same runner attached to Astro's development server.
 */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { Address, addressSettings } from '../runner/address.ts'
import { type Runner, type RunnerEvent, startRunner } from '../runner/main.ts'
import { ensureBuilt, SITE } from './build.ts'

const DEFAULT_PORT = 4321
const USAGE =
  'Usage : npm start -- [--port N] [--no-open] [--hote nom]...   (N de 0 à 65535 ; 0 = un port libre)\n' +
  '--hote : un autre nom du cours, derrière un mandataire ou un port transmis (« localhost:8080 »).'

interface Options {
  port: number
  open: boolean
  dev: boolean
  hosts: string[]
}

function refuse(message: string): never {
  console.error(`${message}\n${USAGE}`)
  process.exit(2)
}

function options(): Options {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        'no-open': { type: 'boolean', default: false },
        dev: { type: 'boolean', default: false },
        hote: { type: 'string', multiple: true, default: [] },
      },
    })
    const port = Number(values.port)
    if (!/^\d+$/.test(values.port) || port > 65_535) refuse(`« ${values.port} » n'est pas un port.`)
    return { port, open: !values['no-open'], dev: values.dev, hosts: values.hote }
  } catch {
    return refuse('Cette option n’existe pas.')
  }
}

/** Opens the address with the system's browser; a machine without one is no error, the address is printed anyway. */
function openBrowser(url: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

/** What the runner met at start. */
function say(event: RunnerEvent): void {
  if (event.type === 'port-busy') {
    console.log(`Le port ${event.port} est déjà utilisé : essai du port ${event.next}.`)
  } else {
    console.log(`Programmes laissés par un arrêt brutal, arrêtés à présent : ${event.processes}.`)
  }
}

const { port, open, dev, hosts } = options()
const { base, hosts: known } = addressSettings()
const where = { base, hosts: [...hosts, ...known] }
try {
  new Address(where)
} catch (error) {
  refuse(`« ${(error as Error).message} » n'est ni un nom d'hôte, ni un chemin de base.`)
}
let runner: Runner
try {
  if (dev) {
    const { startDev } = await import('./dev.ts')
    runner = await startDev(port, where)
  } else {
    await ensureBuilt()
    runner = await startRunner({ port, siteDir: SITE, log: say, ...where })
  }
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  console.error(
    code === 'EADDRINUSE'
      ? `Le port ${port} et les suivants sont déjà utilisés : relancez avec « npm start -- --port 0 ».`
      : message,
  )
  process.exit(1)
}

if (port !== 0 && runner.port !== port)
  console.log(`Le port ${port} est déjà utilisé : le cours prend le suivant.`)
console.log(`\nPrise directe est prêt : ${runner.url}\nCtrl+C arrête le cours et les programmes lancés.`)
if (open) openBrowser(runner.url)

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    if (stopping) process.exit(1)
    stopping = true
    console.log('\nArrêt du cours et des programmes lancés…')
    await runner.close()
    process.exit(0)
  })
}
