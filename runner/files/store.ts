/**
 * Files that two programs write, the page and the learner's own editor: whoever writes says which version it replaces,
 * and a file is replaced whole or not at all.
 */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readdir, rename, unlink } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { FileText } from '../protocol.ts'
import { type Folder, openFolder } from './folder.ts'
import { decode, encode, FILE_MAX, type Form, RefusedFile, versionOf } from './text.ts'

const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
/** Windows refuses to replace a file that another program reads: tried again after these delays, in ms. */
const RETRIES = [20, 40, 80, 160, 320]
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY'])
/** A file read while another program writes it is half there: two readings this far apart agree once it is whole, in ms. */
const SETTLED = 50
/** A file that never stops changing is taken as it is after so many readings. */
const READINGS = 20

/** A file of the store: the names of its folders, then its own. They are the caller's, never a stranger's. */
export type Place = readonly [...string[], string]

interface Content extends FileText {
  form: Form
}

/** The text files under one folder. */
export class Store {
  readonly root: string
  readonly #writing = new Map<string, Promise<unknown>>()

  constructor(root: string) {
    this.root = root
  }

  /** Rejects with a `RefusedFile`. */
  async read(place: Place): Promise<FileText> {
    const { text, version } = await this.#within(place, false, readIn)
    return { text, version }
  }

  /** The file, or null when there is none. Rejects with a `RefusedFile`. */
  async find(place: Place): Promise<FileText | null> {
    return this.read(place).catch(orNull)
  }

  /** The file once nobody is writing it, or null when there is none. Rejects with a `RefusedFile`. */
  settled(place: Place): Promise<FileText | null> {
    return whole(() => this.find(place))
  }

  /** The names in a folder; none when there is no such folder. */
  async names(parts: readonly string[]): Promise<string[]> {
    const list = (folder: Folder) => readdir(folder.file('.'))
    return (await this.#within([...parts, '.'], false, list).catch(orNull)) ?? []
  }

  /**
   * Writes `text` over the version `base`, or where there is no file when it is null; gives the new version. A text that
   * is there already is never in conflict. Rejects with a `RefusedFile`.
   */
  write(place: Place, text: string, base: string | null): Promise<string> {
    // Names that differ by their case are one file on some systems.
    const key = place.join('/').toLowerCase()
    const before = this.#writing.get(key) ?? Promise.resolve()
    const task = () => this.#within(place, true, (folder, name) => replaceIn(folder, name, text, base))
    const written = before.then(task, task)
    this.#writing.set(key, written)
    const forget = () => this.#writing.get(key) === written && this.#writing.delete(key)
    written.then(forget, forget)
    return written
  }

  async #within<T>(
    place: Place,
    create: boolean,
    task: (folder: Folder, name: string) => Promise<T>,
  ): Promise<T> {
    let folder: Folder | undefined
    try {
      folder = await openFolder(this.root, place.slice(0, -1), create)
      return await task(folder, place.at(-1)!)
    } catch (error) {
      throw refusalOf(error)
    } finally {
      await folder?.close()
    }
  }
}

function orNull(error: unknown): null {
  if (error instanceof RefusedFile && error.refusal.reason === 'absent') return null
  throw error
}

/** What a failure of the system means to who wanted the file; the failure itself when it means nothing to them. */
function refusalOf(error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new RefusedFile({ reason: 'absent' })
  if (['ELOOP', 'EMLINK', 'EISDIR', 'ENOTDIR', 'ENXIO'].includes(code))
    return new RefusedFile({ reason: 'link' })
  if (['ENOSPC', 'EDQUOT'].includes(code)) return new RefusedFile({ reason: 'disk-full' })
  if (['EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(code)) return new RefusedFile({ reason: 'no-access' })
  return error
}

async function whole<T extends FileText>(read: () => Promise<T | null>): Promise<T | null> {
  let seen = await read()
  for (let readings = 1; readings < READINGS; readings += 1) {
    await delay(SETTLED)
    const now = await read()
    if (now?.version === seen?.version) return now
    seen = now
  }
  return seen
}

async function readIn(folder: Folder, name: string): Promise<Content> {
  const path = folder.file(name)
  // Where no flag refuses to follow a link.
  if (!constants.O_NOFOLLOW && (await lstat(path)).isSymbolicLink()) throw new RefusedFile({ reason: 'link' })
  const file = await open(path, READ)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new RefusedFile({ reason: 'link' })
    if (stats.size > FILE_MAX) throw new RefusedFile({ reason: 'too-large', bytes: stats.size })
    const bytes = await file.readFile()
    return { ...decode(bytes), version: versionOf(bytes) }
  } finally {
    await file.close()
  }
}

async function replaceIn(folder: Folder, name: string, text: string, base: string | null): Promise<string> {
  const current = () => readIn(folder, name).catch((error) => orNull(refusalOf(error)))
  let there = await current()
  if ((there?.version ?? null) !== base) there = await whole(current)
  const bytes = encode(text, there?.form ?? { eol: '\n', bom: false })
  if (bytes.length > FILE_MAX) throw new RefusedFile({ reason: 'too-large', bytes: bytes.length })
  if (text.includes('\0')) throw new RefusedFile({ reason: 'binary' })
  const version = versionOf(bytes)
  if (there?.version === version) return version
  refuseConflict(there, base)
  const draft = folder.file(`.${name}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(draft, NEW, 0o644)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    // The other writer may have come while the disk was busy.
    refuseConflict(await current(), base)
    await replace(draft, folder.file(name))
  } catch (error) {
    await unlink(draft).catch(() => {})
    throw error
  }
  return version
}

function refuseConflict(there: Content | null, base: string | null): void {
  if ((there?.version ?? null) === base) return
  const theirs = there && { text: there.text, version: there.version }
  throw new RefusedFile({ reason: 'conflict', theirs })
}

async function replace(from: string, to: string): Promise<void> {
  for (const pause of RETRIES) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (process.platform !== 'win32' || !HELD.has((error as NodeJS.ErrnoException).code ?? '')) throw error
      await delay(pause)
    }
  }
  await rename(from, to)
}
