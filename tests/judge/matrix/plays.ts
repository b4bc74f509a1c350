/**
 * Every check against the real judge: the reference solution passes, the starting file fails, each mutant is refused
 * by the criterion that its mistake concerns. One subtest per play; `npm test -- labs/refus` plays those of one lab.
 * The labs are dealt to several test files, so that two run at a time and none is too long.
 */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Command } from '../../../judge/command.ts'
import { type Checked, checkedExercises } from '../../../judge/exercises.ts'
import { Here } from '../../../judge/here.ts'
import { play } from '../../../judge/play.ts'
import { Witness } from '../../../judge/witness.ts'
import type { Activities } from '../../../labs/activities.ts'
import type { Report } from '../../../labs/check.ts'
import type { VariantId } from '../../../labs/lab.ts'
import { Launcher } from '../../../runner/programs/launch.ts'
import { ROOT } from '../../../scripts/build.ts'
import { labs } from '../../labs/played.ts'
import { optionsOf } from '../../variants.ts'

const launcher = new Launcher()
let witness: Witness
/** Inside the project: a mutant imports `#qt-network` as its solution does. */
const mutants = join(ROOT, '.cache', 'mutants', String(process.pid))

/** The same play at each run: what is drawn is drawn from this seed. */
const SEED = 7
const PLAYS = 4

function script(file: string): Command {
  const { file: node, args, cwd, env } = launcher.script(file, [])
  return { words: [node, ...args], cwd, env }
}

/** Plays while the judge is unsure: other tests may keep the machine busy. */
async function judge({ check, exercise }: Checked, command: Command, stopAtFirst = false): Promise<Report> {
  for (let left = PLAYS; ; left--) {
    const report = await play(check, exercise, command, witness, { seed: SEED, stopAtFirst })
    if (report.outcome !== 'unsure' || left === 1) return report
  }
}

/** What a report says, to explain a failed test. */
function told({ outcome, trouble, criteria }: Report): string {
  const lines = criteria.map(
    ({ id, verdict, observed = '', expected = '' }) => `  ${verdict} ${id} ${observed} | ${expected}`,
  )
  return [outcome, trouble?.text ?? '', ...(trouble?.excerpt ?? []), ...lines].join('\n')
}

/** The solution with the changes of a mutant. */
function mutate(source: string, edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((text, [from, to]) => {
    assert.equal(text.split(from).length, 2, `« ${from} » must occur exactly once in the solution`)
    return text.replace(from, () => to)
  }, source)
}

const PARTS = 4
const exercises = await checkedExercises(launcher.labsDir)

/** Defines the tests of the labs of a part, from 1 to 4. */
export function playPart(part: number): void {
  const ours = [...labs.keys()].filter((_, rank) => rank % PARTS === part - 1)
  // Nothing would end what was begun for no test.
  if (ours.length === 0) return
  before(async () => {
    mkdirSync(mutants, { recursive: true })
    witness = await Witness.start(new Here())
  })
  after(async () => {
    rmSync(mutants, { recursive: true, force: true })
    await witness.stop()
  })

  for (const lab of ours) {
    const file = join(launcher.labsDir, lab, 'activites.ts')
    if (!existsSync(file)) continue
    test(`${lab}: each exercise has its check, each check its exercise`, async () => {
      const { create } = ((await import(pathToFileURL(file).href)) as { default: Activities }).default
      const names = exercises.flatMap((checked) => (checked.lab === lab ? [`${checked.name}.ts`] : []))
      assert.deepEqual(create.map((exercise) => basename(exercise.file)).sort(), names.sort())
      assert.deepEqual(readdirSync(join(launcher.labsDir, lab, 'verifications')).sort(), names)
    })
  }

  for (const checked of exercises) {
    const { lab, name, exercise, check } = checked
    if (!ours.includes(lab)) continue
    const solution = join(launcher.labsDir, lab, 'solutions', `${name}.ts`)

    describe(`${exercise.id}, ${lab}/${name}`, () => {
      test('the check names the exercise, and checks each of its sentences', () => {
        assert.equal(check.exercise, exercise.id)
        assert.deepEqual(new Set(check.criteria.map(({ say }) => say)), new Set(exercise.criteria.keys()))
        assert.ok(check.mutants.length >= 3, 'at least three mutants')
      })

      test('the solution passes', async () => {
        const report = await judge(checked, script(solution))
        assert.equal(report.outcome, 'passed', told(report))
      })

      test('the starting file fails', async () => {
        const report = await judge(checked, script(join(ROOT, exercise.file)), true)
        assert.equal(report.outcome, 'failed', told(report))
      })

      for (const mutant of check.mutants) {
        test(`« ${mutant.idea} » is refused`, async () => {
          const file = join(mutants, `${name}.${mutant.name}.ts`)
          writeFileSync(file, mutate(readFileSync(solution, 'utf8'), mutant.edits))
          const report = await judge(checked, script(file), true)
          const failed = report.criteria.find(({ verdict }) => verdict === 'ko')?.id ?? report.outcome
          assert.ok([mutant.rejectedBy].flat().includes(failed), told(report))
        })
      }

      for (const variant of ['node', 'qt'] as const) {
        if (!exists(lab, name, 'solutions', variant)) continue
        test(`the ${variant} solution passes`, optionsOf(variant), async () => {
          const report = await judge(checked, await commandOf(lab, name, 'solutions', variant))
          assert.equal(report.outcome, 'passed', told(report))
        })
        test(`the ${variant} starting file fails`, optionsOf(variant), async () => {
          const report = await judge(checked, await commandOf(lab, name, 'exercices', variant), true)
          assert.equal(report.outcome, 'failed', told(report))
        })
      }
    })
  }
}

type Folder = 'solutions' | 'exercices'

function exists(lab: string, name: string, folder: Folder, variant: VariantId): boolean {
  return existsSync(launcher.source({ lab: `${lab}/${folder}`, name, variant }))
}

async function commandOf(lab: string, name: string, folder: Folder, variant: VariantId): Promise<Command> {
  const { file, args, cwd, env } = await launcher.command({ lab: `${lab}/${folder}`, name, variant }, [])
  return { words: [file, ...args], cwd, env }
}
