/**
 * The probe of a Node program: tells what its sockets do, on its terminal, and never changes it. Does nothing before
 * `startProbe`.
 */
import { hideFrames } from './frames.ts'
import { observe } from './observe.ts'
import { Sites } from './sites.ts'
import { lineFinder } from './stack.ts'
import { channelToTerminal } from './terminal.ts'

/** Observes this process from now on. `labsDir` is the folder from which lines are named. Without a terminal, does nothing. */
export function startProbe(labsDir: string): void {
  const channel = channelToTerminal()
  if (!channel) return
  hideFrames()
  observe(channel, new Sites(lineFinder(labsDir)))
}
