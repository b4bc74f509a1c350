/** The probe changes nothing: the scenarios go under it as they do without it, on the twin and on real Qt. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { skip as noTerminal, PRELOAD, watchedCommand } from '../../runner/probe/testing.ts'
import { ROOT } from '../../scripts/build.ts'
import { exclusive, QT_PORTS } from '../exclusive.ts'
import { compare } from './compare.ts'
import { parseScenario } from './language.ts'
import { buildSonde } from './sonde.ts'
import { scenarioNames } from './verdict.ts'

const HERE = import.meta.dirname
const PATIENCE = 600_000

test('the twin conforms under the probe', { skip: noTerminal, timeout: PATIENCE }, async () => {
  const args = ['--disable-warning=ExperimentalWarning', `--require=${PRELOAD}`, join(HERE, 'conformite.ts')]
  const { text, events, exit } = await watchedCommand(process.execPath, args, {
    folder: ROOT,
    patience: PATIENCE,
  })
  assert.ok(events.length > 1000, 'it was observed')
  assert.match(text, /\d+ scénarios : \d+ ok, 0 DIFF, \d+ hors/)
  assert.equal(exit.code, 0, text)
})

const sonde = noTerminal || process.platform !== 'linux' ? null : await buildSonde()
const skip = sonde === null ? 'Qt 6, CMake ou Linux absent : la sonde du C++ ne connaît que Linux' : false

const scenarios = scenarioNames(join(HERE, 'scenarios')).map((name) => {
  const file = join(HERE, 'scenarios', `${name}.qts`)
  return { name, file, scenario: parseScenario(readFileSync(file, 'utf8')) }
})

for (const { name, file, scenario } of scenarios.filter(({ scenario }) => !scenario.outsideApi)) {
  test(`real Qt plays ${name} under the probe as it did without`, { skip }, async () => {
    const oracle = readFileSync(join(HERE, 'oracles', `${name}.txt`), 'utf8').split('\n')
    const { text, events } = await exclusive(QT_PORTS, () =>
      watchedCommand(sonde!, [file], { folder: ROOT, patience: 60_000 }),
    )
    assert.equal(events[0]?.kind, 'hello')
    assert.equal(compare(oracle, text.split(/\r?\n/), scenario.variable), null)
  })
}
