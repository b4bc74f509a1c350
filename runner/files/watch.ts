/** Tells which copies of the learner change, whoever writes them: the page, or another editor. */
import { type FSWatcher, mkdirSync, watch } from 'node:fs'
import type { Workspace } from './workspace.ts'

/** What the learner has now: the version of a copy, or null when it is gone. */
export interface FileChange {
  lab: string
  file: string
  version: string | null
}

export class FileWatch {
  readonly #workspace: Workspace
  readonly #listeners = new Set<(change: FileChange) => void>()
  /** What was last told of each file. */
  readonly #told = new Map<string, string | null>()
  readonly #looking = new Map<string, boolean>()
  #watcher: FSWatcher | null = null

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Calls `listener` at each change, until the function returned is called. */
  listen(listener: (change: FileChange) => void): () => void {
    this.#listeners.add(listener)
    this.#begin()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.close()
    }
  }

  close(): void {
    this.#watcher?.close()
    this.#watcher = null
    this.#told.clear()
  }

  /** Where the system cannot watch, or lets nobody write, the pages only learn what they ask. */
  #begin(): void {
    if (this.#watcher) return
    try {
      mkdirSync(this.#workspace.dir, { recursive: true })
      const watcher = watch(this.#workspace.dir, { recursive: true, persistent: false })
      watcher.on('error', () => this.close())
      watcher.on('change', (_event, name) => this.#seen(String(name)))
      this.#watcher = watcher
    } catch {
      this.#watcher = null
    }
  }

  /** One save makes several events: they are looked at once more at most. */
  #seen(path: string): void {
    const key = path.replaceAll('\\', '/')
    if (!key.includes('/')) return
    const looking = this.#looking.has(key)
    this.#looking.set(key, looking)
    if (!looking) void this.#look(key)
  }

  async #look(key: string): Promise<void> {
    const [lab = '', ...rest] = key.split('/')
    const file = rest.join('/')
    do {
      this.#looking.set(key, false)
      const known = this.#workspace.files(lab).includes(file)
      if (!known) break
      const version = await this.#workspace.version(lab, file)
      if (this.#told.get(key) === version) continue
      this.#told.set(key, version)
      for (const listener of this.#listeners) listener({ lab, file, version })
    } while (this.#looking.get(key))
    this.#looking.delete(key)
  }
}
