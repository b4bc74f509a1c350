/**
 * Every check against a judge: the reference solution passes, the starting file fails, each mutant is refused
 * by the criterion that its mistake concerns. One subtest per play; `npm test -- labs/refus` plays those of one lab.
 * The labs are dealt to several test files, so that two run at a time and none is too long.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type Checked, checkedExercises } from '../../../judge/exercises.ts'
import type { Activities } from '../../../labs/activities.ts'
import type { Report } from '../../../labs/check.ts'
import type { VariantId } from '../../../labs/lab.ts'
import { Launcher, mainFile } from '../../../runner/programs/launch.ts'
import { ROOT } from '../../../scripts/build.ts'
import { labs } from '../../labs/played.ts'
import { optionsOf } from '../../variants.ts'

const { labsDir } = new Launcher()

/** The same play at each run: what is drawn is drawn from this seed. */
export const SEED = 7
const PLAYS = 4

/** What judges, on a machine or another. */
export interface MatrixJudge {
  start(): Promise<void>
  stop(): Promise<void>
  /** Judges a file of the project; `text` takes the place of what it holds. Stops at the first failure if asked. */
  judge(checked: Checked, file: string, stopAtFirst: boolean, text?: string): Promise<Report>
  judges(variant: VariantId): boolean
  /** It knows how much memory a program takes. */
  measuresMemory: boolean
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

const exercises = await checkedExercises(labsDir)

/** Defines the tests of the labs of a part, from 1 to `parts`. */
export function playPart(part: number, parts: number, matrix: MatrixJudge): void {
  const ours = [...labs.keys()].filter((_, rank) => rank % parts === part - 1)
  // Nothing would end what was begun for no test.
  if (ours.length === 0) return
  before(() => matrix.start())
  after(() => matrix.stop())

  /** Plays while the judge is unsure: other tests may keep the machine busy. */
  async function judge(checked: Checked, file: string, stopAtFirst = false, text?: string): Promise<Report> {
    for (let left = PLAYS; ; left--) {
      const report = await matrix.judge(checked, file, stopAtFirst, text)
      const isDoubtful = report.criteria.some(
        ({ verdict, unmeasured }) => verdict === 'unsure' && !unmeasured,
      )
      if (!isDoubtful || left === 1) return report
    }
  }

  for (const lab of ours) {
    const file = join(labsDir, lab, 'activites.ts')
    if (!existsSync(file)) continue
    test(`${lab}: each exercise has its check, each check its exercise`, async () => {
      const { create } = ((await import(pathToFileURL(file).href)) as { default: Activities }).default
      const names = exercises.flatMap((checked) => (checked.lab === lab ? [`${checked.name}.ts`] : []))
      assert.deepEqual(create.map((exercise) => basename(exercise.file)).sort(), names.sort())
      assert.deepEqual(readdirSync(join(labsDir, lab, 'verifications')).sort(), names)
    })
  }

  for (const checked of exercises) {
    const { lab, name, exercise, check } = checked
    if (!ours.includes(lab)) continue
    const solution = `labs/${lab}/solutions/${name}.ts`

    describe(`${exercise.id}, ${lab}/${name}`, () => {
      test('the check names the exercise, and checks each of its sentences', () => {
        assert.equal(check.exercise, exercise.id)
        assert.deepEqual(new Set(check.criteria.map(({ say }) => say)), new Set(exercise.criteria.keys()))
        assert.ok(check.mutants.length >= 3, 'at least three mutants')
      })

      // What a machine does not measure is told so: it lets nothing pass.
      const unseen = check.criteria
        .filter(({ measures }) => measures === 'memory' && !matrix.measuresMemory)
        .map(({ id }) => id)
      const passed = unseen.length > 0 ? 'unsure' : 'passed'

      test('the solution passes', async () => {
        const report = await judge(checked, solution)
        assert.equal(report.outcome, passed, told(report))
        const unmeasured = report.criteria.flatMap(({ id, unmeasured }) => (unmeasured ? [id] : []))
        assert.deepEqual(unmeasured, unseen, told(report))
      })

      test('the starting file fails', async () => {
        const report = await judge(checked, exercise.file, true)
        if (unseen.length > 0) assert.notEqual(report.outcome, 'passed', told(report))
        else assert.equal(report.outcome, 'failed', told(report))
      })

      for (const mutant of check.mutants) {
        if ([mutant.rejectedBy].flat().some((id) => unseen.includes(id))) continue
        test(`« ${mutant.idea} » is refused`, async () => {
          const text = mutate(readFileSync(join(ROOT, solution), 'utf8'), mutant.edits)
          const report = await judge(checked, solution, true, text)
          const failed = report.criteria.find(({ verdict }) => verdict === 'ko')?.id ?? report.outcome
          assert.ok([mutant.rejectedBy].flat().includes(failed), told(report))
        })
      }

      for (const variant of ['node', 'qt'] as const) {
        const fileOf = (folder: 'solutions' | 'exercices') =>
          `labs/${lab}/${folder}/${mainFile({ name, variant })}`
        if (!matrix.judges(variant) || !existsSync(join(ROOT, fileOf('solutions')))) continue
        const options = optionsOf(variant)
        test(`the ${variant} solution passes`, options, async () => {
          const report = await judge(checked, fileOf('solutions'))
          assert.equal(report.outcome, passed, told(report))
        })
        test(`the ${variant} starting file fails`, options, async () => {
          const report = await judge(checked, fileOf('exercices'), true)
          assert.equal(report.outcome, 'failed', told(report))
        })
      }
    })
  }
}
