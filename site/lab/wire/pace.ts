/** How often the figure is made anew while things happen: most of the time is left to the rest of the page. Pure. */

/** How long the page does something else after the figure has been made anew, in times of what that took. */
const REST = 6
/** Least time between two, in ms, when calls come by groups: nobody reads them so fast. */
const FLOODED = 400

export class Pace {
  #restsUntil = 0

  /** How long to wait before it is made anew, in ms. */
  waitAt(now: number): number {
    return Math.max(0, this.#restsUntil - now)
  }

  /** It took the page `cost` ms, until `now`: its own work alone, whatever else the page did meanwhile. */
  spent(now: number, cost: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, now) + cost * REST
  }

  /** What was made at `now` is of calls that came by groups. */
  flooded(now: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, now + FLOODED)
  }
}
