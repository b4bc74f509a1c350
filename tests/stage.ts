/** A stage of real programs, each in a terminal of the real runner: what the page does, without the page. */
import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { Lab, ParameterValue, Role, VariantId } from '../labs/lab.ts'
import type { Stage } from '../labs/scenario.ts'
import type { PlacedEvent, TraceEvent } from '../labs/trace.ts'
import type { Runner } from '../runner/main.ts'
import { Page } from '../runner/testing.ts'
import { holdFor } from './exclusive.ts'

/** How long nothing may happen, in ms, before a test gives up waiting; a compiler may be silent for longer. */
const PATIENCE = 60_000
const BUILD_PATIENCE = 120_000

export class RunnerStage implements Stage {
  readonly #runner: Runner
  readonly #id: string
  readonly #lab: Lab
  readonly #variantOf: (role: Role) => VariantId
  readonly #freely: boolean
  /** Roles whose copy by the learner is started. */
  readonly copies = new Set<string>()
  readonly #terminals = new Map<string, Page>()
  readonly #events = new EventEmitter()
  /** Gives the groups back, where the programs of the lab join one. */
  #release: Promise<() => void> | null = null

  /**
   * The lab `id`, its roles in the variants that `variantOf` chooses. `freely`: port 0 wherever nobody says otherwise,
   * so that tests never meet on a port; otherwise the ports of `lab`.
   */
  constructor(runner: Runner, id: string, lab: Lab, variantOf: (role: Role) => VariantId, freely = true) {
    this.#runner = runner
    this.#id = id
    this.#lab = lab
    this.#variantOf = variantOf
    this.#freely = freely
  }

  async start(id: string, given: Readonly<Record<string, ParameterValue>>): Promise<Record<string, string>> {
    const role = this.#lab.roles.find((candidate) => candidate.id === id)!
    this.#release ??= holdFor(this.#lab)
    await this.#release
    await this.stop(id)
    const terminal = await this.#terminalOf(id)
    terminal.forget()
    const copy = this.copies.has(id)
    const ref = { lab: this.#id, role: id, variant: this.#variantOf(role), ...(copy && { copy }) }
    terminal.ask(ref, { ...this.#portsOf(role), ...given })
    for (;;) {
      const refused = terminal.last('refused')
      if (refused) throw new Error(`${id}: ${refused.reason} ${refused.detail ?? ''}`)
      const state = terminal.last('state')
      // An ended program will never be ready: what the step expects says whether that was wanted.
      if (state?.ready || state?.end) return state.values
      await this.change()
    }
  }

  /** The terminal of a role: one socket, for all the programs it starts. */
  async #terminalOf(id: string): Promise<Page> {
    const known = this.#terminals.get(id)
    if (known) return known
    const terminal = await Page.open(this.#runner)
    terminal.events.on('change', () => this.#events.emit('change'))
    this.#terminals.set(id, terminal)
    return terminal
  }

  /** Said even when they are the lab's: a test may have moved those, and the runner only knows the declared ones. */
  #portsOf(role: Role): Record<string, ParameterValue> {
    const { parameters } = this.#lab
    const ports = role.parameters.filter((key) => parameters[key]?.kind === 'port')
    return Object.fromEntries(ports.map((key) => [key, this.#freely ? 0 : parameters[key]!.default]))
  }

  send(id: string, keys: string): void {
    this.#terminals.get(id)?.type(keys)
  }

  async stop(id: string): Promise<void> {
    const terminal = this.#terminals.get(id)
    if (!terminal?.last('session') || terminal.last('state')?.end) return
    terminal.send({ type: 'stop' })
    await terminal.ended()
  }

  output(id: string): string {
    return stripVTControlCharacters(this.#terminals.get(id)?.text ?? '')
  }

  events(id: string): readonly TraceEvent[] | null {
    return this.trace(id)?.map(({ event }) => event) ?? null
  }

  /** What its sockets did, each thing at its place in its text; null when they are not observed. */
  trace(id: string): readonly PlacedEvent[] | null {
    const terminal = this.#terminals.get(id)
    const state = terminal?.last('state')
    if (state && !state.observed && (state.ready || state.end)) return null
    return terminal?.trace ?? []
  }

  exitCode(id: string): number | null {
    return this.#terminals.get(id)?.last('state')?.end?.code ?? null
  }

  async change(): Promise<void> {
    const building = [...this.#terminals.values()].some((page) => page.last('state')?.phase === 'building')
    const patience = building ? BUILD_PATIENCE : PATIENCE
    const given = new AbortController()
    const silence = delay(patience, undefined, { signal: given.signal }).then(() => {
      throw new Error(`nothing happened for ${patience} ms`)
    })
    try {
      await Promise.race([once(this.#events, 'change'), silence])
    } finally {
      given.abort()
      silence.catch(() => {})
    }
  }

  /** Ends every role and leaves. */
  async close(): Promise<void> {
    await Promise.all([...this.#terminals.keys()].map((id) => this.stop(id)))
    await Promise.all([...this.#terminals.values()].map((terminal) => terminal.close()))
    const release = await this.#release
    release?.()
    this.#release = null
  }

  /** All that was printed, role by role: for the message of a failed test. */
  transcript(): string {
    return [...this.#terminals.keys()]
      .map((id) => `--- ${id} (${this.exitCode(id)})\n${this.output(id)}`)
      .join('\n')
  }
}
