import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exclusive, QT_PORTS } from '../exclusive.ts'
import { compare } from './compare.ts'
import { playAcross, serverObjects } from './cross.ts'
import { parseScenario } from './language.ts'
import { playScenario } from './player.ts'
import { buildSonde, playOnQt } from './sonde.ts'
import { scenarioNames } from './verdict.ts'

const SCENARIOS = join(import.meta.dirname, 'scenarios')
const sonde = await buildSonde()
const skip = sonde === null ? 'Qt 6 ou CMake absent : installer qt6-base-dev et cmake' : false

const all = scenarioNames(SCENARIOS).map((name) => {
  const file = join(SCENARIOS, `${name}.qts`)
  const source = readFileSync(file, 'utf8')
  return { name, file, source, scenario: parseScenario(source) }
})

for (const { name, file, scenario } of all.filter(({ scenario }) => !scenario.outsideApi)) {
  test(`the twin and the Qt of this machine agree on ${name}`, { skip }, async () => {
    const expected = await playOnQt(sonde!, file)
    assert.equal(compare(expected, await playScenario(scenario), scenario.variable), null)
  })
}

for (const { name, source, scenario } of all) {
  const servers = serverObjects(source)
  if (servers === null) continue
  const oracle = readFileSync(join(import.meta.dirname, 'oracles', `${name}.txt`), 'utf8').split('\n')
  for (const side of ['server', 'client'] as const) {
    const twin = side === 'server' ? 'client' : 'server'
    test(`with Qt as ${side} and the twin as ${twin}, ${name} goes as between two Qt`, { skip }, async () => {
      const lines = await exclusive(QT_PORTS, () => playAcross(scenario, servers, side, sonde!))
      // Two programs run at the same time: how many readyRead gather what was sent together depends on the run.
      assert.equal(compare(oracle, lines, true), null)
    })
  }
}
