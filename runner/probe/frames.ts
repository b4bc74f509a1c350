/** The frames of the probe in the traces of errors: a program sees those that it would have without it. */
import { dirname, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

const FOLDER = dirname(import.meta.filename) + sep
const URL_OF_FOLDER = pathToFileURL(FOLDER).href
/** How many more frames V8 is asked for, so that enough are left: the hooks of an event and of a write, one in the other. */
const MORE = 8

/** Whether a file is part of the probe; named by its path, or by its address. */
export function isOurs(file: string): boolean {
  return file.startsWith(URL_OF_FOLDER) || file.startsWith(FOLDER)
}

/** Hides the frames of the probe from now on, where Node lets a trace be prepared; elsewhere they are seen. */
export function hideFrames(): void {
  const original: unknown = Error.prepareStackTrace
  if (typeof original !== 'function') return
  const usual = Error.stackTraceLimit
  const limit = usual + MORE
  Error.stackTraceLimit = limit
  const prepare = (error: Error, frames: NodeJS.CallSite[]): unknown => {
    const theirs = frames.filter((frame) => !isOurs(frame.getFileName() ?? ''))
    // A program that asked for another number of frames has them all.
    const asked = frames.length <= limit && Error.stackTraceLimit === limit ? theirs.slice(0, usual) : theirs
    return original.call(Error, error, asked)
  }
  Object.defineProperty(prepare, 'name', { value: original.name, configurable: true })
  Error.prepareStackTrace = prepare
}
