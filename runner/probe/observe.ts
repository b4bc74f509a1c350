/** What the probe observes, wherever the program runs: the sockets of Node and the signals of the twin. */
import { TRACE_VERSION } from '../../labs/trace.ts'
import type { Channel } from './channel.ts'
import { watchDatagrams } from './dgram.ts'
import { flushGroups } from './lane.ts'
import { watchServers } from './servers.ts'
import type { Sites } from './sites.ts'
import { watchSockets } from './sockets.ts'
import { watchTwin } from './twin.ts'

/** What the parts of the probe share. */
export interface Probe {
  readonly channel: Channel
  readonly sites: Sites
  /** Next number of a socket. */
  number(): number
}

/** Observes this program from now on, and tells `channel`; `sites` finds its lines. */
export function observe(channel: Channel, sites: Sites): void {
  let last = 0
  const probe: Probe = { channel, sites, number: () => ++last }
  channel.emit({ k: 'hello', v: TRACE_VERSION, node: process.versions.node })
  watchSockets(probe)
  watchServers(probe)
  watchDatagrams(probe)
  watchTwin(probe)
  process.on('exit', (code) => {
    flushGroups()
    channel.emit({ k: 'exit', code })
  })
}
