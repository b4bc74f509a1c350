/**
 * One recording for each lab and variant, for the pages that have no runner: real runs, real Qt where it is. They are
 * kept in `.cache/`, made anew when what they show has changed, and published with the site. `npm run build` makes those
 * that miss, for a bounded time; `npm start` publishes those that exist.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Lab, VariantId } from '../labs/lab.ts'
import { Labs } from '../runner/programs/labs.ts'
import { Launcher } from '../runner/programs/launch.ts'
import { filesUnder } from './files.ts'
import { fileOf, record } from './recorder.ts'

const ROOT = join(import.meta.dirname, '..')
const KEPT = join(ROOT, '.cache', 'enregistrements')
/** Where the pages find them: `enregistrements/refus-ts.jsonl`; and the names of those that are there. */
export const PUBLISHED = 'enregistrements'
export const LISTED = 'liste.json'
/** Longest recording, in ms. */
const LONGEST = 90_000
/** What every recording is made with; a change of the rest of the runner changes nothing that they show. */
const SHARED = [
  'labs/qt-network',
  'labs/commun',
  'labs/relais',
  'labs/recording.ts',
  'labs/trace.ts',
  'runner/probe',
  'scripts/recorder.ts',
  'scripts/recording-stage.ts',
]
const VARIANTS: readonly VariantId[] = ['ts', 'node', 'qt']
const NOT_RUN = /\.test\.ts$|[\\/](exercices|oracles)[\\/]|activites\.ts$/

/** A recording that the labs call for. */
interface Wanted {
  id: string
  lab: Lab
  variant: VariantId
  /** Of the file, without what identifies what it shows; and with it. */
  name: string
  file: string
}

export interface Outcome {
  /** Files that are there, by name: `refus-ts`. */
  made: string[]
  /** Why the others are not, by name. */
  missing: Map<string, string>
}

/** All the recordings that the labs call for; a variant that no role has is none. */
async function wanted(launcher: Launcher): Promise<Wanted[]> {
  const labs = new Labs(launcher.labsDir)
  const all: Wanted[] = []
  for (const id of labs.ids()) {
    const lab = await labs.find(id)
    if (!lab || lab.scenario.length === 0) continue
    const stamp = await stampOf(id)
    for (const variant of VARIANTS) {
      if (!lab.roles.some(({ variants }) => variants.includes(variant))) continue
      const name = `${id}-${variant}`
      all.push({ id, lab, variant, name, file: join(KEPT, `${name}.${stamp}.jsonl`) })
    }
  }
  return all
}

/** Identifies what a recording of this lab shows. */
async function stampOf(id: string): Promise<string> {
  const hash = createHash('sha256').update(`${process.version} ${process.platform}`)
  for (const path of await filesUnder(ROOT, [...SHARED, `labs/${id}`])) {
    const name = relative(ROOT, path)
    if (!NOT_RUN.test(name))
      hash
        .update(name)
        .update('\0')
        .update(await readFile(path))
        .update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

/** Makes the recordings that miss, one after the other, and begins none after `budget` ms; `only` those of some labs. */
export async function makeRecordings(budget: number, only?: readonly string[]): Promise<Outcome> {
  const launcher = new Launcher()
  const qt = await launcher.qt.available()
  const until = performance.now() + budget
  const outcome: Outcome = { made: [], missing: new Map() }
  await mkdir(KEPT, { recursive: true })
  const all = await wanted(launcher)
  // What every machine can play first.
  const order = all.toSorted((a, b) => VARIANTS.indexOf(a.variant) - VARIANTS.indexOf(b.variant))
  for (const one of order.filter(({ id }) => only?.includes(id) ?? true)) {
    const { name, file } = one
    if (existsSync(file)) outcome.made.push(name)
    else if (one.variant === 'qt' && !qt) outcome.missing.set(name, 'Qt 6 est absent de cette machine')
    else if (performance.now() > until) outcome.missing.set(name, 'à la prochaine construction')
    else {
      const failure = await make(one)
      if (failure === null) outcome.made.push(name)
      else outcome.missing.set(name, failure)
    }
  }
  await forgetOld(all)
  return outcome
}

/** Why it could not be made, or null. */
async function make({ id, lab, variant, file }: Wanted): Promise<string | null> {
  try {
    const recording = await record(id, lab, variant, { freely: true, signal: AbortSignal.timeout(LONGEST) })
    // Whoever is stopped in the middle leaves no half of a file.
    await writeFile(`${file}.tmp`, fileOf(recording))
    await rename(`${file}.tmp`, file)
    return null
  } catch (error) {
    return (error as Error).message.split('\n')[0]!
  }
}

async function forgetOld(all: readonly Wanted[]): Promise<void> {
  const current = new Set(all.map(({ file }) => file))
  for (const name of await readdir(KEPT)) {
    if (!current.has(join(KEPT, name))) await rm(join(KEPT, name), { force: true })
  }
}

/** Those that exist and are still true. */
async function recorded(): Promise<Wanted[]> {
  return (await wanted(new Launcher())).filter(({ file }) => existsSync(file))
}

/** What the folder of a site published now would hold under this name; null when nothing: for pages in development. */
export async function publishedFile(name: string): Promise<string | null> {
  const all = await recorded()
  if (name === LISTED) return JSON.stringify(all.map((one) => one.name))
  const found = all.find((one) => `${one.name}.jsonl` === name)
  return found ? readFile(found.file, 'utf8') : null
}

/** Puts the recordings that exist and are still true into the folder of a built site. */
export async function publishRecordings(site: string): Promise<void> {
  const folder = join(site, PUBLISHED)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const all = await recorded()
  for (const { name, file } of all) await copyFile(file, join(folder, `${name}.jsonl`))
  await writeFile(join(folder, LISTED), JSON.stringify(all.map(({ name }) => name)))
}
