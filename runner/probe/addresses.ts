/** The lines behind the addresses that the probe of Qt tells. */
import { execFile } from 'node:child_process'
import { relative, sep } from 'node:path'
import { promisify } from 'node:util'
import type { TraceEvent } from '../../labs/trace.ts'

const run = promisify(execFile)

/** Most addresses looked for: a program hardly writes from so many places, and may tell what it likes. */
const ADDRESSES_MAX = 1000

/** Whether a call site is an address of the executable: `+1a2b`. */
function isAddress(site: string): boolean {
  return /^\+[0-9a-f]{1,12}$/.test(site)
}

/** The lines of one executable, each looked for once. */
export class Lines {
  readonly #executable: string
  readonly #labsDir: string
  /** By address; null when it has none. */
  readonly #known = new Map<string, string | null>()

  /** Lines are named from the folder of the labs: `refus/qt/serveur/Serveur.cpp:53`. */
  constructor(executable: string, labsDir: string) {
    this.#executable = executable
    this.#labsDir = labsDir
  }

  /**
   * Puts lines in place of the addresses of these events. An address has none when it is not in a file of the labs, and
   * none has any without `addr2line`, which comes with the compiler: the event then says none. Never rejects.
   */
  async name(events: readonly TraceEvent[]): Promise<void> {
    const addresses = events.flatMap(({ site }) => site ?? []).filter(isAddress)
    const unknown = [...new Set(addresses)].filter((address) => !this.#known.has(address))
    if (unknown.length > 0) await this.#find(unknown.slice(0, ADDRESSES_MAX - this.#known.size))
    for (const event of events) {
      if (event.site === undefined) continue
      const sites = [event.site]
        .flat()
        .flatMap((site) => (isAddress(site) ? (this.#known.get(site) ?? []) : [site]))
      if (sites.length === 0) delete event.site
      else event.site = sites.length === 1 ? sites[0]! : sites
    }
  }

  async #find(addresses: readonly string[]): Promise<void> {
    if (addresses.length === 0) return
    for (const address of addresses) this.#known.set(address, null)
    const numbers = addresses.map((address) => `0x${address.slice(1)}`)
    const asked = run('addr2line', ['-a', '-i', '-e', this.#executable, ...numbers])
    const { stdout } = await asked.catch(() => ({ stdout: '' }))
    // The innermost line first: a short function of Qt may have been put in place of its call.
    for (const block of stdout.split(/^(?=0x)/m)) {
      const [number, ...frames] = block.trim().split('\n')
      const line = frames.map((frame) => relative(this.#labsDir, frame.replace(/ \(.*$/, ''))).find(isOfLabs)
      if (number && line) this.#known.set(`+${BigInt(number).toString(16)}`, line.split(sep).join('/'))
    }
  }
}

function isOfLabs(path: string): boolean {
  return !path.startsWith('..') && /:\d+$/.test(path)
}
