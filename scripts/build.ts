/** Builds the site into `dist/` when what it is made of has changed: `npm run build`. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { withLock } from '../runner/programs/lock.mjs'
import { astroBuild } from './astro.ts'
import { filesUnder } from './files.ts'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
export const SITE = join(ROOT, 'dist')
const STAMP = join(ROOT, '.cache', 'site-stamp')
const SOURCES = [
  'site',
  'content',
  'labs',
  'runner/protocol.ts',
  'runner/probe',
  'machine',
  'scripts/build.ts',
  'scripts/machine.ts',
  'scripts/static-site.ts',
  'astro.config.mjs',
  'package-lock.json',
]
/** How long `npm run build` may go on making recordings, in ms: the next one makes those that are left. */
const RECORDING_BUDGET = 60_000
const NOT_SHOWN = /(\.test\.ts$)|(^labs[\\/]build)/

/** Identifies all the files that the site is made of. */
export async function stampOfSources(): Promise<string> {
  const hash = createHash('sha256')
    .update(process.env.PRISE_DIRECTE_BASE ?? '')
    .update('\0')
  for (const path of await filesUnder(ROOT, SOURCES)) {
    if (NOT_SHOWN.test(relative(ROOT, path))) continue
    hash
      .update(relative(ROOT, path))
      .update('\0')
      .update(await readFile(path))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Builds the site unless `dist/` already comes from these very sources, one command at a time. Rejects when the build fails. */
export async function ensureBuilt(): Promise<void> {
  if (await isBuilt()) return
  const [unreadable] = /[#?*]/.exec(ROOT) ?? []
  if (unreadable) {
    throw new Error(
      `Le chemin du cours contient « ${unreadable} », que Vite, l’outil qui construit les pages, ne sait pas lire. ` +
        `Renommez le dossier, puis relancez : ${ROOT}`,
    )
  }
  await withLock(join(ROOT, '.cache', 'build.lock'), build, () =>
    console.log('Une autre commande construit les pages : attente…'),
  )
}

async function isBuilt(): Promise<boolean> {
  const built = existsSync(STAMP) ? await readFile(STAMP, 'utf8') : ''
  return existsSync(join(SITE, 'index.html')) && built === (await stampOfSources())
}

async function build(): Promise<void> {
  if (await isBuilt()) return
  const wanted = await stampOfSources()
  console.log('Construction des pages (une trentaine de secondes, seulement quand elles ont changé)…')
  await rm(STAMP, { force: true })
  await astroBuild()
  await (await import('./recordings.ts')).publishRecordings(SITE)
  await compress()
  await mkdir(dirname(STAMP), { recursive: true })
  await writeFile(STAMP, wanted)
  console.log('Pages construites.')
}

/** Writes beside each text of the site its compressed form, which the runner sends to the browsers that accept it. */
async function compress(): Promise<void> {
  for (const path of await filesUnder(SITE, ['.'])) {
    if (/\.(html|css|js|svg|jsonl?|xml)$/.test(path))
      await writeFile(`${path}.gz`, gzipSync(await readFile(path)))
  }
}

/** Makes the recordings that the labs call for, and says which are not there. */
async function completeRecordings(): Promise<void> {
  const { makeRecordings, publishRecordings } = await import('./recordings.ts')
  const { made, missing } = await makeRecordings(RECORDING_BUDGET)
  await publishRecordings(SITE)
  await compress()
  console.log(`Enregistrements des labos : ${made.length} sur ${made.length + missing.size}.`)
  for (const [why, names] of Map.groupBy(missing.keys(), (name) => missing.get(name)!))
    console.log(`  ${why} : ${names.join(', ')}`)
}

const USAGE =
  'Usage : npm run build [-- --sortie dossier [--base /cours/]]\n' +
  '--sortie : un site à déposer sur n’importe quel serveur de fichiers, sous le chemin --base (« / » par défaut).'

/** What was asked on the command line; null when it cannot be understood. */
function options(): { base: string; out: string | undefined } | null {
  try {
    const { values } = parseArgs({ options: { base: { type: 'string' }, sortie: { type: 'string' } } })
    const { base = '/', sortie: out } = values
    const understood = /^\/([\w.~-]+\/)*$/.test(base) && (out !== undefined || values.base === undefined)
    return understood ? { base, out } : null
  } catch {
    return null
  }
}

if (import.meta.main) {
  const asked = options()
  if (!asked) {
    console.error(USAGE)
    process.exit(2)
  }
  try {
    if (asked.out !== undefined) {
      const { staticSite } = await import('./static-site.ts')
      await staticSite(asked.base, asked.out)
      process.exit()
    }
    await ensureBuilt()
    await withLock(join(ROOT, '.cache', 'build.lock'), completeRecordings, () => {})
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
