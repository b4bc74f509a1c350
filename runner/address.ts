/** Where the course is reached: its origin, the path it stands under and the names it answers to. */

/** A name or an address, with the port where it is not the usual one. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/
const BASE = /^\/(?:[\w.~%@-]+\/)*$/

export interface AddressOptions {
  /** Path of the home page, when a proxy puts the course under one: `/user/x/proxy/4321/`. */
  base?: string
  /** Names, beside those of this machine, by which a proxy or a forwarded port leads here: `localhost:8080`. */
  hosts?: readonly string[]
}

/** The settings of the environment: `PRISE_DIRECTE_BASE`, and `PRISE_DIRECTE_HOTES` separated by commas. */
export function addressSettings(): { base: string; hosts: string[] } {
  const { PRISE_DIRECTE_BASE: base, PRISE_DIRECTE_HOTES: hosts } = process.env
  return { base: base || '/', hosts: hosts ? hosts.split(',').map((host) => host.trim()) : [] }
}

export class Address {
  /** Starts and ends with a slash. */
  readonly base: string
  readonly #hosts: readonly string[]

  /** Throws a RangeError that names the value when it is no path or no host. */
  constructor({ base = '/', hosts = [] }: AddressOptions = {}) {
    this.base = base.endsWith('/') ? base : `${base}/`
    this.#hosts = hosts.map((host) => host.toLowerCase())
    if (!BASE.test(this.base)) throw new RangeError(base)
    for (const host of this.#hosts) if (!HOST.test(host)) throw new RangeError(host)
  }

  /** The address to open: the home page, with the token in its fragment, which no request carries. */
  url(port: number, token: string): string {
    return `http://${this.#hosts[0] ?? `localhost:${port}`}${this.base}#jeton=${token}`
  }

  /** Whether a request for `host` is for this server. */
  isHost(host: string, port: number): boolean {
    return local(port).includes(host) || this.#hosts.includes(host)
  }

  /** Whether `origin` is that of our own pages. Only a proxy can speak https for us. */
  isOrigin(origin: string, port: number): boolean {
    const [, scheme, host = ''] = /^(https?):\/\/(.*)$/.exec(origin) ?? []
    if (this.#hosts.includes(host)) return true
    return scheme === 'http' && local(port).includes(host)
  }

  /** The path of a request below `base`, which some proxies take away themselves; the query stays. */
  within(url: string): string {
    if (url.startsWith(this.base)) return url.slice(this.base.length - 1)
    return `${url}/` === this.base ? '/' : url
  }

  /** The sockets that our pages may open, for the policy of the pages. */
  sockets(port: number): string[] {
    // The policy has no source for an IPv6 address: there, 'self' is what allows the socket.
    const here = local(port).filter((host) => !host.startsWith('['))
    return [
      ...here.map((host) => `ws://${host}`),
      ...this.#hosts.flatMap((host) => [`ws://${host}`, `wss://${host}`]),
    ]
  }
}

/** The names under which a loopback server on `port` may be addressed. */
function local(port: number): string[] {
  return [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]
}
