/**
 * `npm test`: everything a stranger needs to trust the project: the test files beside the sources and in `tests/`.
 * `npm test -- runner` runs those of a folder or a file; `npm test -- labs/refus` those of one lab, and what every lab
 * is put through (`tests/labs/`, and the checks of its exercises) for that lab alone. The pages are built for
 * `tests/site/` and `tests/browser/` only, and a browser found or installed for `tests/browser/` and `tests/machine/`.
 * Played whole, a few red files are played once more, alone, and what passes then is told as unstable: the run
 * stays red.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import type { Red } from '../tests/reds.ts'
import { ensureBrowser } from './browser.ts'
import { ensureBuilt, ROOT } from './build.ts'
import { filesUnder } from './files.ts'

/** What every lab is put through. */
const ABOUT_LABS = ['tests/labs', 'tests/judge/matrix']
/** Above this many red files, the whole is red: none is played again. */
const REPLAYED = 4
/** How much of what a test said is told again, in characters. */
const SAID = 2000
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

const folder = mkdtempSync(join(tmpdir(), 'prise-directe-tests-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Plays these files, `abreast` at a time; the tests that failed, or null when all passed. */
async function play(paths: readonly string[], abreast: number): Promise<Red[] | null> {
  const list = join(folder, 'rouges')
  const reporters = [
    ['spec', 'stdout'],
    ['./tests/skipped.ts', 'stdout'],
    ['./tests/reds.ts', list],
  ].flatMap(([name, to]) => [`--test-reporter=${name}`, `--test-reporter-destination=${to}`])
  const child = spawn(
    process.execPath,
    ['--test', `--test-concurrency=${abreast}`, '--test-timeout=1500000', ...reporters, ...paths],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, LABS: labs.join(' ') } },
  )
  const [code] = await once(child, 'exit')
  if (code === 0) return null
  const lines = readFileSync(list, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as Red)
}

/** The files of these tests, each once. */
const filesOf = (reds: readonly Red[]) => files.filter((path) => reds.some(({ file }) => file === path))

const reds = await play(files, 2)
process.exitCode = reds ? 1 : 0
const again = filesOf(reds ?? [])
// The run stays red: whether they fail alone too only tells where to look, a race or the change itself.
if (reds && parts.length === 0 && again.length > 0 && again.length <= REPLAYED) {
  console.log(`\nRouges parmi les autres, rejoués seuls : ${again.join(', ')}\n`)
  const still = await play(again, 1)
  // Nothing is known of a replay that failed without naming a test.
  const unstable = still?.length === 0 ? [] : again.filter((path) => !filesOf(still ?? []).includes(path))
  if (unstable.length > 0) {
    console.log(`\nInstables, à réparer : ${unstable.length}\n  - ${unstable.join('\n  - ')}`)
    for (const { file, name, said } of reds.filter(({ file }) => unstable.includes(file)))
      console.log(`\n${file}, « ${name} » :\n${said.slice(0, SAID)}`)
  }
}
