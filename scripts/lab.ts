/**
 * `npm run lab -- <lab>/<role> [options]`: runs one program of a lab in this terminal, with the project's Node.
 * `--variante node` or `--variante qt` picks another variant of the role, `--le-mien` the learner's copy, made if they
 * have none; everything else goes to the program.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import type { VariantId } from '../labs/lab.ts'
import { optionOf } from '../labs/parameters.ts'
import { RefusedFile } from '../runner/files/text.ts'
import { Workspace } from '../runner/files/workspace.ts'
import { Labs } from '../runner/programs/labs.ts'
import { isVariant, Launcher, mainFile, type Program } from '../runner/programs/launch.ts'
import type { Command } from '../runner/terminal/pty.ts'
import { FILE_REFUSALS } from '../site/texts.ts'

const NAME = /^[a-z0-9][a-z0-9-]*$/

const launcher = new Launcher()
const labs = new Labs(launcher.labsDir)
const workspace = new Workspace(launcher.labsDir, launcher.workDir)

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

async function usage(): Promise<never> {
  const lines = ['Usage : npm run lab -- <lab>/<rôle> [options]', '', 'Labos :']
  for (const id of labs.ids()) {
    const { title, roles } = (await labs.find(id))!
    lines.push(`  ${id.padEnd(20)} ${title}`, ...roles.map((role) => `    ${id}/${role.id}`))
  }
  return refuse(lines.join('\n'))
}

/** Takes `--variante X` out of the arguments. */
function takeVariant(args: string[]): VariantId | undefined {
  const at = args.findIndex((arg) => arg === '--variante' || arg.startsWith('--variante='))
  if (at === -1) return undefined
  const [option, value] = args.splice(at, args[at]!.includes('=') ? 1 : 2)
  const variant = option!.includes('=') ? option!.split('=')[1] : value
  if (variant !== undefined && isVariant(variant)) return variant
  return refuse('Variantes possibles : --variante ts, --variante node, --variante qt.')
}

/** Takes `--le-mien` out of the arguments. */
function takeMine(args: string[]): boolean {
  const at = args.indexOf('--le-mien')
  if (at !== -1) args.splice(at, 1)
  return at !== -1
}

/** The program, or the learner's copy of it, whose place is said when it is made. */
async function choose(program: Program, mine: boolean): Promise<Program> {
  if (!mine) return program
  const [folder = '', ...folders] = program.lab.split('/')
  const file = [...folders, mainFile(program)].join('/')
  const place = `travail/${folder}/${file}`
  try {
    const { copy } = await workspace.read(folder, file)
    await workspace.program(folder, file)
    if (!copy) console.error(`Votre copie : ${place}. C'est elle que cette commande lance.`)
    return { ...program, copy: true }
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error
    return refuse(`${place} : ${FILE_REFUSALS[error.refusal.reason]}`)
  }
}

const [target, ...args] = process.argv.slice(2)
if (!target) await usage()
const [id = '', name = '', exercise = ''] = target!.split('/')
const lab = await labs.find(id)
if (!lab) refuse(`Le labo « ${id} » n'existe pas. Labos : ${labs.ids().join(', ')}.`)

let command: Command
const variant = takeVariant(args)
const mine = takeMine(args)
if (name === 'exercices' && NAME.test(exercise)) {
  const program: Program = { lab: `${id}/exercices`, name: exercise, variant: variant ?? 'ts' }
  if (!existsSync(launcher.source(program))) {
    refuse(`Aucun exercice « ${exercise} » en variante ${program.variant} dans labs/${id}/exercices/.`)
  }
  command = await launcher.command(await choose(program, mine), args)
} else {
  const { roles } = lab
  const role = roles.find(({ id, program }) => id === name || program === name)
  if (!role) {
    refuse(`Le labo « ${id} » n'a pas de rôle « ${name} ». Rôles : ${roles.map(({ id }) => id).join(', ')}.`)
  }
  const chosen = variant ?? role.variants[0]!
  if (!role.variants.includes(chosen)) {
    refuse(`Le rôle « ${name} » existe en variante : ${role.variants.join(', ')}.`)
  }
  const fixed = Object.entries(role.fixed ?? {}).map(([key, value]) => optionOf(key, value))
  const program = await choose({ lab: id, name: role.program, variant: chosen }, mine)
  command = await launcher.command(program, [...fixed.flat(), ...args])
}

// In the terminal of who typed the command, whose environment wins.
const env = { ...command.env, ...process.env }
const child = spawn(command.file, command.args, { stdio: 'inherit', env })
// Ctrl+C reaches the program too: it alone decides how to end.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
