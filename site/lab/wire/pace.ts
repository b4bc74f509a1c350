/** How often the figure is made anew while things happen: most of the time is left to the rest of the page. Pure. */

/** How long the page does something else after the figure has been made anew, in times of what that took. */
const REST = 6
/** Least time between two, in ms, when calls come by groups: nobody reads them so fast. */
const FLOODED = 250

export class Pace {
  #restsUntil = 0

  /** How long to wait before it is made anew, in ms. */
  waitAt(now: number): number {
    return Math.max(0, this.#restsUntil - now)
  }

  /** It was made anew, and shown at `now`, which took `cost`, in ms; `flooded`: of calls that came by groups. */
  made(now: number, cost: number, flooded: boolean): void {
    this.#restsUntil = now + Math.max(cost * REST, flooded ? FLOODED - cost : 0)
  }
}
