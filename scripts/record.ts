/**
 * `npm run record -- <lab> [--variante ts|node|qt] --sortie <fichier>`: plays the scenario of a lab for real and writes
 * what its programs printed and did with their sockets to one file (`labs/recording.ts`).
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Labs } from '../runner/programs/labs.ts'
import { isVariant, Launcher } from '../runner/programs/launch.ts'
import { fileOf, record } from './recorder.ts'

const USAGE = 'Usage : npm run record -- <lab> [--variante ts|node|qt] --sortie <fichier>'

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

function readArguments(): { id: string; variant: string; file: string } {
  try {
    const options = { variante: { type: 'string', default: 'ts' }, sortie: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [id] = positionals
    if (!id || positionals.length > 1 || !values.sortie) return refuse(USAGE)
    return { id, variant: values.variante, file: values.sortie }
  } catch {
    return refuse(USAGE)
  }
}

const { id, variant, file } = readArguments()
const launcher = new Launcher()
const labs = new Labs(launcher.labsDir)
const lab = await labs.find(id)
if (!lab) refuse(`Le labo « ${id} » n'existe pas. Labos : ${labs.ids().join(', ')}.`)
if (!isVariant(variant)) refuse('Variantes possibles : --variante ts, --variante node, --variante qt.')
if (lab.scenario.length === 0) refuse(`Le labo « ${id} » n'a pas de scénario.`)
if (!lab.roles.some(({ variants }) => variants.includes(variant))) {
  refuse(`Aucun rôle du labo « ${id} » n'existe en variante ${variant}.`)
}
if (variant === 'qt' && !(await launcher.qt.available())) refuse('Qt 6 ou CMake est absent de cette machine.')

try {
  const recording = await record(id, lab, variant)
  writeFileSync(file, fileOf(recording))
  const { runs } = recording.header
  const unseen = new Set(runs.filter(({ observed }) => !observed).map(({ role }) => role))
  const lost = runs.reduce((sum, run) => sum + run.lost, 0)
  console.log(`${file} : ${recording.lines.length} lignes, ${runs.length} programmes.`)
  if (unseen.size > 0) console.log(`Non observé : ${[...unseen].join(', ')}.`)
  if (lost > 0) console.log(`Événements perdus : ${lost}.`)
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
