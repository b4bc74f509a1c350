/**
 * `npm start`: builds the pages when they have changed, serves them with the runner and opens the browser.
 * `npm run dev` (`--dev`): the same runner attached to Astro's development server.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Address, addressSettings } from '../runner/address.ts'
import { spreadLastNet } from '../runner/last-net.ts'
import { type Runner, type RunnerEvent, startRunner } from '../runner/main.ts'
import { stateFolder } from '../runner/state.ts'
import { ensureBuilt, ROOT, SITE } from './build.ts'
import { openBrowser } from './opener.ts'

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

/** What the runner met at start. */
function say(event: RunnerEvent): void {
  if (event.type === 'port-busy') {
    console.log(`Le port ${event.port} est déjà utilisé : essai du port ${event.next}.`)
  } else {
    console.log(`Programmes laissés par un arrêt brutal, arrêtés à présent : ${event.processes}.`)
  }
}

/** A fault of ours, for whoever will report it. */
function sayFault(error: unknown): void {
  console.error(
    'Prise directe s’arrête sur une erreur inattendue ; les programmes lancés sont arrêtés. Relancez « npm start ».\n' +
      `Pour la signaler :\n${error instanceof Error ? error.stack : String(error)}`,
  )
}

const { port, open, dev, hosts } = options()
const { base, hosts: known } = addressSettings()
const where = { base, hosts: [...hosts, ...known] }
try {
  new Address(where)
} catch (error) {
  refuse(`« ${(error as Error).message} » n'est ni un nom d'hôte, ni un chemin de base.`)
}
let runner: Runner | undefined

spreadLastNet(sayFault, async () => runner?.close())
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, async () => {
    // Twice, or before anything is served: at once. What is being built ends with us.
    if (stopping || !runner) process.exit(1)
    stopping = true
    console.log('\nArrêt du cours et des programmes lancés…')
    await runner.close()
    process.exit(0)
  })
}

try {
  if (dev) {
    const { startDev } = await import('./dev.ts')
    runner = await startDev(port, where)
  } else {
    await ensureBuilt()
    runner = await startRunner({ port, siteDir: SITE, log: say, buildAhead: true, ...where })
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
if (open) openBrowser(runner.url, stateFolder(join(ROOT, 'labs')))
