/** The labs that may be started: the folders of `labs/` that declare one. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Lab } from '../../labs/lab.ts'

const NO_DESCRIPTOR = new Set(['EMFILE', 'ENFILE'])

/** The `lab.ts` of a lab cannot be loaded: the message says why. */
export class BrokenLab extends Error {}

/** Finds labs by id. An id is only ever looked up among the names of the folder, never joined into a path. */
export class Labs {
  readonly dir: string
  readonly #loaded = new Map<string, { version: number; lab: Lab }>()

  constructor(dir: string) {
    this.dir = dir
  }

  ids(): string[] {
    return readdirSync(this.dir).filter((id) => existsSync(join(this.dir, id, 'lab.ts')))
  }

  /** The lab `id`, as its file is now, or null when there is none. Rejects with `BrokenLab` when its `lab.ts` cannot be loaded. */
  async find(id: string): Promise<Lab | null> {
    if (!this.ids().includes(id)) return null
    const file = join(this.dir, id, 'lab.ts')
    const version = statSync(file).mtimeMs
    const known = this.#loaded.get(id)
    if (known?.version === version) return known.lab
    // A module is loaded once per address: a changed file needs another one.
    const lab = await load(`${pathToFileURL(file).href}?${version}`)
    this.#loaded.set(id, { version, lab })
    return lab
  }
}

async function load(address: string): Promise<Lab> {
  try {
    const { default: lab } = (await import(address)) as { default?: Lab }
    if (!Array.isArray(lab?.roles)) throw new Error('nothing like a lab is exported')
    return lab
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (NO_DESCRIPTOR.has(code ?? '')) throw error
    throw new BrokenLab(message)
  }
}
