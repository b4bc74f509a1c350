/** The figure of what has happened: made at once when it is short, a stage at a time when it is long. */
import { type Figure, figureInStages, figureOf } from './figure.ts'
import { Kept } from './kept.ts'
import type { Happening } from './moments.ts'

/** From how many events the page does something else between two stages. */
const LONG = 300

export class Figured {
  readonly kept = new Kept()
  #figure: Figure = figureOf([])
  #stages: Generator<void, Figure> | null = null

  get figure(): Figure {
    return this.#figure
  }

  /** It is being made, a stage at a time. */
  get busy(): boolean {
    return this.#stages !== null
  }

  clear(): void {
    this.kept.clear()
    this.#stages = null
  }

  /** Makes it anew, of all that is kept, at once. */
  unfold(): void {
    this.#take(figureOf(this.kept.all), 0)
  }

  /**
   * The same, while the page answers if it is long; calls `then` once it is there, unless another one was
   * needed before, with what it took, in ms.
   */
  unfoldSoon(then: (cost: number) => void): void {
    this.#soon(this.kept.all, 0, then)
  }

  /** The same of the last events: those before them are folded. */
  followSoon(then: (cost: number) => void): void {
    const { happenings, folded } = this.kept.recent()
    this.#soon(happenings, folded, then)
  }

  #soon(happenings: readonly Happening[], folded: number, then: (cost: number) => void): void {
    if (this.#stages) return
    if (happenings.length < LONG) {
      const started = performance.now()
      this.#take(figureOf(happenings), folded)
      then(performance.now() - started)
      return
    }
    const stages = figureInStages(happenings)
    this.#stages = stages
    let cost = 0
    const next = () => {
      if (this.#stages !== stages) return
      const started = performance.now()
      const { done, value } = stages.next()
      cost += performance.now() - started
      if (!done) {
        setTimeout(next)
        return
      }
      this.#take(value, folded)
      then(cost)
    }
    setTimeout(next)
  }

  #take(figure: Figure, folded: number): void {
    this.#stages = null
    this.#figure = figure
    this.kept.folded = folded
  }
}
