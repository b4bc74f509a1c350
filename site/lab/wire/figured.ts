/** The figure of what has happened: made at once when it is short, a stage at a time when it is long. */
import { type Figure, figureInStages, figureOf } from './figure.ts'
import { Kept } from './kept.ts'

/** From how many events the page does something else between two stages. */
const LONG = 1500

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

  /** Makes it anew, of the last events: those before them are folded. */
  follow(): void {
    this.#take(figureOf(this.kept.recent()), this.kept.folded)
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
    if (this.#stages) return
    if (this.kept.all.length < LONG) {
      const started = performance.now()
      this.unfold()
      then(performance.now() - started)
      return
    }
    const stages = figureInStages(this.kept.all)
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
      this.#take(value, 0)
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
