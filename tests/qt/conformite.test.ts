import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { judge, report, scenarioNames } from './verdict.ts'

const SCENARIOS = join(import.meta.dirname, 'scenarios')
const ORACLES = join(import.meta.dirname, 'oracles')

for (const name of scenarioNames(SCENARIOS)) {
  test(`the twin does in ${name} what real Qt did`, async () => {
    const source = readFileSync(join(SCENARIOS, `${name}.qts`), 'utf8')
    const verdict = await judge(source, readFileSync(join(ORACLES, `${name}.txt`), 'utf8'))
    assert.notEqual(verdict.kind, 'DIFF', report(name, verdict))
  })
}

test('the command prints one line per scenario and a count, and fails on a difference', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformite-'))
  try {
    const [scenarios, oracles] = [join(folder, 's'), join(folder, 'o')]
    for (const name of ['u01-bind', 't02-refuse', 't05-jamais-connecte']) {
      cpSync(join(SCENARIOS, `${name}.qts`), join(scenarios, `${name}.qts`))
      cpSync(join(ORACLES, `${name}.txt`), join(oracles, `${name}.txt`))
    }
    const run = () =>
      spawnSync(process.execPath, [join(import.meta.dirname, 'conformite.ts'), scenarios, oracles], {
        encoding: 'utf8',
      })
    const right = run()
    assert.equal(right.status, 0)
    assert.match(right.stdout, /^ok {4}t02-refuse\nhors {2}t05-jamais-connecte .*\nok {4}u01-bind\n/)
    assert.match(right.stdout, /3 scénarios : 2 ok, 0 DIFF, 1 hors\n$/)
    const altered = join(oracles, 't02-refuse.txt')
    writeFileSync(altered, readFileSync(altered, 'utf8').replace('c errorOccurred', 'c connected'))
    const wrong = run()
    assert.equal(wrong.status, 1)
    assert.match(wrong.stdout, /^DIFF {2}t02-refuse \(objet c\) .*connected.*errorOccurred/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
