/** Every lab's scenario, played on the machine in Node, in every pairing of variants that runs there. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Scenario } from '../../labs/scenario.ts'
import { sourcesOf, twin } from '../../machine/programs.ts'
import { ROOT } from '../../scripts/build.ts'
import { labs } from '../labs/played.ts'
import { MachineInNode } from './in-node.ts'
import { MachineStage, pairings, type StartProgram, variantIn } from './stage.ts'

const machine = await MachineInNode.open()
after(() => machine.close())
const whole = { 'labs/qt-network/index.ts': await twin(ROOT) }

const start: StartProgram = (file, args, heard) =>
  machine.start(file, sourcesOf(file, ROOT, whole), args, {
    ...heard,
    lost: (size) => assert.fail(`${size}`),
  })

for (const [id, lab] of labs) {
  if (lab.scenario.length === 0) continue
  for (const [first, others] of pairings(lab)) {
    test(`${id} holds on the machine with ${lab.roles[0]!.id} in ${first} and the others in ${others}`, async () => {
      const stage = new MachineStage(id, lab, variantIn(lab, first, others), start)
      try {
        const scenario = new Scenario(lab, stage)
        while (scenario.next !== null) await scenario.play()
      } catch (error) {
        throw new Error(`${(error as Error).message}\n${stage.transcript()}`)
      } finally {
        await stage.close()
      }
    })
  }
}
