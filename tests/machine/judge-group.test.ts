/** A program that joins its group long after its port is open: the judge of the machine asks it once it is a member. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkedExercises } from '../../judge/exercises.ts'
import { ROOT } from '../../scripts/build.ts'
import { simulated } from './judge.ts'

const SOLUTION = 'labs/multidiffusion/solutions/decouverte.ts'
const JOINS = '  socket.addMembership(options.groupe, options.interface)\n'

before(() => simulated.start())
after(() => simulated.stop())

test('who joins late is judged like the others', async () => {
  const exercises = await checkedExercises(join(ROOT, 'labs'))
  const checked = exercises.find(({ lab, name }) => lab === 'multidiffusion' && name === 'decouverte')!
  const text = readFileSync(join(ROOT, SOLUTION), 'utf8')
  assert.ok(text.includes(JOINS))
  const late = text.replace(JOINS, `  setTimeout(() => {\n  ${JOINS}  }, 60)\n`)
  const { criteria, outcome } = await simulated.judge(checked, SOLUTION, false, late)
  assert.equal(outcome, 'passed', JSON.stringify(criteria, null, 1))
})
