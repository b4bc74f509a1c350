/** All the sessions of one runner, their limits, and what is written down for a runner that would follow a crash. */
import type { ParameterValue } from '../labs/lab.ts'
import type { Limits } from './limits.ts'
import { holdersOf, isTaken } from './processes/ports.ts'
import type { Survivors } from './processes/survivors.ts'
import { processTable, processTableNow, treeOf } from './processes/table.ts'
import { BrokenLab } from './programs/labs.ts'
import type { Planner } from './programs/plan.ts'
import type { Pool } from './programs/pool.ts'
import type { LiveProgram, Port, ProgramRef, RefusalCode, TakenPort } from './protocol.ts'
import { Session } from './session.ts'

export type StartResult = { ok: true; session: Session } | { ok: false; reason: RefusalCode; detail?: string }

/** Longest wait before the list of what runs is told again, in ms: one answer for many changes. */
const TELL_DELAY = 50

export interface StartOptions {
  /** Chosen by who asks; the same one again is the same program. */
  id: string
  ref: ProgramRef
  parameters: Readonly<Record<string, ParameterValue>>
  cols: number
  rows: number
}

export class Sessions {
  readonly boot: string
  readonly #planner: Planner
  readonly #pool: Pool
  readonly #limits: Limits
  readonly #survivors: Survivors
  readonly #sessions = new Map<string, Session>()
  readonly #starting = new Map<string, Promise<StartResult>>()
  readonly #watchers = new Set<(programs: LiveProgram[]) => void>()
  readonly #sampler: NodeJS.Timeout
  #tellTimer: NodeJS.Timeout | undefined
  #closing = false

  constructor(boot: string, planner: Planner, pool: Pool, survivors: Survivors, limits: Limits) {
    this.boot = boot
    this.#planner = planner
    this.#pool = pool
    this.#survivors = survivors
    this.#limits = limits
    this.#sampler = setInterval(() => this.#sample(), limits.sampling).unref()
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id)
  }

  /** Sessions whose program has not ended, in start order. */
  get living(): Session[] {
    return [...this.#sessions.values()].filter(({ phase }) => phase !== 'ended')
  }

  /** What every page may know of what runs, in start order. */
  list(): LiveProgram[] {
    return this.living.map((session) => session.facts())
  }

  /** Calls `watcher` with the list now and at each change, until the function returned is called. */
  watch(watcher: (programs: LiveProgram[]) => void): () => void {
    this.#watchers.add(watcher)
    watcher(this.list())
    return () => this.#watchers.delete(watcher)
  }

  /** Starts a program, or says why not. A program already started under this id is given again. */
  start(options: StartOptions): Promise<StartResult> {
    const { id } = options
    const known = this.#sessions.get(id)
    if (known) return Promise.resolve({ ok: true, session: known })
    const starting = this.#starting.get(id) ?? this.#start(options).finally(() => this.#starting.delete(id))
    this.#starting.set(id, starting)
    return starting
  }

  async #start({ id, ref, parameters, cols, rows }: StartOptions): Promise<StartResult> {
    if (this.#closing) return { ok: false, reason: 'stopping' }
    if (this.living.length + this.#starting.size >= this.#limits.sessions) {
      return { ok: false, reason: 'too-many-sessions', detail: String(this.#limits.sessions) }
    }
    try {
      const tag = `${this.boot}.${id}`
      const result = await this.#planner.plan(ref, parameters, tag)
      if (!result.ok) return result
      if (this.#closing) return { ok: false, reason: 'stopping' }
      const { plan } = result
      const changed = () => this.#changed()
      const holder = (port: Port) => this.#holder(port)
      const start: Pool['start'] = (...command) => this.#pool.start(...command)
      const told = { limits: this.#limits, start, changed, holder }
      const session = new Session({ id, tag, ref, plan, cols, rows, ...told })
      this.#sessions.set(id, session)
      void session.ended.then(() => this.#retire(id))
      return { ok: true, session }
    } catch (error) {
      const reason = error instanceof BrokenLab ? 'lab-broken' : 'no-terminal-left'
      return { ok: false, reason, detail: (error as Error).message }
    }
  }

  #changed(): void {
    this.#survivors.note([...this.living.flatMap(({ pid }) => pid ?? []), ...this.#pool.pids])
    this.#tellTimer ??= setTimeout(() => {
      this.#tellTimer = undefined
      const programs = this.list()
      for (const watcher of this.#watchers) watcher(programs)
    }, TELL_DELAY)
  }

  /** Ends every session; resolves when all their processes are gone. */
  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#sampler)
    await Promise.all([this.#pool.close(), ...this.living.map((session) => session.stop('runner-stopped'))])
    clearTimeout(this.#tellTimer)
    this.#survivors.forget()
  }

  /** Kills every session without waiting. */
  killNow(): void {
    this.#pool.killNow()
    const table = processTableNow()
    for (const session of this.living) session.killNow(table)
  }

  /** Who holds a port: a program of ours first, as the system sees it or as its ready line said; null when it is free. */
  async #holder(port: Port): Promise<TakenPort | null> {
    if (!(await isTaken(port))) return null
    const holders = await holdersOf(port)
    const holds = (session: Session) =>
      holders.length > 0
        ? holders.some(({ tag }) => tag === session.tag)
        : session.ports.some(({ number, over }) => number === port.number && over === port.over)
    const ours = this.living.find(holds)
    if (ours) return { ...port, holder: { kind: 'ours', program: ours.facts() } }
    const [foreign] = holders
    return { ...port, holder: foreign ? { kind: 'foreign', pid: foreign.pid, name: foreign.name } : null }
  }

  #retire(id: string): void {
    setTimeout(() => this.#sessions.delete(id), this.#limits.purge).unref()
    const ended = [...this.#sessions.values()].filter(({ phase }) => phase === 'ended')
    for (const { id } of ended.slice(0, -this.#limits.endedSessions)) this.#sessions.delete(id)
  }

  async #sample(): Promise<void> {
    const living = this.living
    if (living.length === 0) return
    // It could not be looked at: the next time will do.
    const table = await processTable().catch(() => [])
    for (const session of living) {
      if (session.pid && treeOf(table, session.pid, session.tag).length > this.#limits.processes) {
        void session.stop('too-many-processes')
      }
    }
  }
}
