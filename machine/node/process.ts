/** The `process` of a program, and how it ends. */

import { version } from 'machine:natives'
import type { SignalName } from '../messages.ts'
import { loop } from '../role/realm.ts'
import { SIGNALS } from './bindings/index.ts'
import type { EventsModule } from './types.ts'

/** What the terminal of the program does for it. */
export interface Terminal {
  print(bytes: Uint8Array): void
  exit(code: number): void
  /** The signals that the program handles itself. */
  handles(names: readonly SignalName[]): void
}

/** Thrown by `process.exit`, for what follows not to run: never an error of the program. */
export class ExitSignal {}

export type Process = NodeJS.Process & {
  /** An error that nothing caught, or the `origin` of one. */
  crash(error: unknown, origin?: string): void
}

const HANDLED: readonly SignalName[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const utf8 = new TextEncoder()

/** What does not need any module of Node: its modules need it. */
export function newProcess(pid: number, argv: readonly string[], terminal: Terminal): Process {
  const bare = {
    pid,
    ppid: 1,
    title: 'node',
    platform: 'linux',
    arch: 'x64',
    version,
    versions: { node: version.slice(1) },
    release: { name: 'node' },
    features: {},
    config: { variables: {} },
    argv: ['/usr/bin/node', ...argv],
    argv0: 'node',
    execPath: '/usr/bin/node',
    execArgv: [],
    env: { TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    exitCode: undefined,
    cwd: () => '/',
    umask: () => 0o22,
    uptime: () => performance.now() / 1000,
    hrtime: Object.assign(hrtime, { bigint: () => BigInt(nanoseconds()) }),
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: heapUsed(), external: 0, arrayBuffers: 0 }),
    emitWarning(warning: unknown) {
      const { name = 'Warning', message = String(warning) } = warning instanceof Error ? warning : {}
      terminal.print(utf8.encode(`(node:${pid}) ${name}: ${message}\n`))
    },
  }
  return bare as unknown as Process
}

/** Where Chromium tells it. */
function heapUsed(): number {
  return (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0
}

/** The clock of the machine, the same for all its programs: each worker counts from its own beginning. */
function nanoseconds(): number {
  return Math.floor((performance.timeOrigin + performance.now()) * 1e6)
}

function hrtime(since?: readonly [number, number]): [number, number] {
  const now = nanoseconds()
  const elapsed = since ? now - since[0] * 1e9 - since[1] : now
  return [Math.floor(elapsed / 1e9), elapsed % 1e9]
}

/** Makes `process` an emitter that hears signals, ends, and tells what nothing caught. `load` requires a module. */
export function bringUp(
  process: Process,
  load: (id: string) => unknown,
  terminal: Terminal,
  tell: Teller,
): void {
  const EventEmitter = load('events') as EventsModule
  const { codes } = load('internal/errors') as {
    codes: Record<string, new (...args: unknown[]) => Error>
  }
  Object.setPrototypeOf(process, EventEmitter.prototype)
  EventEmitter.call(process as never)

  let exiting = false
  const code = () => Number(process.exitCode ?? 0)
  const finish = (status: number) => {
    if (loop.stopped) return
    loop.stopped = true
    terminal.exit(status & 0xff)
  }
  const sayExit = () => {
    if (exiting) return
    exiting = true
    process.emit('exit', code())
  }
  const end = (status: number): never => {
    finish(status)
    throw new ExitSignal()
  }

  process.nextTick = (callback: (...args: never[]) => unknown, ...args: unknown[]) => {
    if (typeof callback !== 'function')
      throw new codes.ERR_INVALID_ARG_TYPE!('callback', 'Function', callback)
    loop.nextTick(() => callback(...(args as never[])))
  }
  process.exit = (wanted) => {
    if (wanted !== undefined) process.exitCode = wanted
    try {
      sayExit()
    } finally {
      finish(code())
    }
    throw new ExitSignal()
  }
  Object.assign(process, { reallyExit: finish })
  process.kill = (_pid, signal = 'SIGTERM') => end(128 + (SIGNALS[signal as keyof typeof SIGNALS] ?? 15))
  process.abort = () => end(134)
  process.crash = (error, origin = 'uncaughtException') => {
    if (error instanceof ExitSignal || loop.stopped) return
    if (process.listenerCount('uncaughtException') > 0) {
      loop.run(() => process.emit('uncaughtException', error as Error, origin as 'uncaughtException'))
      return
    }
    terminal.print(utf8.encode(`${tell(error)}\n\nNode.js ${version}\n`))
    process.exitCode = 1
    try {
      sayExit()
    } catch {
      // Node tells one error only.
    }
    finish(1)
  }

  loop.onError = (error) => process.crash(error)
  loop.onIdle = () => {
    if (exiting) return
    loop.run(() => process.emit('beforeExit', code()))
    if (loop.alive() || loop.stopped) return
    loop.run(sayExit)
    finish(code())
  }
  hearListeners(process, () => {
    terminal.handles(HANDLED.filter((name) => process.listenerCount(name) > 0))
  })
}

/** How an error is told. */
export type Teller = (error: unknown) => string

const METHODS = [
  ...['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'],
  ...['off', 'removeListener', 'removeAllListeners'],
] as const

/** Calls `changed` when the listeners of a signal change. */
function hearListeners(process: Process, changed: () => void): void {
  const emitter = process as unknown as Record<string, (...args: unknown[]) => unknown>
  for (const name of METHODS) {
    const method = emitter[name]!
    emitter[name] = (...args) => {
      const result = method.apply(process, args)
      // At once: what the program does next may make another one send that signal.
      if (args.length === 0 || String(args[0]).startsWith('SIG')) changed()
      return result
    }
  }
}
