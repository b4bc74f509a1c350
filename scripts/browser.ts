/**
 * Finds a browser of the Chromium family for the tests, or installs one: what is on the machine first, then Debian's
 * package where apt may be used, then Playwright's own download.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
]

const WELL_KNOWN = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
]

/** Path of a browser already here, or null. `CHROME_PATH` wins. */
export function findBrowser(): string | null {
  const inPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const candidates = [process.env.CHROME_PATH, ...inPath, ...WELL_KNOWN, chromium.executablePath()]
  return candidates.find((path) => path && existsSync(path)) ?? null
}

/** Path of a browser, installed if need be. Throws with the next step when none can be had. */
export function ensureBrowser(): string {
  const found = findBrowser()
  if (found) return found
  console.log('Aucun navigateur de la famille Chromium ici : installation pour les tests…')
  installFromDebian() || installFromPlaywright()
  const installed = findBrowser()
  if (installed) return installed
  throw new Error(
    'Aucun navigateur n’a pu être installé. Installez Chromium, Chrome ou Edge, ' +
      'ou donnez son chemin dans la variable CHROME_PATH, puis relancez.',
  )
}

function run(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

function installFromDebian(): boolean {
  if (!existsSync('/usr/bin/apt-get')) return false
  const root = process.getuid?.() === 0
  const apt = (...args: string[]) =>
    root ? run('apt-get', ['-qq', ...args]) : run('sudo', ['-n', 'apt-get', '-qq', ...args])
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium')
}

function installFromPlaywright(): boolean {
  const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '..', 'cli.js')
  return run(process.execPath, [cli, 'install', 'chromium'])
}
