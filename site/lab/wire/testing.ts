/** Programs made up for the tests of the figure. */
import type { TraceEvent } from '../../../labs/trace.ts'
import type { Happening } from './moments.ts'

/** What one program does, event after event, on its own clock. */
export class Program {
  readonly happenings: Happening[] = []
  readonly #role: string
  readonly #run: number
  readonly #skew: number

  constructor(role: string, run: number, skew = 0) {
    this.#role = role
    this.#run = run
    this.#skew = skew
  }

  does(at: number, told: Record<string, unknown>): void {
    const order = this.happenings.length
    const event = { process: String(this.#run), order, at: at + this.#skew, ...told } as unknown as TraceEvent
    this.happenings.push({ role: this.#role, run: this.#run, offset: 0, event })
  }
}
