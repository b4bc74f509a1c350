/** Builds the scripts of the machine, with the JavaScript of the Node that runs this. */
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }
import { nativesModule, nodeLicence } from './node/extract.ts'
import type { Opening } from './page/client.ts'

/** The modules of Node that a program of the machine may import. */
const IMPORTABLE = [
  ...['buffer', 'child_process', 'dgram', 'dns', 'dns/promises', 'events', 'fs', 'net', 'os', 'path'],
  ...['process', 'readline', 'readline/promises', 'stream', 'stream/promises', 'string_decoder'],
  ...['timers', 'timers/promises', 'url', 'util', 'worker_threads'],
]

export interface Built {
  /** Script of the closed frame. */
  frame: string
  /** What the frame is given first. */
  opening: Opening
}

const natives: Plugin = {
  name: 'natives',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^machine:natives$/ }, ({ path }) => ({ path, namespace: 'machine' }))
    onLoad({ filter: /.*/, namespace: 'machine' }, () => ({ contents: nativesModule(), loader: 'js' }))
  },
}

/** One script, whole: workers of a closed frame are classic ones. Names are kept: classes show theirs. */
async function script(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2024',
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    plugins: [natives],
  })
  return outputFiles[0]!.text
}

async function exportsOf(name: string): Promise<string[]> {
  const names = Object.keys((await import(`node:${name}`)) as object)
  return names.filter((one) => /^[A-Za-z_$][\w$]*$/.test(one) && one !== 'default')
}

/** Builds the machine; about a second. */
export async function buildMachine(): Promise<Built> {
  const [role, kernel, frame] = await Promise.all(
    ['role/worker.ts', 'kernel/worker.ts', 'page/frame.ts'].map(script),
  )
  const exported = await Promise.all(IMPORTABLE.map(async (name) => [name, await exportsOf(name)] as const))
  return {
    frame: frame!,
    opening: {
      role: `/*!\n${nodeLicence().replaceAll('*/', '* /')}\n*/\n${role}`,
      kernel: kernel!,
      exported: Object.fromEntries(exported),
      shared: manifest.imports,
    },
  }
}
