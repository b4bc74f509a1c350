/** The scenarios of real Qt, played by the twin on the machine. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ROOT } from '../../scripts/build.ts'
import { MachineInNode } from './in-node.ts'
import { qtProgram, runQt } from './qt.ts'

const SCENARIOS = join(ROOT, 'tests', 'qt', 'scenarios')
const ORACLES = join(ROOT, 'tests', 'qt', 'oracles')

const machine = await MachineInNode.open()
after(() => machine.close())

async function verdicts(named?: readonly string[]): Promise<string[]> {
  const chunks: Uint8Array[] = []
  const program = qtProgram(SCENARIOS, ORACLES, named)
  await runQt({ machine, program, show: (bytes) => chunks.push(bytes) })
  return Buffer.concat(chunks).toString('utf8').split('\r\n')
}

test('the twin does on the machine what real Qt did', { timeout: 300_000 }, async () => {
  const lines = await verdicts()
  assert.match(lines.at(-2) ?? '', /^[1-9]\d+ scénarios : /)
  const names = lines.flatMap((line) => /^DIFF {2}(\S+)/.exec(line)?.[1] ?? [])
  // A scenario names its delays, too short on a machine that does much else: those that differ are played again.
  const differ = names.length > 0 ? await verdicts(names) : []
  assert.deepEqual(
    differ.filter((line) => line.startsWith('DIFF')),
    [],
  )
})
