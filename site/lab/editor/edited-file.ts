/**
 * A file that is being edited: read, saved a moment after each change, followed when another program writes it. Neither
 * of two writers ever loses anything: when both have changed it, the learner is shown both and chooses.
 */
import type { FileRefusal, FileText } from '../../../runner/protocol.ts'
import { type FileChange, FileError, type WorkFiles } from '../link/source.ts'
import type { Draft } from './drafts.ts'

/** Between the last change and its saving, in ms. */
const SAVE_DELAY = 500

/**
 * `course`: no copy yet, what is shown is the course's. `edited`: something is to be saved. `conflict`: another program
 * changed the file (`theirs`), or deleted it. `refused`: it could not be saved; `refusal` is null when nobody answers.
 */
export type FileState =
  | { name: 'course' | 'edited' | 'saving' | 'saved' }
  | { name: 'conflict'; theirs: FileText | null }
  | { name: 'refused'; refusal: FileRefusal | null }

/** What shows the text. */
export interface TextView {
  text(): string
  /** Another program has changed the file: its text takes the place of ours. */
  replace(text: string): void
  show(state: FileState): void
}

export class EditedFile {
  readonly lab: string
  readonly file: string
  readonly #files: WorkFiles
  readonly #view: TextView
  #original: FileText = { text: '', version: '' }
  /** What is on the disk, as far as we know; null without a copy. */
  #disk: FileText | null = null
  #state: FileState = { name: 'course' }
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<boolean> | null = null
  readonly #unwatch: () => void

  constructor(files: WorkFiles, lab: string, file: string, view: TextView) {
    this.lab = lab
    this.file = file
    this.#files = files
    this.#view = view
    this.#unwatch = files.watch((change) => void this.#changed(change))
  }

  get path(): string {
    return `${this.lab}/${this.file}`
  }

  get original(): string {
    return this.#original.text
  }

  get state(): FileState {
    return this.#state
  }

  /** Version of the copy that the text replaces; null without a copy. */
  get base(): string | null {
    return this.#disk?.version ?? null
  }

  /** Reads the file, with what was left unsaved; gives the text to show. Rejects with a `FileError`. */
  async open(draft: Draft | null): Promise<string> {
    const { original, copy } = await this.#files.read(this.lab, this.file)
    this.#original = original
    this.#disk = copy
    const saved = copy?.text ?? original.text
    if (!draft || draft.text === saved) {
      this.#tell({ name: copy ? 'saved' : 'course' })
      return saved
    }
    // A draft of what has changed since is one more writer.
    if (draft.base === this.base) this.#edit()
    else this.#tell({ name: 'conflict', theirs: copy })
    return draft.text
  }

  /** The learner has changed the text. */
  edited(): void {
    if (this.#state.name !== 'conflict') this.#edit()
  }

  /** Saves now; true when what is shown is on the disk. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer)
    while (this.#saving) await this.#saving
    if (this.#state.name === 'conflict') return false
    this.#saving = this.#save().finally(() => {
      this.#saving = null
    })
    return this.#saving
  }

  /** Ends a conflict: what is shown replaces what the other program wrote, or gives way to it. */
  async resolve(keep: 'mine' | 'theirs'): Promise<boolean> {
    if (this.#state.name !== 'conflict') return true
    const { theirs } = this.#state
    this.#disk = theirs
    this.#tell({ name: 'edited' })
    if (keep === 'theirs') this.#view.replace(theirs?.text ?? this.#original.text)
    return keep === 'theirs' && !theirs ? this.#settled() : this.save()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#unwatch()
  }

  #edit(): void {
    this.#tell({ name: 'edited' })
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), SAVE_DELAY)
  }

  async #save(): Promise<boolean> {
    const text = this.#view.text()
    if (text === (this.#disk?.text ?? this.#original.text)) return this.#settled()
    this.#tell({ name: 'saving' })
    try {
      const version = await this.#files.write(this.lab, this.file, text, this.base)
      this.#disk = { text, version }
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      const { refusal } = error
      if (refusal?.reason === 'conflict') this.#tell({ name: 'conflict', theirs: refusal.theirs })
      else this.#tell({ name: 'refused', refusal })
      return false
    }
    if (this.#view.text() !== text) this.#edit()
    else this.#settled()
    return true
  }

  #settled(): boolean {
    this.#tell({ name: this.#disk ? 'saved' : 'course' })
    return true
  }

  /** Our own savings come back here too: they change nothing. */
  async #changed({ lab, file, version }: FileChange): Promise<void> {
    if (lab !== this.lab || file !== this.file) return
    while (this.#saving) await this.#saving
    if (version === this.base) return
    const now = await this.#files.read(lab, file).catch(() => null)
    if (!now || this.#saving || (now.copy?.version ?? null) === this.base) return
    const ours = this.#view.text()
    const untouched = ours === (this.#disk?.text ?? this.#original.text)
    const same = ours === now.copy?.text
    if (this.#state.name === 'conflict' || (!untouched && !same) || (!now.copy && this.#disk)) {
      clearTimeout(this.#timer)
      this.#tell({ name: 'conflict', theirs: now.copy })
      return
    }
    this.#disk = now.copy
    if (now.copy && !same) this.#view.replace(now.copy.text)
    this.#settled()
  }

  #tell(state: FileState): void {
    this.#state = state
    this.#view.show(state)
  }
}
