import assert from 'node:assert/strict'
import { after } from 'node:test'
import { sourcesOf, twin } from '../../machine/programs.ts'
import { ROOT } from '../../scripts/build.ts'
import { labs } from '../labs/played.ts'
import { MachineInNode } from './in-node.ts'
import { testScenarios } from './play.ts'
import { playScenario, type StartProgram } from './stage.ts'

const machine = await MachineInNode.open()
after(() => machine.close())
const whole = { 'labs/qt-network/index.ts': await twin(ROOT) }

const start: StartProgram = (file, args, heard) =>
  machine.start(file, sourcesOf(file, ROOT, whole), args, {
    ...heard,
    lost: (size) => assert.fail(`${size} bytes were lost`),
  })

testScenarios('Node', (id, first, others) => playScenario(id, labs.get(id)!, first, others, start))
