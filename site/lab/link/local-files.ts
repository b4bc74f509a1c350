/** The learner's files where no runner keeps them: in the browser, for this site. */
import type { FileEntry, FileText, LearnerFile } from '../../../runner/protocol.ts'
import { KEPT, PREFIX, type Store } from '../../learner/store.ts'
import { type FileChange, FileError, type WorkFiles } from './source.ts'

/** Largest file, in characters: that of the runner. */
const FILE_MAX = 256 * 1024
/** Name of a version that the learner keeps. */
const KEPT_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,38}[\p{L}\p{N}])?$/u
const COPY = 'travail:'
const VERSION = 'travail-version:'

/** A text and what names it: its own digest, short (FNV-1a) and with its length. */
function textOf(text: string): FileText {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return { text, version: `${(hash >>> 0).toString(16)}-${text.length}` }
}

export class LocalFiles implements WorkFiles {
  readonly inPage = true
  readonly #store: Store
  readonly #originals: (lab: string) => Promise<Readonly<Record<string, string>>>
  readonly #listeners = new Set<(change: FileChange) => void>()

  /** `originals` gives the files of a lab that may be changed. */
  constructor(store: Store, originals: (lab: string) => Promise<Readonly<Record<string, string>>>) {
    this.#store = store
    this.#originals = originals
    // Of this page, then of another one.
    globalThis.document?.addEventListener(KEPT, ({ detail }: CustomEventInit<string>) =>
      this.#changed(detail ?? ''),
    )
    globalThis.window?.addEventListener('storage', ({ key }) =>
      this.#changed(key?.slice(PREFIX.length) ?? ''),
    )
  }

  get fleeting(): boolean {
    return this.#store.refused
  }

  async list(lab: string): Promise<readonly FileEntry[]> {
    const originals = await this.#of(lab)
    return Object.entries(originals).map(([file, text]) => ({
      file,
      original: textOf(text).version,
      copy: this.#copy(lab, file)?.version ?? null,
      kept: this.#names(lab, file),
    }))
  }

  async read(lab: string, file: string): Promise<LearnerFile> {
    const originals = await this.#of(lab)
    const original = Object.hasOwn(originals, file) ? originals[file] : undefined
    if (original === undefined) throw new FileError({ reason: 'unknown-file' })
    return { original: textOf(original), copy: this.#copy(lab, file) }
  }

  async write(lab: string, file: string, text: string, base: string | null): Promise<string> {
    const { copy } = await this.read(lab, file)
    if (text.length > FILE_MAX) throw new FileError({ reason: 'too-large', bytes: text.length })
    if ((copy?.version ?? null) !== base) throw new FileError({ reason: 'conflict', theirs: copy })
    this.#store.write(`${COPY}${lab}/${file}`, text)
    return textOf(text).version
  }

  async readKept(lab: string, file: string, name: string): Promise<FileText> {
    const text = this.#store.read(keptAt(lab, file, name))
    if (text === null) throw new FileError({ reason: 'absent' })
    return textOf(text)
  }

  async keep(lab: string, file: string, name: string, text: string): Promise<void> {
    await this.read(lab, file)
    if (!KEPT_NAME.test(name.normalize('NFC'))) throw new FileError({ reason: 'bad-name' })
    const before = this.#store.read(keptAt(lab, file, name))
    if (before !== null) throw new FileError({ reason: 'conflict', theirs: textOf(before) })
    this.#store.write(keptAt(lab, file, name), text)
    this.#tell(lab, file)
  }

  watch(listener: (change: FileChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #of(lab: string): Promise<Readonly<Record<string, string>>> {
    return this.#originals(lab).catch(() => {
      throw new FileError(null)
    })
  }

  #copy(lab: string, file: string): FileText | null {
    const text = this.#store.read(`${COPY}${lab}/${file}`)
    return text === null ? null : textOf(text)
  }

  #names(lab: string, file: string): string[] {
    const start = keptAt(lab, file, '')
    const names = this.#store.names(start).map((name) => name.slice(start.length))
    return names.sort((a, b) => a.localeCompare(b, 'fr'))
  }

  #changed(name: string): void {
    const [, lab, file] = /^travail:([^/]+)\/(.+)$/.exec(name) ?? []
    if (lab && file) this.#tell(lab, file)
  }

  #tell(lab: string, file: string): void {
    const version = this.#copy(lab, file)?.version ?? null
    for (const listener of this.#listeners) listener({ lab, file, version })
  }
}

function keptAt(lab: string, file: string, name: string): string {
  return `${VERSION}${lab}/${file}:${name.normalize('NFC')}`
}
