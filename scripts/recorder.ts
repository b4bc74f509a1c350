/** Plays the scenario of a lab for real and makes its recording: see `labs/recording.ts`. */
import type { Lab, Role, VariantId } from '../labs/lab.ts'
import type { RecordingHeader, RecordingLine } from '../labs/recording.ts'
import { Scenario, ScenarioError } from '../labs/scenario.ts'
import { type Happening, now, RecordingStage, type RecordOptions, SIZE } from './recording-stage.ts'

export interface Recording {
  header: RecordingHeader
  lines: RecordingLine[]
  /** The steps, from 0, that went on without what they expect: see `RecordOptions.patience`. */
  missed: number[]
}

/** Plays the scenario of `lab`, its roles in `variant` where they have it. Rejects with the step that failed. */
export async function record(
  id: string,
  lab: Lab,
  variant: VariantId,
  options: RecordOptions = {},
): Promise<Recording> {
  const variantOf = (role: Role) => (role.variants.includes(variant) ? variant : role.variants[0]!)
  const stage = new RecordingStage(id, lab, variantOf, options)
  // What the compiler says is no part of the run.
  for (const role of lab.roles) {
    if (role.id !== options.relay?.role && variantOf(role) === 'qt')
      await stage.launcher.qt.build(id, role.program)
  }
  const clock = now()
  const missed: number[] = []
  try {
    const scenario = new Scenario(lab, stage)
    for (let step = scenario.step; step; step = scenario.step) {
      stage.mark(step.role, step.say)
      try {
        await scenario.play()
      } catch (error) {
        if (options.patience === undefined || !(error instanceof ScenarioError)) throw error
        missed.push(error.step)
      }
    }
    await stage.calm()
  } finally {
    await stage.close()
  }
  const happenings = stage.happenings()
  const header: RecordingHeader = {
    version: 3,
    term: { ...SIZE, type: 'xterm-256color' },
    timestamp: Math.floor(Date.now() / 1000),
    title: lab.title,
    lab: id,
    runs: stage.runs.map((run) => run.summary()),
    platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    clock,
  }
  return { header, lines: linesFrom(clock, happenings), missed }
}

/** The lines of the file: each says how long after the one before it, in whole µs so that none is lost by adding up. */
function linesFrom(clock: number, happenings: readonly Happening[]): RecordingLine[] {
  let before = clock
  return happenings.map((happening): RecordingLine => {
    const at = Math.max(before, happening.at)
    const interval = (at - before) / 1e6
    before = at
    const { role, run } = happening
    if (happening.code === 't') return [interval, 't', happening.data, role, run!, happening.offset]
    if (happening.code === 'm') return [interval, 'm', happening.data, role, run]
    return [interval, happening.code, happening.data, role, run!]
  })
}

/** The text of the file. */
export function fileOf({ header, lines }: Pick<Recording, 'header' | 'lines'>): string {
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}
