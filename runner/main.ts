/** The local runner: starts the labs' programs in terminals for the pages it serves. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { Commands } from './command.ts'
import type { ConnectionContext } from './connection.ts'
import { Labs } from './labs.ts'
import { LIMITS, type Limits } from './limits.ts'
import { QtBuilder } from './qt.ts'
import { TokenGate } from './security.ts'
import { listenOnLoopback, requestHandler, Terminals } from './server.ts'
import { Sessions } from './sessions.ts'
import { inlineScriptHashes, siteHandler } from './site.ts'
import { Survivors } from './survivors.ts'

const ROOT = dirname(import.meta.dirname)
/** Ports tried after the one asked for, when it is taken. */
const PORTS_TRIED = 10

/** What happens at start, for whoever writes the sentences. */
export type RunnerEvent =
  | { type: 'port-busy'; port: number; next: number }
  /** Programs left by a runner that was killed have been ended. */
  | { type: 'reaped'; processes: number }

export interface RunnerOptions {
  /** Port wanted; 0 lets the system choose. When it is taken, one of the ten that follow. */
  port: number
  /** Folder of the built pages; null serves none. */
  siteDir: string | null
  log?: (event: RunnerEvent) => void
  /** Folder of the labs, in its project; the project's own by default. */
  labsDir?: string
  /** Limits other than `LIMITS`. */
  limits?: Partial<Limits>
}

export interface Runner {
  /** Address to open, with the token in its fragment. */
  readonly url: string
  readonly port: number
  readonly token: string
  /** Ends every program (4 s at most), says goodbye to the pages, frees the port. */
  close(): Promise<void>
}

interface Core {
  terminals: Terminals
  gate: TokenGate
  close(): Promise<void>
}

async function createCore({
  labsDir = join(ROOT, 'labs'),
  limits,
  log,
}: Omit<RunnerOptions, 'port' | 'siteDir'>): Promise<Core> {
  const boot = randomBytes(9).toString('hex')
  const all = { ...LIMITS, ...limits }
  const survivors = new Survivors(join(ROOT, '.cache', 'runner'), boot)
  const processes = await survivors.reap()
  if (processes > 0) log?.({ type: 'reaped', processes })
  const qt = new QtBuilder(labsDir, join(dirname(labsDir), '.cache', 'qt'))
  const sessions = new Sessions(boot, new Commands(ROOT, new Labs(labsDir), qt), survivors, all)
  const gate = new TokenGate(all.wrongTokens)
  const context: ConnectionContext = { sessions, gate, limits: all, qt: () => qt.available() }
  const terminals = new Terminals(context)
  const killNow = () => sessions.killNow()
  process.once('exit', killNow)
  return {
    terminals,
    gate,
    async close() {
      terminals.close()
      await sessions.close()
      process.off('exit', killNow)
    },
  }
}

function address(port: number, token: string): string {
  return `http://localhost:${port}/#jeton=${token}`
}

/** Serves the pages and runs their programs. Rejects with EADDRINUSE when the port and the next ten are taken. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { siteDir, log } = options
  const handler = requestHandler(
    siteDir ? siteHandler(siteDir) : null,
    siteDir ? inlineScriptHashes(siteDir) : [],
  )
  const { servers, port } = await listenSomewhere(handler, options.port, log)
  const { terminals, gate, close } = await createCore(options)
  for (const server of servers) terminals.listenOn(server)
  return {
    url: address(port, gate.token),
    port,
    token: gate.token,
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
      await close()
      for (const server of servers) server.closeAllConnections()
      await Promise.all(closed)
    },
  }
}

async function listenSomewhere(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  wanted: number,
  log: RunnerOptions['log'],
): Promise<{ servers: Server[]; port: number }> {
  for (let port = wanted; ; ) {
    try {
      return await listenOnLoopback(handler, port)
    } catch (error) {
      const tried = wanted === 0 ? 0 : port - wanted
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried >= PORTS_TRIED) throw error
      const next = wanted === 0 ? 0 : port + 1
      if (wanted !== 0) log?.({ type: 'port-busy', port, next })
      port = next
    }
  }
}

/**
 * Runs the programs for pages that another server serves: `astro dev`. The server listens on a loopback address;
 * `url` and `port` are known once it does. Closing leaves it open.
 */
export async function attachRunner(
  server: Server,
  options: Omit<RunnerOptions, 'port' | 'siteDir'> = {},
): Promise<Runner> {
  const { terminals, gate, close } = await createCore(options)
  terminals.listenOn(server)
  const port = () => (server.address() as AddressInfo).port
  return {
    get url() {
      return address(port(), gate.token)
    },
    get port() {
      return port()
    },
    token: gate.token,
    close,
  }
}
