/**
 * `travail/`: the learner's copies of the files of the labs, which stay intact. It mirrors `labs/`, where each copy
 * finds by the same names what it imports. A file is only ever looked up among those of the labs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { FileEntry, FileText, LearnerFile } from '../protocol.ts'
import { type Place, Store } from './store.ts'
import { decode, RefusedFile, versionOf } from './text.ts'

/** What is not a learner's to change. */
const OURS = /^(lab|activites)\.ts$|\.test\.ts$|^(solutions|verifications)\//
const SOURCE = /\.(ts|cpp|h)$/
const IMPORT = /\bfrom\s+'(\.[^']+)'|\bimport\s+'(\.[^']+)'/g
/** Name of a version that the learner keeps; the second are devices of Windows. */
const KEPT_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,38}[\p{L}\p{N}])?$/u
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** Where they are, in the folder of the lab. */
const KEPT = 'versions'
const TSCONFIG = 'tsconfig.json'

/** For the learner's own editor: the rules of the course, without its strictest ones. */
const SETTINGS = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    moduleDetection: 'force',
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    noImplicitReturns: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    types: ['node'],
    skipLibCheck: true,
  },
  include: ['**/*.ts'],
  exclude: [`**/${KEPT}/**`],
}

/** Where the copies of the labs of `labsDir` are. */
export function workFolder(labsDir: string): string {
  return join(dirname(labsDir), 'travail')
}

export class Workspace {
  readonly dir: string
  readonly #labsDir: string
  readonly #store: Store

  constructor(labsDir: string, dir = workFolder(labsDir)) {
    this.dir = dir
    this.#labsDir = labsDir
    this.#store = new Store(dir)
  }

  /** The files of a lab that the learner may change, in the order of their names; none for what is no lab. */
  files(lab: string): string[] {
    if (!readdirSync(this.#labsDir).includes(lab) || !existsSync(join(this.#labsDir, lab, 'lab.ts')))
      return []
    const entries = readdirSync(join(this.#labsDir, lab), { recursive: true, withFileTypes: true })
    const names = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(join(this.#labsDir, lab).length + 1))
      .map((path) => path.replaceAll('\\', '/'))
    return names.filter((file) => SOURCE.test(file) && !OURS.test(file)).sort()
  }

  /** All of `files`, with what the learner has made of them. */
  async list(lab: string): Promise<FileEntry[]> {
    return Promise.all(
      this.files(lab).map(async (file) => ({
        file,
        original: this.#original(lab, file).version,
        copy: await this.#store.find(placeOf(lab, file)).then(
          (found) => found?.version ?? null,
          () => null,
        ),
        kept: await this.#kept(lab, file).catch(() => []),
      })),
    )
  }

  /** A file, as the course gives it and as the learner has it. Rejects with a `RefusedFile`. */
  async read(lab: string, file: string): Promise<LearnerFile> {
    this.#check(lab, file)
    const copy = await this.#store.settled(placeOf(lab, file))
    return { original: this.#original(lab, file), copy }
  }

  /** Replaces the version `base` of the copy, or makes the copy when it is null; gives its version. Rejects with a `RefusedFile`. */
  async write(lab: string, file: string, text: string, base: string | null): Promise<string> {
    this.#check(lab, file)
    const version = await this.#store.write(placeOf(lab, file), text, base)
    await this.#settle(lab, this.#besides(lab, [file]))
    return version
  }

  /** The version of the copy now, whole; null when there is none or when it cannot be read, or for what is no file of a lab. */
  async version(lab: string, file: string): Promise<string | null> {
    if (!this.files(lab).includes(file)) return null
    return this.#store.settled(placeOf(lab, file)).then(
      (found) => found?.version ?? null,
      () => null,
    )
  }

  /** A version that the learner has kept under a name. Rejects with a `RefusedFile`. */
  async readKept(lab: string, file: string, name: string): Promise<FileText> {
    this.#check(lab, file)
    return this.#store.read(keptPlace(lab, file, name))
  }

  /** Keeps a version under a name, as `write` does. */
  async keep(lab: string, file: string, name: string, text: string, base: string | null): Promise<string> {
    this.#check(lab, file)
    return this.#store.write(keptPlace(lab, file, name), text, base)
  }

  /**
   * The learner's copy of a program, given by its main file: its path, once all that the program is made of is there,
   * copied from the course where the learner has nothing. Rejects with a `RefusedFile`.
   */
  async program(lab: string, main: string): Promise<string> {
    this.#check(lab, main)
    const parts = [main, ...this.#besides(lab, [main])]
    await this.#settle(lab, parts)
    for (const file of parts) await this.#store.read(placeOf(lab, file))
    return join(this.dir, lab, main)
  }

  /** Copies what is missing. */
  async #settle(lab: string, files: readonly string[]): Promise<void> {
    for (const file of files) {
      const place = placeOf(lab, file)
      if (!(await this.#store.find(place))) await this.#make(place, this.#original(lab, file).text)
    }
    const settings = `${JSON.stringify(SETTINGS, null, 2)}\n`
    if (!(await this.#store.find([TSCONFIG]))) await this.#make([TSCONFIG], settings)
  }

  /** Somebody else may make it at the same moment. */
  async #make(place: Place, text: string): Promise<void> {
    await this.#store.write(place, text, null).catch((error) => {
      if (!(error instanceof RefusedFile && error.refusal.reason === 'conflict')) throw error
    })
  }

  /** What a program needs beside `files`: the modules of its lab that they import, or the other files of its C++ folder. */
  #besides(lab: string, files: readonly string[]): string[] {
    const all = this.files(lab)
    const found = new Set(files)
    for (const file of found) {
      const folder = posix.dirname(file)
      const needed = file.endsWith('.ts')
        ? importsOf(this.#original(lab, file).text).map((path) => posix.join(folder, path))
        : all.filter(
            (other) =>
              [folder, posix.dirname(folder)].includes(posix.dirname(other)) && /(^|\/)qt\//.test(other),
          )
      for (const other of needed) if (all.includes(other)) found.add(other)
    }
    return [...found].filter((file) => !files.includes(file))
  }

  #original(lab: string, file: string): FileText {
    const bytes = readFileSync(join(this.#labsDir, lab, file))
    return { text: decode(bytes).text, version: versionOf(bytes) }
  }

  async #kept(lab: string, file: string): Promise<string[]> {
    const names = await this.#store.names([lab, KEPT, ...file.split('/')])
    const end = extensionOf(file)
    const found = names.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length))
    return found.filter(isKeptName).sort((a, b) => a.localeCompare(b, 'fr'))
  }

  #check(lab: string, file: string): void {
    if (!this.files(lab).includes(file)) throw new RefusedFile({ reason: 'unknown-file' })
  }
}

function placeOf(lab: string, file: string): Place {
  return [lab, ...file.split('/')] as unknown as Place
}

const extensionOf = (file: string) => posix.extname(file)

function isKeptName(name: string): boolean {
  return KEPT_NAME.test(name) && !DEVICE.test(name) && name === name.normalize('NFC')
}

function keptPlace(lab: string, file: string, name: string): Place {
  const composed = name.normalize('NFC')
  if (!isKeptName(composed)) throw new RefusedFile({ reason: 'bad-name' })
  return [lab, KEPT, ...file.split('/'), composed + extensionOf(file)]
}

/** The files that a module imports by their path. */
function importsOf(text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, from, alone]) => (from ?? alone)!)
}
