/** Every lab's scenario, played for real in every pairing of variants; then bad options and hostile input. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Lab, Role, VariantId } from '../labs/lab.ts'
import { problemOf } from '../labs/parameters.ts'
import { Scenario } from '../labs/scenario.ts'
import { type Runner, startRunner } from '../runner/main.ts'
import { Launcher } from '../runner/programs/launch.ts'
import { detectQt } from '../runner/programs/qt.ts'
import { ROOT } from '../scripts/build.ts'
import { checkHostileInput } from './hostile.ts'
import { RunnerStage } from './stage.ts'
import { checkUsage } from './usage.ts'

const LABS = join(ROOT, 'labs')
const VARIANTS: readonly VariantId[] = ['ts', 'node', 'qt']
const launcher = new Launcher()

const ids = (await readdir(LABS)).filter((id) => existsSync(join(LABS, id, 'lab.ts')))
const labs = new Map<string, Lab>()
for (const id of ids) labs.set(id, (await import(pathToFileURL(join(LABS, id, 'lab.ts')).href)).default)

const noQt = (await detectQt()) ? false : 'Qt 6 est absent de cette machine (paquets qt6-base-dev et cmake)'

/** First role's variant × the others' variant: every server with every kind of client. */
function pairings(lab: Lab): [VariantId, VariantId][] {
  const has = (roles: readonly Role[]) =>
    VARIANTS.filter((variant) => roles.some(({ variants }) => variants.includes(variant)))
  const [first, ...others] = lab.roles
  const second = others.length > 0 ? has(others) : has([first!]).slice(0, 1)
  return has([first!]).flatMap((a) => second.map((b): [VariantId, VariantId] => [a, b]))
}

/** One for all the scenarios. */
let runner: Runner
before(async () => {
  assert.ok(labs.size > 0, 'no lab was found')
  runner = await startRunner({ port: 0, siteDir: null })
})

const results = new Map<string, string[]>()

for (const [id, lab] of labs) {
  describe(`labo ${id}`, () => {
    test('its declaration holds together', () => {
      const roleIds = lab.roles.map((role) => role.id)
      assert.equal(new Set(roleIds).size, roleIds.length, 'two roles have the same id')
      for (const [key, parameter] of Object.entries(lab.parameters)) {
        assert.equal(problemOf(parameter, parameter.default), null, `the default of « ${key} » is not valid`)
      }
      for (const role of lab.roles) {
        for (const key of role.parameters) assert.ok(lab.parameters[key], `« ${key} » is not a parameter`)
        for (const variant of role.variants) {
          const source = launcher.source({ lab: id, name: role.program, variant })
          assert.ok(existsSync(source), `${source} is missing`)
        }
      }
      for (const step of lab.scenario) assert.ok(roleIds.includes(step.role), `unknown role « ${step.role} »`)
      for (const { predict } of lab.scenario) {
        if (predict) assert.equal(predict.options.filter(({ right }) => right).length, 1, predict.question)
      }
    })

    if (lab.scenario.length === 0) return
    for (const [first, others] of pairings(lab)) {
      const title = `its scenario holds with ${lab.roles[0]!.id} in ${first} and the others in ${others}`
      const skip = first === 'qt' || others === 'qt' ? noQt : false
      test(title, { skip, timeout: 180_000 }, async () => {
        const variantOf = (role: Role) => {
          const wanted = role === lab.roles[0] ? first : others
          return role.variants.includes(wanted) ? wanted : role.variants[0]!
        }
        const stage = new RunnerStage(runner, id, lab, variantOf)
        try {
          const scenario = new Scenario(lab, stage)
          while (scenario.next !== null) await scenario.play()
          results.set(id, [...(results.get(id) ?? []), `${first}×${others}`])
        } catch (error) {
          throw new Error(`${(error as Error).message}\n${stage.transcript()}`)
        } finally {
          await stage.close()
        }
      })
    }
  })
}

checkUsage(labs, { skip: noQt })
checkHostileInput(labs, { skip: noQt })

after(async () => {
  await runner.close()
  console.log('\nPremier rôle × autres rôles, scénarios joués avec succès :')
  for (const [id, pairs] of results) console.log(`  ${id.padEnd(20)} ${pairs.join('  ')}`)
})
