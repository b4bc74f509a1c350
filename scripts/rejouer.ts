/**
 * `npm run rejouer -- rendu.json … [--oui]`: plays again what learners have handed in, with the same seeds, and says for
 * each whether the same comes out. The programs are of others: what will run is said and a yes is asked (`--oui` gives
 * it); each runs for a limited time, with the memory and the output that the judge allows. Exit code: 0 all the same,
 * 1 some differ or did not run, 2 nothing was run.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs, styleText } from 'node:util'
import { type Checked, checkedExercises } from '../judge/exercises.ts'
import type { Report } from '../labs/check.ts'
import { HAND_IN_MAX, type HandIn, type HandInProblem, readHandIn } from '../labs/hand-in.ts'
import { scoreOf } from '../labs/judged.ts'
import { RefusedFile } from '../runner/files/text.ts'
import { Workspace } from '../runner/files/workspace.ts'
import { TAG } from '../runner/processes/table.ts'
import { Launcher, mainFile } from '../runner/programs/launch.ts'
import { stateFolder } from '../runner/state.ts'
import { killTree } from '../runner/terminal/ending.ts'
import { CHECK, FILE_REFUSALS, REPLAY } from '../site/texts.ts'

/** How long one program may be judged, in ms, and how much a judge may say of it, in bytes. */
const TIME_MAX = 3 * 60_000
const REPORT_MAX = 8 << 20

/** A file given: what it holds and the exercise it is for, or why it is refused. */
interface Given {
  file: string
  handed?: HandIn
  checked?: Checked
  refusal?: string
}

/** What came of one file. */
interface Row {
  file: string
  name: string
  exercise: string
  claimed: string
  replayed: string
  verdict: string
  ok: boolean
}

const launcher = new Launcher()
const exercises = await checkedExercises(launcher.labsDir)

