/** The programs of the labs in the form that the machine runs: JavaScript, line for line. */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join, posix } from 'node:path'
import { build } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }
import type { Sources } from './page/client.ts'

const TWIN = 'labs/qt-network/index.ts'

/** Types are replaced by spaces: lines and columns stay those of the file. */
export function stripped(path: string, root: string): string {
  return stripTypeScriptTypes(readFileSync(join(root, path), 'utf8'))
}

/** The twin of Qt Network in one module, its names kept. */
export async function twin(root: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, TWIN)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    charset: 'utf8',
    // A class shows its name: esbuild gives another one to those that speak of themselves.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    external: ['node:*'],
    legalComments: 'none',
  })
  return outputFiles[0]!.text
}

/** `entry` and all that it imports, by path; `whole` has files already in their last form. */
export function sourcesOf(entry: string, root: string, whole: Sources = {}): Sources {
  const sources: Record<string, string> = {}
  const visit = (path: string) => {
    if (path in sources) return
    sources[path] = whole[path] ?? stripped(path, root)
    if (path in whole) return
    for (const [, name] of sources[path].matchAll(/\b(?:from|import)\s*\(?\s*'([#.][^']+)'/g)) {
      visit(name!.startsWith('#') ? shared(name!) : posix.join(posix.dirname(path), name!))
    }
  }
  visit(entry)
  return sources
}

function shared(name: string): string {
  const exact = (manifest.imports as Record<string, string>)[name]
  return posix.normalize(exact ?? manifest.imports['#commun/*'].replace('*', name.slice('#commun/'.length)))
}
