/** « Tout lancer », in every lab and every variant, from the page's own launching code: it shows what the lab promises, its cards included. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Shown } from '../../labs/activities.ts'
import type { VariantId } from '../../labs/lab.ts'
import { optionsOf } from '../variants.ts'
import { checkOrder } from './order.ts'
import { type Bench, benchOf, taughtLabs } from './panes.ts'
import { probe } from './played.ts'

const labs = await taughtLabs()

async function see(bench: Bench, { after, role, output, exit }: Shown): Promise<void> {
  if (after) bench.pane(after.role).send(`${after.type}\r`)
  try {
    await bench
      .pane(role)
      .until(
        (pane) => (!output || output.test(pane.output)) && (exit === undefined || pane.exitCode === exit),
      )
  } catch {
    assert.fail(`${output ?? ''} ${exit ?? ''} was not shown by ${role}:\n${bench.transcript()}`)
  }
}

for (const { id, lab, activities } of labs) {
  describe(`« Tout lancer » in ${id}`, () => {
    const variants = new Set<VariantId>(lab.roles.flatMap(({ variants }) => variants))
    for (const variant of variants) {
      test(`shows what the lab promises, in ${variant}`, optionsOf(variant), async () => {
        await using bench = benchOf(id, lab, variant)
        const ended = await bench.roles.startAll()
        assert.equal(ended, null, `${ended?.role.id} ended before being ready:\n${bench.transcript()}`)
        for (const shown of activities.shown) await see(bench, shown)
        for (const { role, given } of bench.roles.panes)
          assert.equal(given.length, role.later ? 0 : 1, role.id)
        // Elsewhere real Qt is not observed.
        if (probe && (variant !== 'qt' || process.platform === 'linux'))
          await checkOrder(bench, activities.order.cards)
      })
    }

    const { relay } = lab
    if (!relay) return
    test('goes through the relay once it is inserted', optionsOf('ts'), async () => {
      await using bench = benchOf(id, lab, 'ts')
      const inserted = await bench.insertRelay({ perte: 0 })
      assert.equal(await bench.roles.startAll(), null, bench.transcript())
      for (const shown of activities.shown) await see(bench, shown)
      for (const link of relay.on) {
        const [near, key] = link.split('.') as [string, string]
        assert.equal(bench.pane(near).given[0]![key], Number(inserted.values.port))
      }
      if (probe) await checkOrder(bench, activities.order.cards)
    })
  })
}
