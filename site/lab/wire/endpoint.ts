/** Endpoints as the events write them: `127.0.0.1:1234`, `[::1]:1234`. Pure. */

/** One spelling for an endpoint: an IPv4 address written as IPv6 is written as IPv4. */
export function plainEndpoint(endpoint: string): string {
  return endpoint.replace(/^\[::ffff:([\d.]+)\](?=:\d+$)/i, '$1')
}

/** `127.0.0.1`, `[::1]`: without its port. */
export function hostOf(endpoint: string): string {
  return endpoint.slice(0, endpoint.lastIndexOf(':'))
}

/** Its port; 0 when it says none. */
export function portOf(endpoint: string): number {
  return Number(/:(\d+)$/.exec(endpoint)?.[1] ?? 0)
}

/** To how many a datagram goes. */
export type Cast = 'unicast' | 'broadcast' | 'multicast'

export function castOf(endpoint: string): Cast {
  const host = hostOf(endpoint)
  if (/^(22[4-9]|23\d)\.|^\[ff/i.test(host)) return 'multicast'
  return /^\d.*\.255$/.test(host) ? 'broadcast' : 'unicast'
}
