/**
 * `npm run record -- <lab> [--variante ts|node|qt] [--relais perte=20,graine=7] --sortie <fichier>`: plays the scenario of
 * a lab for real, through its relay if asked, and writes what its programs printed and did with their sockets to one
 * file (`labs/recording.ts`).
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Lab, ParameterValue } from '../labs/lab.ts'
import { problemOf } from '../labs/parameters.ts'
import { ScenarioError } from '../labs/scenario.ts'
import { relayRoleOf, relaySettings } from '../labs/wiring.ts'
import { Labs } from '../runner/programs/labs.ts'
import { isVariant, Launcher } from '../runner/programs/launch.ts'
import { PARAMETER_PROBLEMS } from '../site/texts.ts'
import { fileOf, record } from './recorder.ts'
import { relayed } from './relayed.ts'

const USAGE =
  'Usage : npm run record -- <lab> [--variante ts|node|qt] [--relais perte=20,graine=7] --sortie <fichier>'

/** How long a step waits for what a relay may have lost, in ms. */
const RELAY_PATIENCE = 5_000

function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

function readArguments(): { id: string; variant: string; relay: string | undefined; file: string } {
  try {
    const options = {
      variante: { type: 'string', default: 'ts' },
      relais: { type: 'string' },
      sortie: { type: 'string' },
    } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [id] = positionals
    if (!id || positionals.length > 1 || !values.sortie) return refuse(USAGE)
    return { id, variant: values.variante, relay: values.relais, file: values.sortie }
  } catch {
    return refuse(USAGE)
  }
}

/** The settings of the relay, each one of those that the lab leaves free: `perte=20,graine=7`. */
function settingsOf(text: string, free: Lab['parameters']): Record<string, ParameterValue> {
  const pairs = text.split(',').filter(Boolean)
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = '', written = ''] = pair.split('=')
      const value = /^\d+$/.test(written) ? Number(written) : written
      const parameter = Object.hasOwn(free, key) ? free[key] : undefined
      if (!parameter) {
        return refuse(`Le relais n'a pas de réglage « ${key} ». Réglages : ${Object.keys(free).join(', ')}.`)
      }
      const problem = problemOf(parameter, value)
      if (problem) return refuse(`--relais ${pair} : ${PARAMETER_PROBLEMS[problem](parameter)}`)
      return [key, value]
    }),
  )
}

/** What is played, and where its relay comes from. */
async function played(labs: Labs, lab: Lab, settings: string | undefined) {
  if (settings === undefined) return { lab }
  const relays = lab.relay && (await labs.find(lab.relay.lab))
  const role = relayRoleOf(relays ?? undefined)
  if (!relays || !role) return refuse(`Le labo « ${lab.title} » n'a pas de relais.`)
  return {
    lab: relayed(lab, relays, settingsOf(settings, relaySettings(lab, relays))),
    relay: { role: role.id, lab: lab.relay!.lab },
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    refuse(`${file} ne peut pas être écrit (${(error as NodeJS.ErrnoException).code}).`)
  }
}

const { id, variant, relay: settings, file } = readArguments()
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
  const { lab: whole, relay } = await played(labs, lab, settings)
  const recording = await record(id, whole, variant, relay && { relay, patience: RELAY_PATIENCE })
  write(file, fileOf(recording))
  const { runs } = recording.header
  const unseen = new Set(runs.filter(({ observed }) => !observed).map(({ role }) => role))
  const lost = runs.reduce((sum, run) => sum + run.lost, 0)
  console.log(`${file} : ${recording.lines.length} lignes, ${runs.length} programmes.`)
  if (recording.missed.length > 0) {
    const steps = recording.missed.map((step) => step + 1).join(', ')
    console.log(`Étapes où ce que le scénario attend n'est pas venu : ${steps}.`)
  }
  if (unseen.size > 0) console.log(`Non observé : ${[...unseen].join(', ')}.`)
  if (lost > 0) console.log(`Événements perdus : ${lost}.`)
} catch (error) {
  if (error instanceof ScenarioError) {
    console.error(
      `Étape ${error.step + 1} : ce que le scénario attend n'est pas venu. Affiché depuis son début :`,
    )
    console.error(error.printed)
  } else console.error((error as Error).message)
  process.exit(1)
}
