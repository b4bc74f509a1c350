/** Which lines of the program wrote the bytes of a connection: they leave later, together or cut. */
import type { Allowance } from './sites.ts'

interface Write {
  /** Where it ends in what the connection sends. */
  end: number
  bytes: number
  site: string | undefined
}

/** Most writes remembered: the bytes of those before have no line any more. */
const REMEMBERED = 256
/** Most lines and sizes told for bytes that leave together. */
const SITES_TOLD = 4
const CUTS_TOLD = 16

export class Writes {
  readonly allowance: Allowance = { since: Number.NEGATIVE_INFINITY, left: 0 }
  #given = 0
  #writes: Write[] = []

  /** The program gives bytes that are part of a group. */
  count(bytes: number): void {
    this.#given += bytes
  }

  /** The program gives bytes; `site` is the line that does, when it was looked for. */
  note(bytes: number, site: string | undefined): void {
    this.#given += bytes
    if (this.#writes.length >= REMEMBERED) this.#writes.shift()
    this.#writes.push({ end: this.#given, bytes, site })
  }

  /** The lines of the writes that make the bytes [from, to), and their sizes when several left together. Forgets them. */
  of(from: number, to: number): { sites: string[]; cuts: number[] } {
    const sites: string[] = []
    const cuts: number[] = []
    while (this.#writes.length > 0 && this.#writes[0]!.end <= to) {
      const { end, bytes, site } = this.#writes.shift()!
      if (end <= from) continue
      if (site && !sites.includes(site) && sites.length < SITES_TOLD) sites.push(site)
      cuts.push(bytes)
    }
    const whole = cuts.reduce((sum, bytes) => sum + bytes, 0) === to - from
    return { sites, cuts: whole && cuts.length > 1 && cuts.length <= CUTS_TOLD ? cuts : [] }
  }
}
