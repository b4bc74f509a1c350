/** Where the events of a process leave: its terminal, by a descriptor of our own that never makes it wait. */
import { constants, openSync, writeSync } from 'node:fs'
import { isMainThread, threadId } from 'node:worker_threads'
import { Channel } from './channel.ts'

/** Opened anew and not inherited, so that it does not block while the standard output of the program still does. */
const FLAGS = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY

/** The channel to the terminal of this process; null when it has none. */
export function channelToTerminal(): Channel | null {
  try {
    const descriptor = openSync('/dev/tty', FLAGS)
    const name = isMainThread ? `${process.pid}` : `${process.pid}.${threadId}`
    return new Channel(name, (sequence) => writeSync(descriptor, sequence))
  } catch {
    return null
  }
}
