/** « Qui écoute ? »: the sockets that the programs have open, as a system would list them. Pure. */
import { hostOf, portOf } from './endpoint.ts'
import type { Figure } from './figure.ts'
import type { End } from './moments.ts'

export interface OpenSocket {
  role: string
  protocol: 'TCP' | 'UDP'
  address: string
  port: number
  state: 'listens' | 'bound' | 'connecting' | 'connected'
  /** The other end of a connection. */
  remote: string
  /** The groups that it is a member of. */
  groups: readonly string[]
}

/** The sockets that are open, those that listen first. */
export function openSockets({ ends }: Figure): OpenSocket[] {
  const rank = { listens: 0, bound: 1, connected: 2, connecting: 3 }
  return ends
    .filter(({ use, closed, over, refused }) => use !== 'unknown' && !closed && !over && !refused)
    .map((end) => ({
      role: end.role,
      protocol: end.use === 'udp' ? ('UDP' as const) : ('TCP' as const),
      address: hostOf(end.local),
      port: portOf(end.local),
      state: stateOf(end),
      remote: end.remote,
      groups: end.groups,
    }))
    .sort((a, b) => rank[a.state] - rank[b.state])
}

function stateOf({ use, opened }: End): OpenSocket['state'] {
  if (use === 'listener') return 'listens'
  if (use === 'udp') return 'bound'
  return opened ? 'connected' : 'connecting'
}
