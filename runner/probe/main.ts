/**
 * The probe of a Node program: tells what its sockets do, on its terminal, and never changes it. Does nothing before
 * `startProbe`.
 */
import { TRACE_VERSION } from '../../labs/trace.ts'
import { channelToTerminal } from './channel.ts'
import { watchDatagrams } from './dgram.ts'
import { hideFrames } from './frames.ts'
import { flushGroups } from './lane.ts'
import { watchServers } from './servers.ts'
import { Sites } from './sites.ts'
import { watchSockets } from './sockets.ts'
import { watchTwin } from './twin.ts'

/** What the parts of the probe share. */
export interface Probe {
  readonly channel: NonNullable<ReturnType<typeof channelToTerminal>>
  readonly sites: Sites
  /** Next number of a socket. */
  number(): number
}

/** Observes this process from now on. `labsDir` is the folder from which lines are named. Without a terminal, does nothing. */
export function startProbe(labsDir: string): void {
  const channel = channelToTerminal()
  if (!channel) return
  let last = 0
  const probe: Probe = { channel, sites: new Sites(labsDir), number: () => ++last }
  channel.emit({ k: 'hello', v: TRACE_VERSION, node: process.versions.node })
  hideFrames()
  watchSockets(probe)
  watchServers(probe)
  watchDatagrams(probe)
  watchTwin(probe)
  process.on('exit', (code) => {
    flushGroups()
    channel.emit({ k: 'exit', code })
  })
}
