/**
 * The machine among the files of the site: its frame, the twin, and the programs of each lab, in a folder whose name
 * changes with them. Written with a built site, served as they are now in development.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { buildJudge, buildMachine, buildStripper } from '../machine/build.ts'
import { sourcesOf, twin } from '../machine/programs.ts'
import { Workspace } from '../runner/files/workspace.ts'
import { Labs } from '../runner/programs/labs.ts'

const ROOT = join(import.meta.dirname, '..')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
}
const TWIN = 'labs/qt-network/index.ts'

/**
 * The files of the folder, by name; `refus.json` has the programs of a lab, and what they import besides the twin;
 * `refus-travail.json` what the learner may change (`texts`), and what runs and judges it (`sources`).
 */
async function machineFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  files.set('cadre.html', await buildMachine())
  files.set('jumeau.json', JSON.stringify({ [TWIN]: await twin(ROOT) }))
  files.set('juge.json', JSON.stringify(await buildJudge()))
  files.set('types.js', buildStripper())
  const labs = new Labs(join(ROOT, 'labs'))
  for (const id of labs.ids()) {
    const lab = await labs.find(id)
    const sources: Record<string, string> = {}
    for (const program of new Set(lab?.roles.map((role) => role.program))) {
      for (const entry of [`labs/${id}/${program}.ts`, `labs/${id}/${program}.node.ts`]) {
        if (existsSync(join(ROOT, entry))) Object.assign(sources, sourcesOf(entry, ROOT, { [TWIN]: '' }))
      }
    }
    delete sources[TWIN]
    files.set(`${id}.json`, JSON.stringify(sources))
    files.set(`${id}-travail.json`, JSON.stringify(workOf(id)))
  }
  return files
}

/** What the learner may change in a lab, and what runs and judges it. */
function workOf(id: string) {
  const names = new Workspace(join(ROOT, 'labs')).files(id)
  const texts = names.map((file) => [file, readFileSync(join(ROOT, 'labs', id, file), 'utf8')] as const)
  const judged = [
    'activites.ts',
    ...namesIn(`labs/${id}/verifications`).map((name) => `verifications/${name}`),
  ]
  const sources: Record<string, string> = {}
  for (const file of [...names.filter((name) => name.endsWith('.ts')), ...judged]) {
    const entry = `labs/${id}/${file}`
    if (existsSync(join(ROOT, entry))) Object.assign(sources, sourcesOf(entry, ROOT, { [TWIN]: '' }))
  }
  delete sources[TWIN]
  return { texts: Object.fromEntries(texts), sources }
}

function namesIn(folder: string): string[] {
  return existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : []
}

function folderOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256')
  for (const [name, text] of files) hash.update(`${name}\0${text}\0`)
  return `machine-${hash.digest('hex').slice(0, 12)}`
}

export function machine(): AstroIntegration {
  let files = new Map<string, string>()
  let folder = ''
  return {
    name: 'prise-directe:machine',
    hooks: {
      'astro:config:setup': async ({ command, updateConfig }) => {
        if (command !== 'build' && command !== 'dev') return
        files = await machineFiles()
        folder = folderOf(files)
        updateConfig({ vite: { define: { __MACHINE__: JSON.stringify(`/${folder}/`) } } })
      },
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const name = request.url?.split(`/${folder}/`)[1]
          const text = name === undefined ? undefined : files.get(name)
          if (text === undefined) return next()
          const type = TYPES[extname(name!)]
          response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(text)
        })
      },
      'astro:build:done': async ({ dir }) => {
        const where = join(fileURLToPath(dir), folder)
        await mkdir(where, { recursive: true })
        for (const [name, text] of files) await writeFile(join(where, name), text)
      },
    },
  }
}
