/** A stage of programs of the machine: the same contract as the terminals of the page and the ptys of the tests. */
import type { Lab, ParameterValue, Role, VariantId } from '../../labs/lab.ts'
import { argumentsOf } from '../../labs/parameters.ts'
import { Scenario, type Stage } from '../../labs/scenario.ts'
import type { PlacedEvent, TraceEvent } from '../../labs/trace.ts'
import type { Happening } from '../../site/lab/wire/moments.ts'

/** How long nothing may happen, in ms, before a test gives up waiting. */
const PATIENCE = 60_000

/** A program that runs, as the stage drives it. */
export interface Played {
  type(keys: string): void
  stop(): void
  shown(size: number): void
}

export interface Heard {
  output(bytes: Uint8Array): void
  event(placed: PlacedEvent): void
  exit(code: number): void
}

/** Starts the program of a file of the project (`labs/udp/recepteur.ts`). */
export type StartProgram = (file: string, args: readonly string[], heard: Heard) => Played

interface Terminal {
  program: Played
  output: string
  readonly events: TraceEvent[]
  code: number | null
}

const COLOURS = /\x1b\[[\d;?]*[A-Za-z]/g

class MachineStage implements Stage {
  readonly #id: string
  readonly #lab: Lab
  readonly #variantOf: (role: Role) => VariantId
  readonly #start: StartProgram
  readonly #terminals = new Map<string, Terminal>()
  readonly happenings: Happening[] = []
  #runs = 0
  #waiting: (() => void)[] = []

  constructor(id: string, lab: Lab, variantOf: (role: Role) => VariantId, start: StartProgram) {
    this.#id = id
    this.#lab = lab
    this.#variantOf = variantOf
    this.#start = start
  }

  async start(id: string, given: Readonly<Record<string, ParameterValue>>): Promise<Record<string, string>> {
    const role = this.#lab.roles.find((candidate) => candidate.id === id)!
    await this.stop(id)
    const wanted = argumentsOf(this.#lab, role, { ...this.#freePorts(role), ...given })
    if (!wanted.ok) throw new Error(`${id}: ${wanted.key} ${wanted.problem}`)
    const variant = this.#variantOf(role)
    const file = `labs/${this.#id}/${role.program}${variant === 'node' ? '.node' : ''}.ts`
    const terminal = this.#open(id, file, wanted.args)
    this.#terminals.set(id, terminal)
    if (!role.ready) return {}
    for (;;) {
      const match = role.ready.exec(terminal.output)
      if (match) return { ...match.groups }
      if (terminal.code !== null) return {}
      await this.change()
    }
  }

  #open(role: string, file: string, args: readonly string[]): Terminal {
    const run = this.#runs++
    const decoder = new TextDecoder()
    const heard: Heard = {
      output: (bytes) => {
        terminal.output += decoder.decode(bytes, { stream: true }).replace(COLOURS, '')
        terminal.program.shown(bytes.length)
        this.#changed()
      },
      event: ({ event, offset }) => {
        terminal.events.push(event)
        this.happenings.push({ role, run, offset, event })
        this.#changed()
      },
      exit: (code) => {
        terminal.code = code
        const at = terminal.events.at(-1)?.at ?? 0
        this.happenings.push({ role, run, offset: 0, event: { kind: 'over', at, code } })
        this.#changed()
      },
    }
    const terminal: Terminal = {
      program: this.#start(file, args, heard),
      output: '',
      events: [],
      code: null,
    }
    return terminal
  }

  #freePorts(role: Role): Record<string, ParameterValue> {
    const ports = role.parameters.filter((key) => this.#lab.parameters[key]?.kind === 'port')
    return Object.fromEntries(ports.map((key) => [key, 0]))
  }

  send(id: string, keys: string): void {
    this.#terminals.get(id)?.program.type(keys)
  }

  async stop(id: string): Promise<void> {
    const terminal = this.#terminals.get(id)
    if (!terminal || terminal.code !== null) return
    terminal.program.stop()
    while (terminal.code === null) await this.change()
  }

  output(id: string): string {
    return this.#terminals.get(id)?.output ?? ''
  }

  events(id: string): readonly TraceEvent[] {
    return this.#terminals.get(id)?.events ?? []
  }

  exitCode(id: string): number | null {
    return this.#terminals.get(id)?.code ?? null
  }

  change(): Promise<void> {
    return new Promise((resolve, reject) => {
      const silence = setTimeout(() => reject(new Error(`nothing happened for ${PATIENCE} ms`)), PATIENCE)
      this.#waiting.push(() => {
        clearTimeout(silence)
        resolve()
      })
    })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#terminals.keys()].map((id) => this.stop(id)))
  }

  /** All that was printed, role by role: for the message of a failed test. */
  transcript(): string {
    return [...this.#terminals].map(([id, { output, code }]) => `--- ${id} (${code})\n${output}`).join('\n')
  }

  #changed(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }
}

type Runnable = 'ts' | 'node'

/** First role's variant × the others' variant, without real Qt. */
export function pairings(lab: Lab): [Runnable, Runnable][] {
  const has = (roles: readonly Role[]) =>
    (['ts', 'node'] as const).filter((variant) => roles.some(({ variants }) => variants.includes(variant)))
  const [first, ...others] = lab.roles
  const second = others.length > 0 ? has(others) : has([first!]).slice(0, 1)
  return has([first!]).flatMap((a) => second.map((b): [Runnable, Runnable] => [a, b]))
}

/** Plays a whole scenario; `ok`, or what went wrong. */
export async function playScenario(
  id: string,
  lab: Lab,
  first: VariantId,
  others: VariantId,
  start: StartProgram,
  happened: (happening: Happening) => void = () => {},
): Promise<string> {
  const variantOf = (role: Role) => {
    const wanted = role === lab.roles[0] ? first : others
    return role.variants.includes(wanted) ? wanted : role.variants.find((variant) => variant !== 'qt')!
  }
  const stage = new MachineStage(id, lab, variantOf, start)
  try {
    const scenario = new Scenario(lab, stage)
    while (scenario.next !== null) await scenario.play()
    return 'ok'
  } catch (error) {
    return `${(error as Error).message}\n${stage.transcript()}`
  } finally {
    await stage.close()
    for (const happening of stage.happenings) happened(happening)
  }
}
