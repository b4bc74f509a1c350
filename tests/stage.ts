/** A stage of real programs, each in its own pty: what the page does with terminals, without the page. */
import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { type IPty, spawn } from 'node-pty'
import type { Lab, ParameterValue, Role, VariantId } from '../labs/lab.ts'
import { argumentsOf } from '../labs/parameters.ts'
import type { Stage } from '../labs/scenario.ts'
import { ROOT } from '../scripts/build.ts'

/** The executable and the first arguments of a role's program. */
export type Launcher = (role: Role, variant: VariantId) => Promise<readonly string[]>

/** How long nothing may happen, in ms, before a test gives up waiting. */
const PATIENCE = 15_000

interface Running {
  pty: IPty
  output: string
  code: number | null
}

export class PtyStage implements Stage {
  readonly #lab: Lab
  readonly #variantOf: (role: Role) => VariantId
  readonly #launcher: Launcher
  readonly #running = new Map<string, Running>()
  readonly #freely: boolean
  readonly #events = new EventEmitter()

  /** `freely`: port 0 wherever nobody says otherwise, so that tests never meet on a port. */
  constructor(lab: Lab, variantOf: (role: Role) => VariantId, launcher: Launcher, freely = true) {
    this.#lab = lab
    this.#variantOf = variantOf
    this.#launcher = launcher
    this.#freely = freely
  }

  async start(id: string, given: Readonly<Record<string, ParameterValue>>): Promise<Record<string, string>> {
    const role = this.#lab.roles.find((candidate) => candidate.id === id)!
    const result = argumentsOf(this.#lab, role, { ...this.#freePorts(role), ...given })
    if (!result.ok) throw new Error(`${id}: ${result.key} ${result.problem}`)
    const command = await this.#launcher(role, this.#variantOf(role))
    await this.stop(id)
    const pty = spawn(command[0]!, [...command.slice(1), ...result.args], {
      cwd: ROOT,
      cols: 200,
      rows: 50,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
      },
      encoding: 'utf8',
    })
    const running: Running = { pty, output: '', code: null }
    this.#running.set(id, running)
    pty.onData((text) => {
      running.output += stripVTControlCharacters(text)
      this.#events.emit('change')
    })
    pty.onExit(({ exitCode, signal }) => {
      running.code = signal ? 128 + signal : exitCode
      this.#events.emit('change')
    })
    return this.#ready(role, running)
  }

  #freePorts(role: Role): Record<string, ParameterValue> {
    if (!this.#freely) return {}
    const ports = role.parameters.filter((key) => this.#lab.parameters[key]?.kind === 'port')
    return Object.fromEntries(ports.map((key) => [key, 0]))
  }

  async #ready(role: Role, running: Running): Promise<Record<string, string>> {
    if (!role.ready) return {}
    for (;;) {
      const match = role.ready.exec(running.output)
      if (match) return { ...match.groups }
      // An ended program will never be ready: what the step expects says whether that was wanted.
      if (running.code !== null) return {}
      await this.change()
    }
  }

  send(id: string, keys: string): void {
    this.#running.get(id)?.pty.write(keys)
  }

  async stop(id: string): Promise<void> {
    const running = this.#running.get(id)
    if (!running || running.code !== null) return
    running.pty.kill('SIGTERM')
    while (running.code === null) await this.change()
  }

  output(id: string): string {
    return this.#running.get(id)?.output ?? ''
  }

  exitCode(id: string): number | null {
    return this.#running.get(id)?.code ?? null
  }

  async change(): Promise<void> {
    const given = new AbortController()
    const silence = delay(PATIENCE, undefined, { signal: given.signal }).then(() => {
      throw new Error(`nothing happened for ${PATIENCE} ms`)
    })
    try {
      await Promise.race([once(this.#events, 'change'), silence])
    } finally {
      given.abort()
      silence.catch(() => {})
    }
  }

  /** Ends every role. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.stop(id)))
  }

  /** All that was printed, role by role: for the message of a failed test. */
  transcript(): string {
    return [...this.#running].map(([id, { output, code }]) => `--- ${id} (${code})\n${output}`).join('\n')
  }
}
