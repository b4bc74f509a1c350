/** All the sessions of one runner, their limits, and what is written down for a runner that would follow a crash. */
import { randomBytes } from 'node:crypto'
import type { ParameterValue } from '../labs/lab.ts'
import type { Limits } from './limits.ts'
import type { Survivors } from './processes/survivors.ts'
import { processTable, processTableNow, treeOf } from './processes/table.ts'
import type { Commands } from './programs/launch.ts'
import type { ProgramRef, RefusalCode } from './protocol.ts'
import { Session } from './session.ts'

export type StartResult = { ok: true; session: Session } | { ok: false; reason: RefusalCode; detail?: string }

export class Sessions {
  readonly boot: string
  readonly #commands: Commands
  readonly #limits: Limits
  readonly #survivors: Survivors
  readonly #sessions = new Map<string, Session>()
  readonly #sampler: NodeJS.Timeout
  #starting = 0
  #closing = false

  constructor(boot: string, commands: Commands, survivors: Survivors, limits: Limits) {
    this.boot = boot
    this.#commands = commands
    this.#survivors = survivors
    this.#limits = limits
    this.#sampler = setInterval(() => this.#sample(), limits.sampling).unref()
  }

  find(id: string): Session | undefined {
    return this.#sessions.get(id)
  }

  /** Sessions whose program has not ended. */
  get living(): Session[] {
    return [...this.#sessions.values()].filter(({ phase }) => phase !== 'ended')
  }

  /** Starts a program, or says why not. */
  async start(
    ref: ProgramRef,
    parameters: Readonly<Record<string, ParameterValue>>,
    cols: number,
    rows: number,
  ): Promise<StartResult> {
    if (this.#closing) return { ok: false, reason: 'stopping' }
    if (this.living.length + this.#starting >= this.#limits.sessions) {
      return { ok: false, reason: 'too-many-sessions', detail: String(this.#limits.sessions) }
    }
    this.#starting += 1
    try {
      const id = randomBytes(16).toString('base64url')
      const tag = `${this.boot}.${id}`
      const result = await this.#commands.plan(ref, parameters, tag)
      if (!result.ok) return result
      if (this.#closing) return { ok: false, reason: 'stopping' }
      const { plan } = result
      const changed = () => this.#survivors.note(this.living.flatMap(({ pid }) => pid ?? []))
      const session = new Session({ id, tag, ref, plan, cols, rows, limits: this.#limits, changed })
      this.#sessions.set(id, session)
      void session.ended.then(() => this.#retire(id))
      return { ok: true, session }
    } catch (error) {
      return { ok: false, reason: 'no-terminal-left', detail: (error as Error).message }
    } finally {
      this.#starting -= 1
    }
  }

  /** Ends every session; resolves when all their processes are gone. */
  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#sampler)
    await Promise.all(this.living.map((session) => session.stop('runner-stopped')))
    this.#survivors.forget()
  }

  /** Kills every session without waiting. */
  killNow(): void {
    const table = processTableNow()
    for (const session of this.living) session.killNow(table)
  }

  #retire(id: string): void {
    setTimeout(() => this.#sessions.delete(id), this.#limits.purge).unref()
    const ended = [...this.#sessions.values()].filter(({ phase }) => phase === 'ended')
    for (const { id } of ended.slice(0, -this.#limits.endedSessions)) this.#sessions.delete(id)
  }

  async #sample(): Promise<void> {
    const living = this.living
    if (living.length === 0) return
    const table = await processTable()
    for (const session of living) {
      if (session.pid && treeOf(table, session.pid, session.tag).length > this.#limits.processes) {
        void session.stop('too-many-processes')
      }
    }
  }
}
