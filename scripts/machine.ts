/**
 * The machine among the files of the site: its frame, the twin, and the programs of each lab, in a folder whose name
 * changes with them. Written with a built site, served as they are now in development.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { buildMachine } from '../machine/build.ts'
import { sourcesOf, twin } from '../machine/programs.ts'
import { Labs } from '../runner/programs/labs.ts'

const ROOT = join(import.meta.dirname, '..')
const TWIN = 'labs/qt-network/index.ts'

/** The files of the folder, by name; `refus.json` has the programs of a lab, and what they import besides the twin. */
async function machineFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  files.set('cadre.html', await buildMachine())
  files.set('jumeau.json', JSON.stringify({ [TWIN]: await twin(ROOT) }))
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
  }
  return files
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
          const type = name!.endsWith('.html') ? 'text/html' : 'application/json'
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
