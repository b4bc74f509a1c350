/**
 * The table of the rooms: which file may import what. A new lab or a new page never changes it.
 */
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import ts from 'typescript'
import manifest from '../package.json' with { type: 'json' }

/** What a file of a room may import: files of the project by path, packages by name. Node's modules are `node:…`. */
interface Rule {
  room: RegExp
  files: RegExp
  packages: RegExp
}

const NOTHING = /^(?!)/
const ANY = /^/
const NODE = /^node:/

/** In order: the first rule whose room matches the file applies. */
const RULES: readonly Rule[] = [
  { room: /^content\//, files: NOTHING, packages: NOTHING },
  { room: /^(runner\/protocol|labs\/lab)\.ts$/, files: /^labs\/trace\.ts$/, packages: NOTHING },
  { room: /^labs\/check\.ts$/, files: NOTHING, packages: NOTHING },
  { room: /^labs\/[^/]+(?<!\.test)\.ts$/, files: /^labs\/[^/]+\.ts$/, packages: NOTHING },
  { room: /^labs\/.*\.test\.ts$/, files: /^(labs|tests)\//, packages: ANY },
  { room: /^labs\/qt-network\//, files: /^labs\/qt-network\//, packages: NODE },
  { room: /^labs\/commun\//, files: /^labs\/(commun|qt-network)\//, packages: NODE },
  { room: /^labs\/[^/]+\/lab\.ts$/, files: /^labs\/lab\.ts$/, packages: NOTHING },
  { room: /^labs\/[^/]+\/activites\.ts$/, files: /^labs\/activities\.ts$/, packages: NOTHING },
  { room: /^labs\/[^/]+\/verifications\//, files: /^labs\/check\.ts$/, packages: NOTHING },
  { room: /^labs\//, files: /^labs\/(commun|qt-network|%lab%)\//, packages: NODE },
  { room: /^runner\/.*\.test\.ts$/, files: /^(runner|labs|scripts)\//, packages: ANY },
  {
    room: /^runner\/fixtures\//,
    files: /^(labs\/lab\.ts$|runner\/fixtures\/)/,
    packages: NODE,
  },
  {
    room: /^runner\//,
    files: /^(runner\/|labs\/([^/]+\/)?lab\.ts$|labs\/(parameters|trace)\.ts$)/,
    packages: /^(node:|(@lydell\/)?node-pty$|ws$|mrmime$)/,
  },
  { room: /^judge\/.*\.test\.ts$/, files: /^(judge|labs|tests|scripts)\//, packages: ANY },
  {
    room: /^judge\//,
    files: /^(judge\/|labs\/[^/]+\.ts$)/,
    packages: NODE,
  },
  { room: /^machine\/.*\.test\.ts$/, files: /^(machine|labs|scripts)\//, packages: ANY },
  // What builds it reads the names that programs share.
  {
    room: /^machine\/(build|programs)\.ts$/,
    files: /^machine\/|^package\.json$/,
    packages: /^(node:|esbuild$)/,
  },
  // The judge as a program of the machine: what plays is the judge itself.
  {
    room: /^machine\/judge\//,
    files: /^machine\/(judge\/|door\.ts$|role\/door\.ts$)|^judge\/|^labs\/[^/]+\.ts$/,
    packages: NODE,
  },
  { room: /^machine\/node\/(extract|types)\.ts$/, files: NOTHING, packages: NODE },
  {
    room: /^machine\//,
    // Its programs are observed by the probe of the runner, which knows nothing of it.
    files: /^machine\/|^labs\/trace\.ts$|^runner\/probe\/(channel|observe|sites)\.ts$/,
    packages: /^(machine:natives|es-module-lexer\/js)$/,
  },
  {
    room: /^site\//,
    files: /^(site|labs)\/|^runner\/protocol\.ts$|^machine\/page\/client\.ts$/,
    packages: ANY,
  },
  { room: /^(scripts|tests|bench|astro\.config\.mjs)/, files: ANY, packages: ANY },
]

/** One import that the table forbids. */
export interface Breach {
  file: string
  imported: string
}

/** Resolves `specifier` as written in `file`, both relative to the project's root; null for a package. */
function projectPath(file: string, specifier: string): string | null {
  if (specifier.startsWith('/')) return specifier.slice(1)
  if (specifier.startsWith('#')) return importedByName(specifier)
  if (!specifier.startsWith('.')) return null
  return posix.normalize(posix.join(posix.dirname(file), specifier.replace(/[?#].*$/, '')))
}

/** What `package.json` says that a name such as `#commun/options` stands for; the name itself when it says nothing. */
function importedByName(name: string): string {
  for (const [pattern, target] of Object.entries(manifest.imports)) {
    const [before = '', after] = pattern.split('*')
    if (after === undefined ? name !== pattern : !name.startsWith(before)) continue
    return posix.normalize(target.replace('*', name.slice(before.length)))
  }
  return name
}

/** What a source imports: statically, dynamically, or by a glob of Vite. */
export function importsOf(file: string, text: string): string[] {
  const globs = [...text.matchAll(/import\.meta\.glob(?:<[^(]*>)?\(\s*\[?\s*['"]([^'"]+)['"]/g)].map(
    (m) => m[1]!,
  )
  if (/\.[cm]?ts$/.test(file) || file.endsWith('.mjs')) {
    return [...ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName), ...globs]
  }
  const withoutCode = file.endsWith('.mdx') ? text.replace(/```[\s\S]*?```/g, '') : text
  const statements = withoutCode.matchAll(
    /^\s*(?:import|export)\b(?:[^'"`\n;]|\n(?!\n))*?['"]([^'"\n]+)['"]|import\(\s*['"]([^'"]+)['"]/gm,
  )
  return [...[...statements].map((m) => m[1] ?? m[2]!), ...globs]
}

/** The imports that the table of the rooms forbids. `sources` maps a path from the project's root to its text. */
export function breaches(sources: ReadonlyMap<string, string>): Breach[] {
  const found: Breach[] = []
  for (const [file, text] of sources) {
    const rule = RULES.find(({ room }) => room.test(file))
    for (const specifier of importsOf(file, text)) {
      const path = projectPath(file, specifier)
      const imported = path ?? (builtinModules.includes(specifier) ? `node:${specifier}` : specifier)
      const allowed = path === null ? rule?.packages : rule && forLab(rule.files, file)
      if (!allowed?.test(imported)) found.push({ file, imported })
    }
  }
  return found
}

/** Puts the lab of `file` where a rule says `%lab%`. */
function forLab(files: RegExp, file: string): RegExp {
  return new RegExp(files.source.replace('%lab%', file.split('/')[1] ?? ''))
}
