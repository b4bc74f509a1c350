/**
 * `npm run verifier -- EX-8.6.7-1 [--variante ts|node|qt] [--fichier f] [--graine n] [--json] [--rendu f] [-- commande {port} …]`:
 * judges an exercise, named as in the course or by its files (`refus/poli`). Without a command, the learner's copy of the
 * starting file of the variant, or that file where they have none. `--rendu` writes what is handed in; `--page` tells the
 * page what comes out. Exit code: 0 passed, 1 not yet, 2 unsure or not run.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Command } from '../judge/command.ts'
import { type Checked, checkedExercises } from '../judge/exercises.ts'
import { fold } from '../judge/fold.ts'
import { Here } from '../judge/here.ts'
import { play } from '../judge/play.ts'
import { Printer } from '../judge/print.ts'
import { Sentences } from '../judge/sentences.ts'
import { Witness } from '../judge/witness.ts'
import { handIn } from '../labs/hand-in.ts'
import { type Judged, tellJudged } from '../labs/judged.ts'
import type { VariantId } from '../labs/lab.ts'
import { RefusedFile } from '../runner/files/text.ts'
import { Workspace } from '../runner/files/workspace.ts'
import { TAG } from '../runner/processes/table.ts'
import { isVariant, Launcher, mainFile } from '../runner/programs/launch.ts'
import { FILE_REFUSALS } from '../site/texts.ts'
import { ROOT } from './build.ts'

const CODES = { passed: 0, failed: 1, unsure: 2, 'not-run': 2 } as const
const USAGE =
  'Usage : npm run verifier -- EX-8.6.7-1 [--variante ts|node|qt] [--graine n] [-- commande {port}]'

/** What is judged: how to start it, its source when it has one, its name for the learner. */
interface Target {
  command: Command
  source?: string
  name: string
}

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

/** The words after `--` are the learner's own command. */
function split(words: readonly string[]): { ours: string[]; own: string[] } {
  const at = words.indexOf('--')
  return at === -1 ? { ours: [...words], own: [] } : { ours: words.slice(0, at), own: words.slice(at + 1) }
}

function readOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        variante: { type: 'string', default: 'ts' },
        fichier: { type: 'string' },
        graine: { type: 'string', default: String(Math.floor(Math.random() * 100_000)) },
        json: { type: 'boolean', default: false },
        page: { type: 'boolean', default: false },
        rendu: { type: 'string' },
      },
    })
  } catch {
    return refuse(USAGE)
  }
}

async function find(id: string | undefined, launcher: Launcher): Promise<Checked> {
  const [lab, name] = id?.includes('/') ? id.split('/') : []
  const all = await checkedExercises(launcher.labsDir, lab)
  const found = all.find((one) => one.exercise.id === id || (name !== undefined && one.name === name))
  if (found) return found
  const ids = all.map(({ exercise }) => exercise.id).join(', ')
  return refuse(`${id ? `L'exercice « ${id} » n'a pas de vérification.` : USAGE}\nExercices : ${ids}.`)
}

/** Whether the learner has a copy of this file, which is then complete. */
async function hasCopy(lab: string, file: string, { labsDir, workDir }: Launcher): Promise<boolean> {
  const workspace = new Workspace(labsDir, workDir)
  try {
    const { copy } = await workspace.read(lab, file)
    if (copy) await workspace.program(lab, file)
    return copy !== null
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error
    // A variant that the exercise does not have is said below.
    if (error.refusal.reason === 'unknown-file') return false
    return refuse(`travail/${lab}/${file} : ${FILE_REFUSALS[error.refusal.reason]}`)
  }
}

async function targetOf(
  { lab, name }: Checked,
  variant: VariantId,
  file: string | undefined,
  launcher: Launcher,
): Promise<Target> {
  const copy = !file && (await hasCopy(lab, `exercices/${mainFile({ name, variant })}`, launcher))
  const program = { lab: `${lab}/exercices`, name, variant, copy }
  const source = file ? resolve(file) : launcher.source(program)
  const shown = relative(ROOT, source)
  if (!existsSync(source)) refuse(`Le fichier ${shown} n'existe pas.`)
  if (variant === 'qt' && !(await launcher.qt.available()))
    refuse('Qt 6 ou CMake est absent de cette machine.')
  const started = file
    ? launcher.script(source, [], process.env[TAG])
    : await launcher.command(program, []).catch((error: Error) => refuse(error.message))
  const { file: executable, args, cwd, env } = started
  const command = { words: [executable, ...args], cwd, env: { ...env, [TAG]: process.env[TAG] } }
  return { command, source, name: shown }
}

const { ours, own } = split(process.argv.slice(2))
const { values, positionals } = readOptions(ours)
const seed = Number(values.graine)
if (!isVariant(values.variante) || !Number.isSafeInteger(seed)) refuse(USAGE)

const launcher = new Launcher()
const checked = await find(positionals[0], launcher)
const given = values.fichier === undefined ? undefined : resolve(values.fichier)
if (given !== undefined && !existsSync(given)) refuse(`Le fichier ${values.fichier} n'existe pas.`)
const target: Target =
  own.length > 0
    ? {
        command: { words: own, cwd: process.cwd(), env: process.env },
        ...(given !== undefined && { source: given }),
        name: given === undefined ? own.join(' ') : relative(ROOT, given),
      }
    : await targetOf(checked, values.variante, values.fichier, launcher)

const printer = new Printer(Boolean(process.stdout.isTTY || process.env.FORCE_COLOR), !values.page)
const say = (text: string) => {
  if (!values.json) console.log(fold(text, process.stdout.columns || Number.POSITIVE_INFINITY))
}
const tell = (judged: Judged) => {
  if (values.page) process.stdout.write(tellJudged(judged))
}
// What is judged, before it can change.
const bytes = target.source === undefined ? undefined : readFileSync(target.source)
const text = bytes?.toString('utf8')
const source = bytes && {
  file: target.name.replaceAll('\\', '/'),
  sha256: createHash('sha256').update(bytes).digest('hex'),
}
say(printer.heading(checked.exercise, target.name))
const sentences = new Sentences(checked.exercise, checked.check, printer, say)

await using witness = await Witness.start(new Here())
const report = await play(checked.check, checked.exercise, target.command, witness, {
  seed,
  ...(source && { source }),
  progress(result) {
    tell({ criterion: result })
    sentences.add(result)
  },
}).catch((error: Error) => refuse(`Le vérificateur a échoué : ${error.message}`))
say(printer.details(report))
if (values.json) console.log(JSON.stringify(report))
tell({ report, ...(text !== undefined && { source: text }) })
if (values.rendu !== undefined) {
  if (text === undefined) refuse('Un rendu contient un programme : nommez-le par --fichier, avant « -- ».')
  const handed = handIn({ report, source: text, variant: values.variante })
  writeFileSync(values.rendu, JSON.stringify(handed, null, 2))
  say(`Rendu enregistré : ${values.rendu}`)
}
process.exitCode = CODES[report.outcome]
