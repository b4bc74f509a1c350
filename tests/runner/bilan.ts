/**
 * `npm run bilan`: the table of the attacks and faults that the runner must resist, each proved by the tests that carry
 * its number in their title (« A7: … », « F18 F20: … »). Runs them; fails when a number has no test, or a red one.
 * `npm run bilan -- --sans-navigateur` leaves out those that need the built pages and a browser.
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { run } from 'node:test'
import { ensureBrowser } from '../../scripts/browser.ts'
import { ensureBuilt, ROOT } from '../../scripts/build.ts'
import { filesUnder } from '../../scripts/files.ts'

const ATTACKS = 29
const FAULTS = 33
const NUMBERS = [
  ...Array.from({ length: ATTACKS }, (_, i) => `A${i + 1}`),
  ...Array.from({ length: FAULTS }, (_, i) => `F${i + 1}`),
]
/** The numbers at the head of a title. */
const HEAD = /^((?:[AF]\d+ ?)+):/
const IN_SOURCE = /\b(?:test|it)\(\s*['"`](?:[AF]\d+ ?)+:/
const TIMEOUT = 600_000

interface Proof {
  title: string
  state: 'tenu' | 'échec' | 'non joué'
  detail: string
}

const withBrowser = !process.argv.includes('--sans-navigateur')
const files = (await filesUnder(ROOT, ['labs', 'runner', 'scripts', 'site', 'tests']))
  .filter((path) => path.endsWith('.test.ts') && IN_SOURCE.test(readFileSync(path, 'utf8')))
  .filter((path) => withBrowser || !relative(ROOT, path).startsWith('tests/browser'))

if (withBrowser) {
  process.env.CHROME_PATH = ensureBrowser()
  await ensureBuilt()
}

const proofs = new Map<string, Proof[]>(NUMBERS.map((number) => [number, []]))

function note(title: string, state: Proof['state'], detail: string): void {
  const [, numbers = ''] = HEAD.exec(title) ?? []
  for (const number of numbers.trim().split(' ')) proofs.get(number)?.push({ title, state, detail })
}

console.log(`Épreuves jouées : ${files.length} fichiers, quelques minutes…`)
// One file at a time: several measure what a busy machine would blur.
const stream = run({ files, concurrency: 1, timeout: TIMEOUT, testNamePatterns: [/^(?:[AF]\d+ ?)+:/] })
stream.on('test:pass', ({ name, skip }) => {
  if (skip === undefined || skip === false) note(name, 'tenu', '')
  else note(name, 'non joué', skip === true ? 'sans raison donnée' : skip)
})
stream.on('test:fail', ({ name, details }) =>
  note(name, 'échec', String(details.error.cause ?? details.error)),
)
await new Promise((resolve) => stream.on('end', resolve).resume())

let bad = 0
for (const number of NUMBERS) {
  const found = proofs.get(number)!
  const failed = found.filter(({ state }) => state === 'échec')
  const held = found.filter(({ state }) => state === 'tenu')
  const notPlayed = found.filter(({ state }) => state === 'non joué')
  if (failed.length > 0) {
    for (const { title, detail } of failed)
      console.log(`${number.padEnd(4)} ÉCHEC     ${title}\n      ${detail}`)
  } else if (held.length > 0) {
    console.log(`${number.padEnd(4)} tenu      ${held.length} épreuve${held.length > 1 ? 's' : ''}`)
  } else if (notPlayed.length > 0) {
    for (const { detail } of notPlayed) console.log(`${number.padEnd(4)} non joué  ${detail}`)
  } else {
    console.log(
      `${number.padEnd(4)} ${withBrowser ? 'MANQUE    aucune épreuve ne porte ce numéro' : 'non joué  demande un navigateur'}`,
    )
  }
  if (failed.length > 0 || (withBrowser && found.length === 0)) bad += 1
}
console.log(bad === 0 ? '\nTout est tenu, ou dit.' : `\nÀ reprendre : ${bad}.`)
process.exit(bad === 0 ? 0 : 1)
