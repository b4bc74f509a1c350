/** Builds the scripts of the machine, with the JavaScript of the Node that runs this. */
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }
import { nativesModule, nodeLicence, stripperLicence, stripperSource } from './node/extract.ts'
import { PARTS_ID, type Parts } from './page/border.ts'
import { JUDGE_FILES } from './page/judging.ts'
import type { Sources } from './page/linker.ts'

/** The modules of Node that a program of the machine may import. */
const IMPORTABLE = [
  ...[
    'buffer',
    'child_process',
    'dgram',
    'diagnostics_channel',
    'dns',
    'dns/promises',
    'events',
    'fs',
    'net',
    'os',
    'path',
  ],
  ...['process', 'readline', 'readline/promises', 'stream', 'stream/promises', 'string_decoder'],
  ...['timers', 'timers/promises', 'url', 'util', 'worker_threads'],
]

/** Nothing goes in or out of the frame but by its port: no network, no storage, workers from its own texts only. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'"

const natives: Plugin = {
  name: 'natives',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^machine:natives$/ }, ({ path }) => ({ path, namespace: 'machine' }))
    onLoad({ filter: /.*/, namespace: 'machine' }, () => ({ contents: nativesModule(), loader: 'js' }))
  },
}

/** A file with all that it imports, as a module that imports the Node of the program. */
async function moduleOf(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    charset: 'utf8',
    minify: true,
    keepNames: true,
    external: ['node:*'],
    legalComments: 'none',
  })
  return outputFiles[0]!.text
}

/** The judge and what it starts: to be linked with a check, by `page/judging.ts`. */
export async function buildJudge(): Promise<Sources> {
  const [judge, echo, hole] = await Promise.all(
    ['judge/judge.ts', 'judge/echo.ts', 'judge/black-hole.ts'].map(moduleOf),
  )
  return { [JUDGE_FILES.judge]: judge!, [JUDGE_FILES.echo]: echo!, [JUDGE_FILES.blackHole]: hole! }
}

/**
 * The script of a worker that strips types as Node does: `{ id, path, text }` is answered by `{ id, code }`, or by
 * `{ id, fault }`, the error of Node's own `transformSync`.
 */
export function buildStripper(): string {
  return `/*!\n${stripperLicence().replaceAll('*/', '* /')}\n*/
const Buffer = { from: (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)) }
const module = { exports: {} }
;(function (exports, require, module) {
${stripperSource()}
})(module.exports, () => ({ Buffer, TextDecoder, TextEncoder }), module)
onmessage = ({ data: { id, path, text } }) => {
  try {
    postMessage({ id, code: module.exports.transformSync(text, { mode: 'strip-only', filename: path }).code })
  } catch ({ code, message, startLine, startColumn }) {
    postMessage({ id, fault: { code, message: String(message), line: startLine, column: startColumn } })
  }
}
`
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

/** The scripts of the workers, and what programs may import. */
export async function buildParts(): Promise<Parts> {
  const [role, kernel, observed] = await Promise.all([
    script('role/worker.ts'),
    script('kernel/worker.ts'),
    moduleOf('node/probe.ts'),
  ])
  const exported = await Promise.all(IMPORTABLE.map(async (name) => [name, await exportsOf(name)] as const))
  return {
    role: `/*!\n${nodeLicence().replaceAll('*/', '* /')}\n*/\n${role}`,
    kernel,
    probe: observed,
    exported: Object.fromEntries(exported),
    shared: manifest.imports,
  }
}

/**
 * The document that the page shows in a frame, whole: about a second. It holds the closed frame, which no service
 * worker would give back without network, an origin of its own being nobody's.
 */
export async function buildMachine(): Promise<string> {
  const closed = JSON.stringify(await closedFrame()).replaceAll('<', '\\u003c')
  return `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<script>
const frame = document.createElement('iframe')
frame.setAttribute('sandbox', 'allow-scripts')
frame.srcdoc = ${closed}
const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
onmessage = ({ ports }) => loaded.then(() => frame.contentWindow.postMessage(null, '*', ports))
document.documentElement.append(frame)
</script>
`
}

/** The document where the programs run: an origin of its own, the policy above. */
async function closedFrame(): Promise<string> {
  const [parts, frame] = await Promise.all([buildParts(), script('page/frame.ts')])
  const json = JSON.stringify(parts).replaceAll('<', '\\u003c')
  return `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<script type="application/json" id="${PARTS_ID}">${json}</script>
<script>${frame.replaceAll('</script', '<\\/script')}</script>
`
}
