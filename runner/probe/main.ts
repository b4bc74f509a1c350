/**
 * The probe of a Node program: tells what its sockets do, on its terminal, and never changes it. Loaded before the
 * program when `PRISE_DIRECTE_SONDE` names the folder of the labs. Without a terminal it does nothing.
 */
import { TRACE_VERSION } from '../../labs/trace.ts'
import { channelToTerminal } from './channel.ts'
import { watchDatagrams } from './dgram.ts'
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

const channel = channelToTerminal()
if (channel) {
  let last = 0
  const probe: Probe = {
    channel,
    sites: new Sites(process.env.PRISE_DIRECTE_SONDE!),
    number: () => ++last,
  }
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
