/**
 * Plays the scenario of a lab: the same engine for the tests, over real programs, and for the demonstration in the
 * page, step by step. Pure: it acts and observes through a `Stage`.
 */
import type { Expectation, Lab, ParameterValue, Step } from './lab.ts'
import { fits, type TraceEvent, type TracePattern } from './trace.ts'
import { wiredOf } from './wiring.ts'

/** Where a scenario is played: terminals of the page, or ptys of a test. */
export interface Stage {
  /** Starts a role; resolves once it is ready, with the named groups of its `ready` pattern. */
  start(role: string, parameters: Readonly<Record<string, ParameterValue>>): Promise<Record<string, string>>
  /** Sends keys to the role's terminal. */
  send(role: string, keys: string): void
  /** Ends the role; resolves once it is over. */
  stop(role: string): Promise<void>
  /** All the role has printed since its last start, without colours or cursor moves. */
  output(role: string): string
  /** What the sockets of the role have done since its last start, as far as it is kept; null when they are not observed. */
  events(role: string): readonly TraceEvent[] | null
  /** The exit code once the role is over, null before. */
  exitCode(role: string): number | null
  /** Resolves at the next output, event or end of any role. Rejects when the stage gives up waiting. */
  change(): Promise<void>
}

const KEYS = { interrupt: '\x03', eof: '\x04' } as const

/** Where a role stands when a step begins: what it has printed, and the last thing its sockets did. */
interface Mark {
  printed: number
  event: TraceEvent | undefined
}

/** A step whose expectation could not be met: says which, what had been printed, and the exit code of a role that ended. */
export class ScenarioError extends Error {
  readonly step: number
  readonly expectation: Expectation
  readonly printed: string
  readonly exitCode: number | null

  constructor(step: number, expectation: Expectation, printed: string, exitCode: number | null) {
    const why =
      exitCode === null ? 'was not observed' : `was not observed before the end, with code ${exitCode}`
    super(`step ${step + 1}: ${describe(expectation)} ${why}; printed since the step began:\n${printed}`)
    this.name = 'ScenarioError'
    this.step = step
    this.expectation = expectation
    this.printed = printed
    this.exitCode = exitCode
  }
}

/** A scenario being played. Steps are played in order, each once. */
export class Scenario {
  readonly #lab: Lab
  readonly #stage: Stage
  /** What each role told when it was last ready: a server's port for its clients. */
  readonly #told: Record<string, Readonly<Record<string, string>>> = {}
  #next = 0
  #awaited: Expectation | null = null

  constructor(lab: Lab, stage: Stage) {
    this.#lab = lab
    this.#stage = stage
  }

  /** Index of the next step, or null at the end. */
  get next(): number | null {
    return this.#next < this.#lab.scenario.length ? this.#next : null
  }

  /** The next step, or undefined at the end. */
  get step(): Step | undefined {
    return this.#lab.scenario[this.#next]
  }

  /** What the step being played waits for, once it has acted. */
  get awaited(): Expectation | null {
    return this.#awaited
  }

  /**
   * Plays the next step and waits for all it expects.
   * Rejects with a `ScenarioError` when the stage gives up or when a role ended without what was awaited. When the stage
   * refuses to act, the step is still the next one.
   */
  async play(): Promise<void> {
    const index = this.#next
    const step = this.#lab.scenario[index]
    if (!step) throw new RangeError('the scenario is over')
    const expectations = [step.expect ?? []].flat()
    const marks = new Map(expectations.map(({ role = step.role }) => [role, this.#mark(role, step)]))
    await this.#act(step)
    try {
      for (const expectation of expectations) {
        const role = expectation.role ?? step.role
        this.#awaited = expectation
        await this.#wait(index, expectation, role, marks.get(role)!)
      }
    } finally {
      this.#awaited = null
      this.#next += 1
    }
  }

  /** Where `role` stands before the step; one that starts anew begins with nothing. */
  #mark(role: string, step: Step): Mark {
    if (step.action === 'start' && step.role === role) return { printed: 0, event: undefined }
    return { printed: this.#stage.output(role).length, event: this.#stage.events(role)?.at(-1) }
  }

  async #act(step: Step): Promise<void> {
    switch (step.action) {
      case 'start':
        await this.#start(step)
        return
      case 'type':
        this.#stage.send(step.role, `${step.text ?? ''}\r`)
        return
      case 'interrupt':
      case 'eof':
        this.#stage.send(step.role, KEYS[step.action])
        return
      case 'stop':
        await this.#stage.stop(step.role)
    }
  }

  async #start(step: Step): Promise<void> {
    const values = await this.#stage.start(step.role, this.#parametersOf(step))
    // A role that ended before being ready has told nothing: its clients still know where it was.
    if (Object.keys(values).length > 0) this.#told[step.role] = values
  }

  #parametersOf(step: Step): Record<string, ParameterValue> {
    const role = this.#lab.roles.find(({ id }) => id === step.role)
    if (!role) throw new RangeError(`unknown role « ${step.role} » in a scenario`)
    const given = step.parameters ?? {}
    const takes = { ...role.takes, ...step.takes }
    return { ...wiredOf(this.#lab, role, given, this.#told, takes), ...given }
  }

  async #wait(index: number, expectation: Expectation, role: string, mark: Mark): Promise<void> {
    while (!this.#met(expectation, role, mark)) {
      // Nothing more will be printed by a role that ended; an event may still be on its way.
      const code = expectation.event ? null : this.#stage.exitCode(role)
      const gaveUp =
        code !== null ||
        (await this.#stage.change().then(
          () => false,
          () => true,
        ))
      if (gaveUp)
        throw new ScenarioError(index, expectation, this.#stage.output(role).slice(mark.printed), code)
    }
  }

  #met({ output, event, exit }: Expectation, role: string, mark: Mark): boolean {
    if (output && !output.test(this.#stage.output(role).slice(mark.printed))) return false
    if (event && !this.#happened(event, role, mark)) return false
    return exit === undefined || this.#stage.exitCode(role) === exit
  }

  #happened(pattern: TracePattern, role: string, mark: Mark): boolean {
    const events = this.#stage.events(role)
    if (events === null) return true
    const before = mark.event ? events.lastIndexOf(mark.event) : -1
    return events.slice(before + 1).some((event) => fits(event, pattern))
  }
}

function describe({ role, output, event, exit }: Expectation): string {
  const what = [
    output && `${output}`,
    event && JSON.stringify(event),
    exit !== undefined && `exit code ${exit}`,
  ]
    .filter(Boolean)
    .join(' and ')
  return role ? `${what} from ${role}` : what
}
