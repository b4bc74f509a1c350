/** The local runner: starts the labs' programs in terminals for the pages it serves. */
import { randomBytes } from 'node:crypto'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { Address, type AddressOptions } from './address.ts'
import { FileWatch } from './files/watch.ts'
import { Workspace, workFolder } from './files/workspace.ts'
import { LIMITS, type Limits } from './limits.ts'
import { Survivors } from './processes/survivors.ts'
import { Labs } from './programs/labs.ts'
import { Launcher } from './programs/launch.ts'
import { Planner } from './programs/plan.ts'
import { Pool } from './programs/pool.ts'
import { SERVED_BY } from './protocol.ts'
import { Sessions } from './sessions.ts'
import { stateFolder } from './state.ts'
import type { ConnectionContext } from './web/connection.ts'
import { type FilesHandler, filesHandler } from './web/files.ts'
import { type Handler, siteHandler } from './web/pages.ts'
import { TokenGate } from './web/security.ts'
import { listenOnLoopback, requestHandler } from './web/server.ts'
import { Terminals } from './web/terminals.ts'

const ROOT = dirname(import.meta.dirname)
/** Ports tried after the one asked for, when it is taken. */
const PORTS_TRIED = 10

/** What happens at start, for whoever writes the sentences. */
export type RunnerEvent =
  | { type: 'port-busy'; port: number; next: number }
  /** Programs left by a runner that was killed have been ended. */
  | { type: 'reaped'; processes: number }

export interface RunnerOptions extends AddressOptions {
  /** Port wanted; 0 lets the system choose. When it is taken, one of the ten that follow. */
  port: number
  /** Folder of the built pages; null serves none. */
  siteDir: string | null
  log?: (event: RunnerEvent) => void
  /** Folder of the labs, in its project; the project's own by default. */
  labsDir?: string
  /** Folder where the runner keeps what it writes; that of the setting by default. */
  stateDir?: string
  /** Folder of the learner's copies; `travail/` beside the labs by default. */
  workDir?: string
  /** Whether the C++ programs are built in the background as soon as Qt is found. */
  buildAhead?: boolean
  /** Whether programs tell what their sockets do: they do, unless it is false. */
  probe?: boolean
  /** Limits other than `LIMITS`. */
  limits?: Partial<Limits>
}

export interface Runner {
  /** Address to open, with the token in its fragment. */
  readonly url: string
  readonly port: number
  /** Ends every program (4 s at most), says goodbye to the pages, frees the port. */
  close(): Promise<void>
}

interface Core {
  address: Address
  files: FilesHandler
  terminals: Terminals
  gate: TokenGate
  close(): Promise<void>
}

async function createCore({
  labsDir = join(ROOT, 'labs'),
  stateDir = stateFolder(labsDir),
  probe = true,
  workDir = workFolder(labsDir),
  limits,
  buildAhead = false,
  log,
  ...where
}: Omit<RunnerOptions, 'port' | 'siteDir'>): Promise<Core> {
  const address = new Address(where)
  const boot = randomBytes(9).toString('hex')
  const all = { ...LIMITS, ...limits }
  const survivors = new Survivors(join(stateDir, 'runner'), boot)
  const processes = await survivors.reap()
  if (processes > 0) log?.({ type: 'reaped', processes })
  const launcher = new Launcher(labsDir, stateDir, probe, workDir)
  const pool = new Pool({
    ...all,
    tag: `${boot}.spare`,
    command: (tag) => launcher.spare(tag),
    changed: () => launcher.sharedChanged(),
  })
  const workspace = new Workspace(labsDir, workDir)
  const planner = new Planner(new Labs(labsDir), launcher, workspace)
  const sessions = new Sessions(boot, planner, pool, survivors, all)
  const gate = new TokenGate(all.wrongTokens)
  const watch = new FileWatch(workspace)
  const qt = () => launcher.qt.available()
  const context: ConnectionContext = { sessions, files: watch, gate, limits: all, qt }
  const terminals = new Terminals(address, context)
  const stop = new AbortController()
  const ahead = buildAhead ? launcher.buildAhead(`${boot}.build`, stop.signal) : null
  const killNow = () => sessions.killNow()
  process.once('exit', killNow)
  return {
    address,
    files: filesHandler(workspace, address, gate.filesKey),
    terminals,
    gate,
    async close() {
      terminals.close()
      watch.close()
      stop.abort()
      await Promise.all([ahead, sessions.close()])
      terminals.terminate()
      process.off('exit', killNow)
    },
  }
}

/** Serves the pages and runs their programs. Rejects with EADDRINUSE when the port and the next ten are taken. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { siteDir, log } = options
  const core = await createCore(options)
  const site = siteDir ? siteHandler(siteDir) : null
  const handler = requestHandler(core.address, core.files, site)
  let listening: { servers: Server[]; port: number }
  try {
    listening = await listenSomewhere(handler, options.port, log)
  } catch (error) {
    await core.close()
    throw error
  }
  const { servers, port } = listening
  for (const server of servers) core.terminals.listenOn(server, { shared: false })
  return {
    url: core.address.url(port, core.gate.token),
    port,
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
      await core.close()
      for (const server of servers) server.closeAllConnections()
      await Promise.all(closed)
    },
  }
}

async function listenSomewhere(
  handler: Handler,
  wanted: number,
  log: RunnerOptions['log'],
): Promise<{ servers: Server[]; port: number }> {
  for (let tries = 0; ; tries += 1) {
    const port = wanted === 0 ? 0 : wanted + tries
    try {
      return await listenOnLoopback(handler, port)
    } catch (error) {
      const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!busy || tries >= PORTS_TRIED || port === 65_535) throw error
      if (port !== 0) log?.({ type: 'port-busy', port, next: port + 1 })
    }
  }
}

/** A runner beside another server, whose requests it must see first. */
export interface AttachedRunner extends Runner {
  readonly files: FilesHandler
}

/**
 * Runs the programs for pages that another server serves: `astro dev`. The server listens on a loopback address;
 * `url` and `port` are known once it does. Closing leaves it open.
 */
export async function attachRunner(
  server: Server,
  options: Omit<RunnerOptions, 'port' | 'siteDir'> = {},
): Promise<AttachedRunner> {
  const { address, files, terminals, gate, close } = await createCore(options)
  terminals.listenOn(server, { shared: true })
  server.prependListener('request', (_request, response: ServerResponse) =>
    response.setHeader('Server-Timing', SERVED_BY),
  )
  const port = () => (server.address() as AddressInfo).port
  return {
    get url() {
      return address.url(port(), gate.token)
    },
    get port() {
      return port()
    },
    files,
    close,
  }
}
