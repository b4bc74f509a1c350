/**
 * Node's own JavaScript, taken from the Node that runs the build (the one of the project): the machine runs it as it
 * is, and replaces only what is below it. Nothing of it is kept in the project.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The modules that the machine carries; what else they require is replaced (`replaced.ts`). */
const MODULES = `
buffer dgram dns events net os path readline readline/promises stream stream/promises string_decoder
timers/promises util util/types
internal/per_context/primordials
internal/assert internal/buffer internal/cli_table internal/console/constructor internal/constants internal/dgram
internal/dns/callback_resolver internal/dns/promises internal/dns/utils internal/errors
internal/events/abort_listener internal/events/symbols internal/fixed_queue internal/net
internal/readline/callbacks internal/readline/emitKeypressEvents internal/readline/interface
internal/readline/promises internal/readline/utils internal/stream_base_commons
internal/streams/add-abort-signal internal/streams/compose internal/streams/destroy internal/streams/duplex
internal/streams/duplexify internal/streams/duplexpair internal/streams/end-of-stream internal/streams/from
internal/streams/legacy internal/streams/operators internal/streams/passthrough internal/streams/pipeline
internal/streams/readable internal/streams/state internal/streams/transform internal/streams/utils
internal/streams/writable internal/trace_events internal/tty internal/util internal/util/colors
internal/util/debuglog internal/util/inspect internal/util/types internal/validators
`.match(/\S+/g)!

/** What the machine was written against: an update of Node changes it, and the tests must be looked at again. */
export const KNOWN_SOURCES = '06e9b40c7e5bda2735f72ac8bf02d15f5854aeb39992d16a808abd7ba467adc8'

function natives(): Record<string, string | undefined> {
  // The one door to these texts; Node warns that it is deprecated.
  const { emitWarning } = process
  process.emitWarning = () => {}
  const { binding } = process as unknown as { binding(name: 'natives'): Record<string, string> }
  const texts = binding('natives')
  process.emitWarning = emitWarning
  return texts
}

/** The texts of the modules, by name. */
export function nodeSources(): Record<string, string> {
  const texts = natives()
  return Object.fromEntries(
    MODULES.map((name) => {
      const text = texts[name]
      if (text === undefined) throw new Error(`this Node has no module ${name}`)
      return [name, text]
    }),
  )
}

/** What Node strips types with: WebAssembly in a text. */
const STRIPPER = 'internal/deps/amaro/dist/index'

/** The text of the module that strips types. */
export function stripperSource(): string {
  return natives()[STRIPPER]!
}

/** Identifies the texts of the modules. */
export function hashOf(sources: Record<string, string>): string {
  const hash = createHash('sha256')
  for (const [name, text] of Object.entries(sources)) hash.update(name).update('\0').update(text).update('\0')
  return hash.digest('hex')
}

/** The text of `machine:natives`: each module as a function. */
export function nativesModule(): string {
  const modules = Object.entries(nodeSources()).map(
    ([name, text]) =>
      `${JSON.stringify(name)}(exports, require, module, process, internalBinding, primordials) {\n${text}\n},\n`,
  )
  return `export const version = ${JSON.stringify(process.version)}
export const natives = {\n${modules.join('')}}\n`
}

/** After this line the licence of Node goes on with libraries that are not JavaScript of Node's own. */
const OTHERS = 'The externally maintained libraries used by Node.js are:'

/** The licence of what strips types, among those of the libraries of Node: in its package, or the name of the library. */
export function stripperLicence(): string {
  const beside = join(dirname(dirname(process.execPath)), 'LICENSE')
  const all = existsSync(beside) ? readFileSync(beside, 'utf8') : ''
  const [, ours] = /\n(- amaro, [\s\S]*?)\n- /.exec(all) ?? []
  return ours?.trim() ?? 'amaro, https://github.com/nodejs/amaro'
}

/** The licence of Node's own JavaScript: in its package, or its address. */
export function nodeLicence(): string {
  const beside = join(dirname(dirname(process.execPath)), 'LICENSE')
  if (existsSync(beside)) return readFileSync(beside, 'utf8').split(OTHERS)[0]!.trim()
  return `Node.js ${process.version}: https://raw.githubusercontent.com/nodejs/node/${process.version}/LICENSE`
}
