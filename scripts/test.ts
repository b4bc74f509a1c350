/**
 * `npm test`: everything a stranger needs to trust the project: the test files beside the sources and in `tests/`.
 * `npm test -- runner` runs those of a folder or a file; `npm test -- labs/refus` those of one lab, and what every lab
 * is put through (`tests/labs/`, and the checks of its exercises) for that lab alone. The pages are built for
 * `tests/site/` and `tests/browser/` only, and a browser found or installed for `tests/browser/` and `tests/machine/`.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ensureBrowser } from './browser.ts'
import { ensureBuilt, ROOT } from './build.ts'
import { filesUnder } from './files.ts'

/** What every lab is put through. */
const ABOUT_LABS = ['tests/labs', 'tests/judge/matrix']
const wanted = process.argv.slice(2).map((part) => part.split(sep).join('/').replace(/\/$/, ''))
const labs = wanted.flatMap((part) => {
  const id = /^labs\/([^/]+)$/.exec(part)?.[1]
  return id && existsSync(join(ROOT, 'labs', id, 'lab.ts')) ? [id] : []
})
const parts = labs.length > 0 || wanted.includes('labs') ? [...wanted, ...ABOUT_LABS] : wanted
const files = (await filesUnder(ROOT, ['labs', 'judge', 'runner', 'machine', 'site', 'scripts', 'tests']))
  .map((path) => relative(ROOT, path).split(sep).join('/'))
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => parts.length === 0 || parts.some((part) => path === part || path.startsWith(`${part}/`)))
if (files.length === 0) {
  console.error(
    `Aucun fichier de test dans « ${wanted.join(' ')} » : donnez un dossier ou un fichier, comme « labs/refus » ou « runner ».`,
  )
  process.exit(1)
}

/** Whether some of the files stand in one of these folders. */
const some = (...folders: string[]) => files.some((path) => folders.some((folder) => path.startsWith(folder)))

try {
  if (some('tests/browser/', 'tests/machine/')) {
    process.env.CHROME_PATH = ensureBrowser()
    console.log(`Navigateur des tests : ${process.env.CHROME_PATH}`)
  }
  if (some('tests/browser/', 'tests/site/')) await ensureBuilt()
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}

const reporters = ['spec', './tests/skipped.ts'].flatMap((name) => [
  `--test-reporter=${name}`,
  '--test-reporter-destination=stdout',
])
const child = spawn(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-timeout=1500000', ...reporters, ...files],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, LABS: labs.join(' ') },
  },
)
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
