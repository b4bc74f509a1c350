/**
 * `npm test`: everything a stranger needs to trust the project. Finds or installs a browser, builds the pages, then
 * runs the test files beside the sources and in `tests/`. `npm test -- runner` runs those whose path contains « runner ».
 */
import { spawn } from 'node:child_process'
import { relative } from 'node:path'
import { ensureBrowser } from './browser.ts'
import { ensureBuilt, ROOT } from './build.ts'
import { filesUnder } from './files.ts'

const wanted = process.argv.slice(2)
const files = (await filesUnder(ROOT, ['labs', 'runner', 'site', 'scripts', 'tests']))
  .map((path) => relative(ROOT, path))
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
if (files.length === 0) {
  console.error(`Aucun fichier de test ne correspond à « ${wanted.join(' ')} ».`)
  process.exit(1)
}

try {
  const browser = ensureBrowser()
  console.log(`Navigateur des tests : ${browser}`)
  process.env.CHROME_PATH = browser
  await ensureBuilt()
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
  ['--test', '--test-concurrency=2', '--test-timeout=600000', ...reporters, ...files],
  {
    cwd: ROOT,
    stdio: 'inherit',
  },
)
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
