/** Which line of the program is being executed. */
import { basename, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isOurs } from './frames.ts'

/** How many frames are looked at, and how long a file's name may be. */
const DEPTH = 10
const NAME_MAX = 100
/** How many lines are looked for in one window, for one socket, and how long it is, in µs: each costs 8 µs. */
const SITES_MAX = 16
const WINDOW = 50_000
/** What is between the program and the system: Node, the twin of Qt, packages. */
const BETWEEN = /^node:|[\\/]labs[\\/]qt-network[\\/]|[\\/]node_modules[\\/]/

/** The allowance of one socket. */
export interface Allowance {
  since: number
  left: number
}

export class Sites {
  readonly #labs: string
  /** The name of each file, empty when it is not the program's. */
  readonly #names = new Map<string, string>()

  /** Lines are named from the folder of the labs. */
  constructor(labs: string) {
    this.#labs = labs
  }

  /** The line of the program that led here: `refus/serveur.ts:62:17`. */
  here(): string | undefined {
    // The way V8 makes a trace is replaced for the time of one, which runs none of the program's code.
    const { stackTraceLimit, prepareStackTrace } = Error
    const trace: { stack?: NodeJS.CallSite[] } = {}
    try {
      Error.stackTraceLimit = DEPTH
      Error.prepareStackTrace = (_error, frames) => frames
      Error.captureStackTrace(trace, this.here)
      for (const frame of trace.stack ?? []) {
        const file = frame.getFileName()
        const name = file ? this.#nameOf(file) : ''
        if (name) return `${name}:${frame.getLineNumber()}:${frame.getColumnNumber()}`
      }
    } finally {
      Error.stackTraceLimit = stackTraceLimit
      Error.prepareStackTrace = prepareStackTrace
    }
    return undefined
  }

  /** The same, at most `SITES_MAX` times in a window: under load the first ones tell enough. */
  sometimes(allowance: Allowance, at: number): string | undefined {
    if (at - allowance.since > WINDOW) {
      allowance.since = at
      allowance.left = SITES_MAX
    }
    if (allowance.left === 0) return undefined
    allowance.left -= 1
    return this.here()
  }

  #nameOf(file: string): string {
    const known = this.#names.get(file)
    if (known !== undefined) return known
    const path = file.startsWith('file:') ? fileURLToPath(file) : file
    const name = isOurs(path) || BETWEEN.test(path) ? '' : relative(this.#labs, path).split(sep).join('/')
    const short = name.length > NAME_MAX ? basename(name) : name
    this.#names.set(file, short)
    return short
  }
}
