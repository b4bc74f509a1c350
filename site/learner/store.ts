/**
 * Where all that is remembered is kept: `lasting` in the browser, `tab` until the tab is closed. A browser that
 * refuses (cookies blocked, storage full) changes nothing but that: what was written is then remembered by the page, and
 * what belongs to the tab by its name, which the next page of the course finds again and other sites never see.
 */

/** Every name in the browser's storage begins with it. */
export const PREFIX = 'prise-directe:'

/** What the document hears when something is remembered or forgotten; `detail` is its name. */
export const KEPT = 'pd:kept'

export class Store {
  readonly #storage: () => Storage
  /** What the browser refused to keep. */
  readonly #page: Map<string, string>
  readonly #named: boolean

  /** `named`: what is refused goes into the name of the tab. */
  constructor(storage: () => Storage, named = false) {
    this.#storage = storage
    this.#named = named
    this.#page = new Map(named ? entriesIn(globalThis.window?.name ?? '') : [])
  }

  /** The text kept under `name`, or null. */
  read(name: string): string | null {
    const kept = this.#page.get(name)
    if (kept !== undefined) return kept
    return this.#try((storage) => storage.getItem(PREFIX + name)) ?? null
  }

  /** Keeps `text` under `name`; null forgets it. */
  write(name: string, text: string | null): void {
    this.#page.delete(name)
    const done = this.#try((storage) => {
      if (text === null) storage.removeItem(PREFIX + name)
      else storage.setItem(PREFIX + name, text)
      return true
    })
    if (!done && text !== null) this.#page.set(name, text)
    if (this.#named && (!done || window.name.startsWith(PREFIX))) {
      window.name = this.#page.size > 0 ? PREFIX + JSON.stringify([...this.#page]) : ''
    }
    globalThis.document?.dispatchEvent(new CustomEvent(KEPT, { detail: name }))
  }

  /** Whether the browser refused to keep something, which only the page remembers. */
  get refused(): boolean {
    return this.#page.size > 0
  }

  /** The value kept under `name` as JSON, or `otherwise` when there is none or it cannot be read. */
  readJson(name: string, otherwise: unknown): unknown {
    try {
      return JSON.parse(this.read(name) ?? 'null') ?? otherwise
    } catch {
      return otherwise
    }
  }

  writeJson(name: string, value: unknown): void {
    this.write(name, JSON.stringify(value))
  }

  /** The names kept that begin with `start`. */
  names(start = ''): string[] {
    const kept = this.#try((storage) => Object.keys(storage)) ?? []
    const ours = kept.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length))
    return [...new Set([...ours, ...this.#page.keys()])].filter((name) => name.startsWith(start))
  }

  /** Even reaching `localStorage` throws where cookies are blocked. */
  #try<T>(use: (storage: Storage) => T): T | undefined {
    try {
      return use(this.#storage())
    } catch {
      return undefined
    }
  }
}

/** What an earlier page of the course wrote in the name of the tab. */
function entriesIn(name: string): [string, string][] {
  try {
    return name.startsWith(PREFIX) ? JSON.parse(name.slice(PREFIX.length)) : []
  } catch {
    return []
  }
}

export const lasting = new Store(() => localStorage)
export const tab = new Store(() => sessionStorage, true)
