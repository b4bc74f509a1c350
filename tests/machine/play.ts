/** Declares a test for every scenario of every lab, in every pairing of variants that the machine runs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labs } from '../labs/played.ts'
import { pairings } from './stage.ts'

/** `play` resolves to `ok`, or to what went wrong. `skip`: why none of them can be played here. */
export function testScenarios(
  where: string,
  play: (id: string, first: 'ts' | 'node', others: 'ts' | 'node') => Promise<unknown>,
  skip: string | false = false,
): void {
  for (const [id, lab] of labs) {
    if (lab.scenario.length === 0) continue
    for (const [first, others] of pairings(lab)) {
      const title = `${id} holds on the machine in ${where}: ${lab.roles[0]!.id} in ${first}, the others in ${others}`
      test(title, { skip, timeout: 180_000 }, async () => {
        assert.equal(await play(id, first, others), 'ok')
      })
    }
  }
}
