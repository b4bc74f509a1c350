/** Finds the line of the program that is being executed, in the stack of V8. */
import { basename, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isOurs } from './frames.ts'

/** How many frames are looked at, and how long a file's name may be. */
const DEPTH = 10
const NAME_MAX = 100
/** What is between the program and the system: Node, the twin of Qt, packages. */
const BETWEEN = /^node:|[\\/]labs[\\/]qt-network[\\/]|[\\/]node_modules[\\/]/

/** What finds it; lines are named from the folder of the labs. */
export function lineFinder(labs: string): () => string | undefined {
  /** The name of each file, empty when it is not the program's. */
  const names = new Map<string, string>()

  function nameOf(file: string): string {
    const known = names.get(file)
    if (known !== undefined) return known
    const path = file.startsWith('file:') ? fileURLToPath(file) : file
    const name = isOurs(path) || BETWEEN.test(path) ? '' : relative(labs, path).split(sep).join('/')
    const short = name.length > NAME_MAX ? basename(name) : name
    names.set(file, short)
    return short
  }

  return function here() {
    // The way V8 makes a trace is replaced for the time of one, which runs none of the program's code.
    const { stackTraceLimit, prepareStackTrace } = Error
    const trace: { stack?: NodeJS.CallSite[] } = {}
    try {
      Error.stackTraceLimit = DEPTH
      Error.prepareStackTrace = (_error, frames) => frames
      Error.captureStackTrace(trace, here)
      for (const frame of trace.stack ?? []) {
        const file = frame.getFileName()
        const name = file ? nameOf(file) : ''
        if (name) return `${name}:${frame.getLineNumber()}:${frame.getColumnNumber()}`
      }
    } finally {
      Error.stackTraceLimit = stackTraceLimit
      Error.prepareStackTrace = prepareStackTrace
    }
    return undefined
  }
}
