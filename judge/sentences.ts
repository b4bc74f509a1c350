/** Says the sentences of an exercise in their order, each once all its checks are known. */
import type { Exercise } from '../labs/activities.ts'
import type { Check, CriterionResult } from '../labs/check.ts'
import type { Printer } from './print.ts'

export class Sentences {
  readonly #exercise: Exercise
  readonly #check: Check
  readonly #printer: Printer
  readonly #say: (text: string) => void
  readonly #results: CriterionResult[] = []
  #said = 0

  constructor(exercise: Exercise, check: Check, printer: Printer, say: (text: string) => void) {
    this.#exercise = exercise
    this.#check = check
    this.#printer = printer
    this.#say = say
  }

  /** One more criterion was played. */
  add(result: CriterionResult): void {
    const { criteria } = this.#exercise
    this.#results.push(result)
    for (; this.#said < criteria.length && this.#isKnown(this.#said); this.#said += 1) {
      const checks = this.#results.filter(({ say }) => say === criteria[this.#said])
      // Tried and skipped: the program cannot be played, which is said once for all.
      const isTrouble = this.#results.some(({ tries, verdict }) => tries > 0 && verdict === 'skipped')
      if (checks.length > 0 && !isTrouble) this.#say(this.#printer.sentence(checks))
    }
  }

  #isKnown(rank: number): boolean {
    const last = this.#check.criteria.findLastIndex(({ say }) => say === rank)
    return this.#results.length > last
  }
}
