/** The learner's files as the runner keeps them, in `travail/`. */
import {
  FILES_PATH,
  type FileEntry,
  type FileRefusal,
  type FileText,
  type LearnerFile,
} from '../../../runner/protocol.ts'
import { linkTo } from '../../links.ts'
import type { LiveWatch } from './live-watch.ts'
import { type FileChange, FileError, type WorkFiles } from './source.ts'

export class LiveFiles implements WorkFiles {
  readonly #watch: LiveWatch

  constructor(watch: LiveWatch) {
    this.#watch = watch
  }

  list(lab: string): Promise<readonly FileEntry[]> {
    return this.#ask(lab)
  }

  read(lab: string, file: string): Promise<LearnerFile> {
    return this.#ask(`${lab}/${file}`)
  }

  async write(lab: string, file: string, text: string, base: string | null): Promise<string> {
    const { version } = await this.#put(`${lab}/${file}`, text, base)
    return version
  }

  readKept(lab: string, file: string, name: string): Promise<FileText> {
    return this.#ask(keptPath(lab, file, name))
  }

  async keep(lab: string, file: string, name: string, text: string): Promise<void> {
    await this.#put(keptPath(lab, file, name), text, null)
  }

  watch(listener: (change: FileChange) => void): () => void {
    return this.#watch.listenFiles(listener)
  }

  #put(path: string, body: string, base: string | null): Promise<{ version: string }> {
    const headers: Record<string, string> =
      base === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${base}"` }
    return this.#ask(path, { method: 'PUT', body, headers })
  }

  async #ask<T>(path: string, init: RequestInit = {}): Promise<T> {
    const key = this.#watch.filesKey
    if (key === null) throw new FileError(null)
    const headers = { ...init.headers, Authorization: `Bearer ${key}` }
    const answer = await fetch(linkTo(`${FILES_PATH}/${path}`), { ...init, headers }).catch(() => null)
    const said = await answer?.json().catch(() => null)
    if (answer?.ok) return said as T
    throw new FileError(said as FileRefusal | null)
  }
}

function keptPath(lab: string, file: string, name: string): string {
  return `${lab}/${file}?version=${encodeURIComponent(name)}`
}
