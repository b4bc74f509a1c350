/** The judge as a program of the machine: `verify` plays a check against the program that the page lets it start. */
import { fold } from '../../judge/fold.ts'
import { play } from '../../judge/play.ts'
import { Printer } from '../../judge/print.ts'
import { Sentences } from '../../judge/sentences.ts'
import { Witness } from '../../judge/witness.ts'
import type { Exercise } from '../../labs/activities.ts'
import type { Check, Report } from '../../labs/check.ts'
import { type Judged, tellJudged } from '../../labs/judged.ts'
import { DOOR, type ProgramDoor } from '../role/door.ts'
import { type Asked, JUDGED } from './asked.ts'
import { SimulatedHost } from './host.ts'

const CODES = { passed: 0, failed: 1, unsure: 2, 'not-run': 2 } as const

/** Plays `check`, prints what comes of it, tells it to the page, and ends. */
export async function verify(check: Check, exercise: Exercise, asked: Asked): Promise<void> {
  const printer = new Printer(true, false)
  const say = (text: string) => console.log(fold(text, process.stdout.columns || Number.POSITIVE_INFINITY))
  const tell = (judged: Judged) => process.stdout.write(tellJudged(judged))
  const { name, text, seed, stopAtFirst = false, source } = asked
  say(printer.heading(exercise, name))
  const sentences = new Sentences(exercise, check, printer, say)
  const door = (globalThis as unknown as Record<symbol, ProgramDoor>)[DOOR]!
  const witness = await Witness.start(new SimulatedHost(door))
  const command = { words: [JUDGED], cwd: '/', env: {} }
  const report: Report = await play(check, exercise, command, witness, {
    seed,
    stopAtFirst,
    ...(source && { source }),
    progress(result) {
      tell({ criterion: result })
      sentences.add(result)
    },
  })
  say(printer.details(report))
  tell({ report, ...(text !== undefined && { source: text }) })
  process.exit(CODES[report.outcome])
}