async function read(path: string): Promise<Given> {
  const file = basename(path)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return { file, refusal: REPLAY.absent }
  if (found.size > HAND_IN_MAX) return { file, refusal: REPLAY.problems['too-large'] }
  const handed = readHandIn(await readFile(path, 'utf8'))
  if (typeof handed === 'string') return { file, refusal: REPLAY.problems[handed satisfies HandInProblem] }
  const checked = exercises.find(({ exercise }) => exercise.id === handed.report.exercise)
  if (!checked) return { file, handed, refusal: REPLAY.unknown }
  if (handed.report.source?.sha256 !== digest(handed.source)) return { file, handed, refusal: REPLAY.altered }
  return { file, handed, checked }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Plays it in a folder of its own, under the project: a program finds there what it imports by name. */
async function replay({ handed, checked }: { handed: HandIn; checked: Checked }): Promise<Report | string> {
  const work = join(launcher.workDir, '.rejeu')
  await mkdir(work, { recursive: true })
  const folder = await mkdtemp(join(work, 'rendu-'))
  try {
    const { lab, name } = checked
    const own = new Launcher(launcher.labsDir, stateFolder(launcher.labsDir), false, folder)
    const file = `exercices/${mainFile({ name, variant: handed.variant })}`
    const workspace = new Workspace(own.labsDir, folder)
    await workspace.write(lab, file, handed.source, null)
    await workspace.program(lab, file)
    const program = { lab: `${lab}/exercices`, name, variant: handed.variant, copy: true }
    if (handed.variant === 'qt' && !(await own.qt.available())) return REPLAY.noQt
    const command = await own.command(program, [])
    return await judge(handed, own.source(program), [command.file, ...command.args], command.env)
  } catch (error) {
    if (error instanceof RefusedFile) return FILE_REFUSALS[error.refusal.reason]
    return REPLAY.notBuilt
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The report of a judge of its own, ended with all that it started when it takes too long. */
async function judge(
  { report: { exercise, seed } }: HandIn,
  source: string,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Report | string> {
  const tag = `rejeu.${randomBytes(8).toString('hex')}`
  const options = [exercise, '--json', '--graine', String(seed), '--fichier', source, '--', ...words]
  const child = spawn(process.execPath, [join(import.meta.dirname, 'verifier.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...env, [TAG]: tag },
    detached: process.platform !== 'win32',
  })
  let said = ''
  let isLate = false
  const end = () => {
    isLate = true
    void killTree(child.pid!, tag)
  }
  const timer = setTimeout(end, TIME_MAX)
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.length > REPORT_MAX) end()
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  child.on('close', () => resolve())
  await promise
  clearTimeout(timer)
  await killTree(child.pid!, tag)
  if (isLate) return REPLAY.tooLong
  try {
    return JSON.parse(said) as Report
  } catch {
    return REPLAY.judgeFailed
  }
}

async function rowOf({ file, handed, checked, refusal }: Given): Promise<Row> {
  const report = handed?.report
  const row = {
    file,
    name: handed?.name ?? '',
    exercise: checked ? checked.exercise.id : '?',
    claimed: report && checked ? told(report) : '',
    replayed: '',
  }
  const refused = (why: string): Row => ({ ...row, verdict: REPLAY.refused(why), ok: false })
  if (!handed || !checked) return refused(refusal ?? '')
  if (refusal) return refused(refusal)
  const again = await replay({ handed, checked })
  if (typeof again === 'string') return refused(again)
  const same = sameVerdicts(handed.report, again)
  const verdict = same ? (again.outcome === 'passed' ? REPLAY.passed : REPLAY.same) : REPLAY.differs
  return { ...row, replayed: told(again), verdict, ok: same }
}

function told(report: Report): string {
  const { passed, of } = scoreOf(report)
  return `${CHECK.outcomes[report.outcome]} ${passed}/${of}`
}

/** Whether they say the same; nothing is asked of what the first judge could not measure. */
function sameVerdicts(a: Report, b: Report): boolean {
  const open = new Set(a.criteria.flatMap(({ id, unmeasured }) => (unmeasured ? [id] : [])))
  const verdicts = ({ outcome, criteria }: Report) =>
    JSON.stringify([
      open.size === 0 && outcome,
      criteria.filter(({ id }) => !open.has(id)).map(({ id, verdict }) => [id, verdict]),
    ])
  return verdicts(a) === verdicts(b)
}

/** Without what a terminal would obey: the names in these files are of others. */
function plain(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, '·')
}

function print(rows: readonly Row[]): void {
  const columns = ['file', 'name', 'exercise', 'claimed', 'replayed', 'verdict'] as const
  const lines = [REPLAY.columns, ...rows.map((row) => columns.map((column) => plain(row[column])))]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)))
  for (const [rank, line] of lines.entries()) {
    const text = line
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd()
    console.log(rank === 0 ? styleText('bold', text) : text)
  }
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(REPLAY.question)
  terminal.close()
  return /^o(ui)?$/i.test(answer.trim())
}

function readOptions() {
  try {
    return parseArgs({ allowPositionals: true, options: { oui: { type: 'boolean', default: false } } })
  } catch {
    return null
  }
}

const options = readOptions()
if (!options || options.positionals.length === 0) {
  console.error(REPLAY.usage)
  process.exit(2)
}
const { values, positionals } = options
const given = await Promise.all(positionals.map(read))
const playable = given.filter(({ refusal }) => refusal === undefined)
if (playable.length > 0) {
  console.log(REPLAY.willRun(playable.length))
  for (const { file, handed, checked } of playable)
    console.log(
      `  ${plain(file)} : ${checked!.exercise.id}, ${REPLAY.program(handed!.variant, handed!.source)}`,
    )
  console.log(REPLAY.untrusted)
  if (!values.oui && !(await isAgreed())) {
    console.error(REPLAY.notAgreed)
    process.exit(2)
  }
}
const rows: Row[] = []
for (const one of given) rows.push(await rowOf(one))
await rm(join(launcher.workDir, '.rejeu'), { recursive: true, force: true })
print(rows)
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1
