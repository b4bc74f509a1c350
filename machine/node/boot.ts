/** Brings up Node's own JavaScript in this worker, over the handles of the machine: once, for one program. */

import { natives } from 'machine:natives'
import type { SignalName } from '../messages.ts'
import { setToBuffer } from '../role/handles/udp.ts'
import { loop } from '../role/realm.ts'
import { bindings, SIGNALS } from './bindings/index.ts'
import { bringUp, newProcess, type Process, type Teller, type Terminal } from './process.ts'
import { replaced } from './replaced.ts'
import { type Stdio, standardStreams } from './stdio.ts'
import type { BufferModule, TimersModule } from './types.ts'

export interface Node {
  process: Process
  stdio: Stdio
  /** Requires a module, of Node's own or of those that a program imports. */
  load(id: string): unknown
  /** What a program finds without importing it. */
  globals: Readonly<Record<string, unknown>>
  signal(name: SignalName): void
}

export interface Boot {
  pid: number
  argv: readonly string[]
  documents: Readonly<Record<string, string | Uint8Array>>
  terminal: Terminal
  /** How an error that nothing caught is told. */
  tell: Teller
}

export function boot({ pid, argv, documents, terminal, tell }: Boot): Node {
  const cache = new Map<string, { exports: unknown }>()
  const primordials = {}
  const process = newProcess(pid, argv, terminal)
  const internalBinding = bindings(load)

  function load(name: string): unknown {
    const id = name.replace(/^node:/, '')
    const known = cache.get(id)
    if (known) return known.exports
    const module = { exports: {} as unknown }
    cache.set(id, module)
    const [make, run] = [replaced[id], natives[id]]
    if (make) module.exports = make({ load, process, documents })
    else if (run) run.call(undefined, module.exports, load, module, process, internalBinding, primordials)
    else throw new Error(`the machine has no module '${id}'`)
    return module.exports
  }

  load('internal/per_context/primordials')
  bringUp(process, load, terminal, tell)
  const debug = load('internal/util/debuglog') as { initializeDebugEnv(value: string | undefined): void }
  debug.initializeDebugEnv(undefined)
  const { Buffer } = load('buffer') as BufferModule
  setToBuffer(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))
  const stdio = standardStreams(process, load, terminal)
  const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = load(
    'timers',
  ) as TimersModule
  return {
    process,
    stdio,
    load,
    globals: {
      ...{ setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
      Buffer,
      process,
      console: consoleOf(load, process),
      global: globalThis,
    },
    signal: (name) => loop.poll(() => process.emit(name, name, SIGNALS[name])),
  }
}

function consoleOf(load: Node['load'], { stdout, stderr }: Process): Console {
  const { Console } = load('internal/console/constructor') as {
    Console: new (stdout: object, stderr: object) => Console
  }
  return new Console(stdout, stderr)
}
