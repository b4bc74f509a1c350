/** What the machine is asked to run for a program of the page: the course's, the learner's copy, or their judge. */
import type { Lab, Role } from '../../../labs/lab.ts'
import { argumentsOf } from '../../../labs/parameters.ts'
import { type Judging, judgingOf, type Sources, type Startable } from '../../../machine/page/client.ts'
import type { ProgramRef } from '../../../runner/protocol.ts'
import { judgeFiles, sourcesOf, workOf } from './machine-files.ts'
import { RefusedError, type Start } from './source.ts'
import { SyntaxFault, strip } from './strip.ts'
import { workFiles } from './work-files.ts'

const EXERCISE = 'exercices/'
/** Largest seed of a verification, as `npm run verifier` draws it. */
const SEEDS = 100_000

/** What is given to the machine, its size apart. */
export interface Launched extends Startable {
  argv: readonly string[]
  programs?: Readonly<Record<string, Startable>>
}

/** The role that a program plays; an exercise is one by itself. Undefined when the lab has no such role. */
export function roleOf(lab: Lab, { role, variant }: ProgramRef): Role | undefined {
  if (!role.startsWith(EXERCISE)) return lab.roles.find(({ id }) => id === role)
  return { id: role, title: role, program: role, variants: [variant], parameters: [] }
}

/** Rejects with a `RefusedError`, or when its files cannot be fetched. */
export async function launchOf({ ref, parameters }: Start, lab: Lab, role: Role): Promise<Launched> {
  const given = argumentsOf(lab, role, parameters)
  if (!given.ok) throw new RefusedError('bad-parameter', given.key)
  if (ref.variant === 'qt') throw new RefusedError('unknown-variant', ref.variant)
  const file = `${role.program}${ref.variant === 'node' ? '.node' : ''}.ts`
  const program = await programOf(ref, file)
  if (!(program.entry in program.sources)) throw new RefusedError('unknown-variant', ref.variant)
  if (ref.check) return { argv: [], ...judgingOf(await judgingFor(ref, file, program)) }
  return { ...program, argv: [`/${program.entry}`, ...given.args] }
}

/** The program of a file of a lab, with the learner's texts in place of the course's when they are wanted. */
async function programOf({ lab, role, copy, check }: ProgramRef, file: string): Promise<Startable> {
  const entry = `labs/${lab}/${file}`
  const common = await sourcesOf(lab)
  if (!copy && !check && !role.startsWith(EXERCISE)) return { entry, sources: common }
  const work = await workOf(lab)
  const sources = { ...common, ...work.sources }
  if (!copy && !check) return { entry, sources }
  try {
    return { entry, sources: { ...sources, ...(await copiesOf(lab)) } }
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error
    // A program that says it, as Node would.
    const text = `process.stderr.write(${JSON.stringify(error.message)}); process.exitCode = 1`
    return { entry, sources: { [entry]: text } }
  }
}

/** The learner's copies, without types. Rejects with a `SyntaxFault`. */
async function copiesOf(lab: string): Promise<Sources> {
  const copies: Record<string, string> = {}
  for (const { file, copy, original } of await workFiles.list(lab)) {
    if (copy === null || copy === original || !file.endsWith('.ts')) continue
    const read = await workFiles.read(lab, file)
    if (read.copy) copies[`labs/${lab}/${file}`] = await strip(`travail/${lab}/${file}`, read.copy.text)
  }
  return copies
}

async function judgingFor({ lab, role }: ProgramRef, file: string, judged: Startable): Promise<Judging> {
  const [judge, work, { original, copy }] = await Promise.all([
    judgeFiles(),
    workOf(lab),
    workFiles.read(lab, file),
  ])
  const { text } = copy ?? original
  const name = copy ? `travail/${lab}/${file}` : `labs/${lab}/${file}`
  const sha256 = await digest(text)
  const asked = {
    name,
    seed: Math.floor(Math.random() * SEEDS),
    ...(sha256 && { source: { file: name, sha256 }, text }),
  }
  return { lab, name: role.slice(EXERCISE.length), sources: { ...work.sources, ...judge }, judged, asked }
}

/** Null in a page that was not served safely (neither https nor this machine): browsers refuse it there. */
async function digest(text: string): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
