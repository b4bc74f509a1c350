/** Which line of the program is being executed: at most so many times in a while. */

/** How many lines are looked for in one window, for one socket, and how long it is, in µs: each costs 8 µs. */
const SITES_MAX = 16
const WINDOW = 50_000

/** The allowance of one socket. */
export interface Allowance {
  since: number
  left: number
}

export class Sites {
  /** The line of the program that led here: `refus/serveur.ts:62:17`. */
  readonly here: () => string | undefined

  /** `here` finds a line, from the folder of the labs. */
  constructor(here: () => string | undefined) {
    this.here = here
  }

  /** The same, at most `SITES_MAX` times in a window: under load the first ones tell enough. */
  sometimes(allowance: Allowance, at: number): string | undefined {
    if (at - allowance.since > WINDOW) {
      allowance.since = at
      allowance.left = SITES_MAX
    }
    if (allowance.left === 0) return undefined
    allowance.left -= 1
    return this.here()
  }
}
