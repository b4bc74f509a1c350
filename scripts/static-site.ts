/**
 * A site of files: `npm run build -- --base /cours/ --sortie dossier`. Any server of files serves it under that path,
 * without any header of its own: each page says what it may do, and the browser keeps the site for when there is no
 * network.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { build } from 'esbuild'
import { withLock } from '../runner/programs/lock.mjs'
import { hashesIn } from '../runner/web/inline-scripts.ts'
import { OFFLINE_WORKER } from '../site/offline/names.ts'
import { astroBuild } from './astro.ts'
import { filesUnder } from './files.ts'

const ROOT = join(import.meta.dirname, '..')
const APP = 'application.json'
/** What is not kept from the first visit: what few will open, beyond this size in bytes, and recordings, but for their list. */
const HEAVY = 600_000
const LATER = /^enregistrements\/(?!liste\.json$)|\.gz$|^imprimer\//
/** The document of the machine says itself what it may do. */
const FRAME = /^machine-[0-9a-f]+\/cadre\.html$/

/**
 * Writes the site into `out`, which is emptied first.
 * @throws an Error with a sentence in French when it holds something else than such a site.
 */
export async function staticSite(base: string, out: string): Promise<void> {
  const folder = resolve(out)
  await refuseOthers(folder)
  const env = { PRISE_DIRECTE_BASE: base, PRISE_DIRECTE_SEUL: '1' }
  await withLock(
    join(ROOT, '.cache', 'build.lock'),
    () => astroBuild([folder], env),
    () => {},
  )
  await (await import('./recordings.ts')).publishRecordings(folder)
  const paths = (await filesUnder(folder, ['.'])).map((path) => relative(folder, path).split(sep).join('/'))
  for (const path of paths)
    if (path.endsWith('.html') && !FRAME.test(path)) await closePage(join(folder, path), base)
  // Without it, GitHub Pages leaves out what begins with `_`.
  await writeFile(join(folder, '.nojekyll'), '')
  await writeFile(join(folder, APP), JSON.stringify(application(base)))
  await writeFile(join(folder, OFFLINE_WORKER), await offlineWorker(folder, [...paths, APP]))
  console.log(`Site construit dans ${folder}, à servir sous ${base}`)
}

/** A folder that is emptied must be ours. */
async function refuseOthers(folder: string): Promise<void> {
  if (!existsSync(folder) || (await readdir(folder)).length === 0) return
  if (existsSync(join(folder, OFFLINE_WORKER))) return
  throw new Error(`${folder} contient autre chose que ce site : choisissez un dossier vide.`)
}

/** Says in a page what it may do, and that it belongs to an application. */
async function closePage(path: string, base: string): Promise<void> {
  const page = await readFile(path, 'utf8')
  const scripts = hashesIn(page).map((hash) => ` '${hash}'`)
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval'${scripts.join('')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
  ].join('; ')
  const tags =
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<link rel="manifest" href="${base}${APP}">`
  // After the encoding, which a browser looks for in the first 1024 bytes.
  const closed = page.replace(/<meta charset="?utf-8"?\s*\/?>/i, (charset) => charset + tags)
  if (closed === page)
    throw new Error(`${path} : une page qui ne dit pas son encodage ne peut pas être fermée.`)
  await writeFile(path, closed)
}

function application(base: string): object {
  return {
    name: 'Prise directe',
    lang: 'fr',
    start_url: base,
    scope: base,
    display: 'standalone',
    background_color: '#ffffff',
    icons: [{ src: `${base}favicon.svg`, type: 'image/svg+xml', sizes: 'any' }],
  }
}

/** The script that keeps the files of `folder`, at these paths. */
async function offlineWorker(folder: string, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  const kept: string[] = []
  for (const path of paths.toSorted()) {
    const file = join(folder, path)
    hash.update(`${path}\0`).update(await readFile(file))
    const small = (await stat(file)).size <= HEAVY || FRAME.test(path)
    if (small && !LATER.test(path)) kept.push(path)
  }
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'site', 'offline', 'worker.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    define: { __VERSION__: JSON.stringify(hash.digest('hex').slice(0, 12)), __KEPT__: JSON.stringify(kept) },
  })
  return outputFiles[0]!.text
}
