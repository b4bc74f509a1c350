/** The probe of the runner, in the worker of a program: the very same hooks, on the same JavaScript of Node. */
import { Channel } from '../../runner/probe/channel.ts'
import { observe } from '../../runner/probe/observe.ts'
import { Sites } from '../../runner/probe/sites.ts'
import type { Program } from '../messages.ts'

/** How many frames of a stack are looked at: those of Node and of the machine are among them. */
const DEPTH = 20
/** `    at name (blob:…:12:5)` in V8, `name@blob:…:12:5` in Firefox. */
const FRAME = /([a-z]+:[^\s()@]+):(\d+):(\d+)\)?$/gm
const LABS = '/labs/'
const BETWEEN = `${LABS}qt-network/`

/** Observes the program of this worker; `names` are its modules, `tell` takes each event in the form of `labs/trace.ts`. */
export function start(names: Program['names'], tell: (sequence: string) => void): void {
  const files = new Map(names.map(([url, { path }]) => [url, path]))
  observe(new Channel(String(process.pid), tell), new Sites(() => lineIn(files)))
}

/** The line of the program that is being executed, by the addresses of its modules. */
function lineIn(files: ReadonlyMap<string, string>): string | undefined {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = DEPTH
  const { stack = '' } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  for (const [, url, line, column] of stack.matchAll(FRAME)) {
    const path = files.get(url!)
    if (path?.startsWith(LABS) && !path.startsWith(BETWEEN))
      return `${path.slice(LABS.length)}:${line}:${column}`
  }
  return undefined
}
