/**
 * `npm run lab -- <lab>/<role> [options]`: runs one program of a lab in this terminal, with the project's Node.
 * `--variante node` or `--variante qt` picks another variant of the role; everything else goes to the program.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Lab, Role, VariantId } from '../labs/lab.ts'
import { ROOT } from './build.ts'

const LABS = join(ROOT, 'labs')
const NAME = /^[a-z0-9][a-z0-9-]*$/

/** The folders of `labs/` that declare a lab. */
function labIds(): string[] {
  return readdirSync(LABS).filter((id) => existsSync(join(LABS, id, 'lab.ts')))
}

async function loadLab(id: string): Promise<Lab> {
  return (await import(pathToFileURL(join(LABS, id, 'lab.ts')).href)).default
}

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

async function usage(): Promise<never> {
  const lines = ['Usage : npm run lab -- <lab>/<rôle> [options]', '', 'Labos :']
  for (const id of labIds()) {
    const { title, roles } = await loadLab(id)
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
  if (variant === 'ts' || variant === 'node' || variant === 'qt') return variant
  return refuse('Variantes possibles : --variante ts, --variante node, --variante qt.')
}

const EXTENSIONS = { ts: '.ts', node: '.node.ts' } as const

/** The command of a role in a variant: its executable and its first arguments. */
async function commandOf(lab: string, role: Role, variant: VariantId): Promise<string[]> {
  if (variant !== 'qt') return [process.execPath, join(LABS, lab, role.program + EXTENSIONS[variant])]
  const { buildProgram } = await import('../runner/programs/qt.ts')
  return [await buildProgram(lab, role.program)]
}

const [target, ...args] = process.argv.slice(2)
if (!target) await usage()
const [lab = '', name = '', exercise = ''] = target!.split('/')
if (!labIds().includes(lab)) refuse(`Le labo « ${lab} » n'existe pas. Labos : ${labIds().join(', ')}.`)

let command: string[]
const variant = takeVariant(args)
if (name === 'exercices' && NAME.test(exercise)) {
  const file = join(LABS, lab, 'exercices', `${exercise}.ts`)
  if (!existsSync(file)) refuse(`Aucun exercice « ${exercise} » dans labs/${lab}/exercices/.`)
  command = [process.execPath, file, ...args]
} else {
  const { roles } = await loadLab(lab)
  const role = roles.find(({ id, program }) => id === name || program === name)
  if (!role)
    refuse(`Le labo « ${lab} » n'a pas de rôle « ${name} ». Rôles : ${roles.map(({ id }) => id).join(', ')}.`)
  const chosen = variant ?? role!.variants[0]!
  if (!role!.variants.includes(chosen)) {
    refuse(`Le rôle « ${name} » existe en variante : ${role!.variants.join(', ')}.`)
  }
  const fixed = Object.entries(role!.fixed ?? {}).map(([key, value]) =>
    value === true ? `--${key}` : `--${key}=${value}`,
  )
  command = [...(await commandOf(lab, role!, chosen)), ...fixed, ...args]
}

const child = spawn(command[0]!, command.slice(1), { stdio: 'inherit' })
// Ctrl+C reaches the program too: it alone decides how to end.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
