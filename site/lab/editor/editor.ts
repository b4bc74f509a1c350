/** The editor of one file, in the section that `Editor.astro` has written: its text, its state, its versions. */
import { historyField } from '@codemirror/commands'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { SIMULATED } from '../../texts/simulated.ts'
import { EDITOR } from '../../texts.ts'
import { compose } from '../../typography.ts'
import type { WorkFiles } from '../link/source.ts'
import { chooseFile, saveFile } from '../panel/files.ts'
import { Comparison } from './comparison.ts'
import { readDraft, writeDraft } from './drafts.ts'
import { EditedFile, type FileState } from './edited-file.ts'
import { FindingList } from './findings.ts'
import { notSaved } from './refusals.ts'
import { writing } from './setup.ts'
import { typescript } from './typescript.ts'
import { Versions } from './versions.ts'

const FIELDS = { history: historyField }

export interface EditorOptions {
  /** The section of `Editor.astro`. */
  root: HTMLElement
  files: WorkFiles
  lab: string
  file: string
  /** The file is saved: its program is to run. */
  run(): void
  /** The learner changes a copy, which differs from the course's from now on or no longer does. */
  copied(): void
  closed(): void
}

export class Editor {
  readonly #options: EditorOptions
  readonly #file: EditedFile
  readonly #findings: FindingList
  readonly #comparison: Comparison
  readonly #listening = new AbortController()
  #view: EditorView | null = null
  /** Whether the copy differed when it was last saved. */
  #copied: boolean | null = null
  #typed = false

  private constructor(options: EditorOptions) {
    const { root, files, lab, file } = options
    this.#options = options
    this.#findings = new FindingList(this.#part('findings'), () => this.#view)
    this.#comparison = new Comparison(root, file)
    this.#file = new EditedFile(files, lab, file, {
      text: () => this.#text,
      replace: (text) => this.#replace(text),
      show: (state) => this.#show(state),
    })
  }

  /** Opens a file in the section. Rejects with a `FileError`. */
  static async open(options: EditorOptions): Promise<Editor> {
    const editor = new Editor(options)
    try {
      await editor.#open()
      return editor
    } catch (error) {
      editor.#listening.abort()
      editor.#file.close()
      throw error
    }
  }

  /** `refus/serveur.ts` */
  get path(): string {
    return this.#file.path
  }

  focus(): void {
    this.#view?.focus()
  }

  /** Shows a line, with the keyboard on it. */
  goTo(line: number): void {
    this.#findings.goTo(line)
  }

  /** Shows which lines of a C++ file the compiler blames, when an output is its own. */
  async blame(output: string): Promise<void> {
    if (this.#file.file.endsWith('.ts')) return
    const { blamed } = await import('./gcc.ts')
    this.#findings.blame(blamed(output, this.path))
  }

  /** What the compiler said was of the text before. */
  #forgive(): void {
    if (!this.#file.file.endsWith('.ts')) this.#findings.blame([])
  }

  /** Saves what is left to save; false when it could not be. */
  save(): Promise<boolean> {
    this.#forgive()
    return this.#file.save()
  }

  /** Saves what is left to save, and leaves the section. */
  close(): void {
    void this.#file.save()
    this.#file.close()
    this.#listening.abort()
    this.#comparison.close()
    this.#view?.destroy()
    this.#findings.show([])
    this.#options.root.hidden = true
    this.#options.closed()
  }

  async #open(): Promise<void> {
    const { root, lab, file, files } = this.#options
    root.hidden = false
    const draft = readDraft(this.#file.path)
    const text = await this.#file.open(draft)
    const extensions = this.#extensions(lab, file)
    const history = draft?.text === text ? draft.history : null
    this.#view = new EditorView({ parent: this.#part('host'), state: stateOf(text, history, extensions) })
    new Versions({
      root,
      files,
      lab,
      file,
      signal: this.#listening.signal,
      text: () => this.#text,
      replace: (kept) => this.#take(kept),
      say: (said) => this.#say(said),
    })
    this.#wire()
    this.#show(this.#file.state)
  }

  #extensions(lab: string, file: string) {
    const help = this.#options.root.querySelector('.editor-help')!
    const isTypeScript = file.endsWith('.ts')
    help.textContent = compose(isTypeScript ? `${EDITOR.help} ${EDITOR.helpNames}` : EDITOR.help)
    const keys = [
      { key: 'Mod-s', preventDefault: true, run: () => done(this.#file.save()) },
      { key: 'Mod-Enter', run: () => done(this.#run()) },
    ]
    const followed = EditorView.updateListener.of(({ docChanged, transactions }) => {
      if (!docChanged) return
      this.#remember()
      if (!transactions.some((transaction) => transaction.isUserEvent('other.program'))) this.#file.edited()
    })
    const service = isTypeScript
      ? typescript(`/travail/${lab}/${file}`, (found) => this.#findings.show(found))
      : []
    return [writing(file, compose(EDITOR.label(file)), help.id, keys), followed, service]
  }

  get #text(): string {
    return this.#view?.state.doc.toString() ?? ''
  }

  /** One change that can be undone, even when another program makes it. */
  #replace(text: string): void {
    const view = this.#view
    if (!view || this.#text === text) return
    view.dispatch({ changes: changeBetween(this.#text, text), userEvent: 'other.program' })
  }

  #remember(): void {
    if (!this.#view) return
    const { history } = this.#view.state.toJSON(FIELDS) as { history: unknown }
    writeDraft(this.#file.path, { text: this.#text, base: this.#file.base, history })
  }

  #wire(): void {
    const { root } = this.#options
    const { signal } = this.#listening
    const actions: Readonly<Record<string, () => void>> = {
      run: () => void this.#run(),
      close: () => this.close(),
      compare: () => void this.#compare(),
      revert: () => this.#revert(),
      export: () => saveFile(this.#file.file.replace(/^.*\//, ''), this.#text, 'text/plain'),
      import: () => void this.#import(),
      mine: () => void this.#resolve('mine'),
      theirs: () => void this.#resolve('theirs'),
    }
    root.addEventListener(
      'click',
      ({ target }) => {
        const button = target instanceof Element ? target.closest<HTMLElement>('[data-editor-action]') : null
        if (!button) return
        button.closest<HTMLElement>('[data-menu]')?.hidePopover()
        actions[button.dataset.editorAction ?? '']?.()
      },
      { signal },
    )
  }

  async #run(): Promise<void> {
    this.#forgive()
    if (await this.#file.save()) this.#options.run()
  }

  #revert(): void {
    this.#take(this.#file.original)
  }

  async #import(): Promise<void> {
    const text = await chooseFile(this.#file.file.endsWith('.ts') ? '.ts,.js,.txt' : '.cpp,.h,.txt')
    if (text !== null) this.#take(text.replace(/\r\n?/g, '\n'))
  }

  /** The learner takes a text in place of theirs: undone like any change. */
  #take(text: string): void {
    this.#replace(text)
    this.#file.edited()
    this.focus()
  }

  async #compare(): Promise<void> {
    const button = this.#options.root.querySelector('[data-editor-action="compare"]')!
    const on = button.getAttribute('aria-pressed') !== 'true'
    button.setAttribute('aria-pressed', String(on))
    if (on) await this.#comparison.show(EDITOR.comparing, this.#file.original, this.#view!, null)
    else this.#comparison.close()
  }

  async #resolve(keep: 'mine' | 'theirs'): Promise<void> {
    this.#comparison.close()
    await this.#file.resolve(keep)
    this.#remember()
    this.focus()
  }

  #show(state: FileState): void {
    if (!this.#view) return
    const { root, copied } = this.#options
    root.dataset.fileState = state.name
    this.#part('state').textContent = compose(EDITOR.states[state.name])
    const { files } = this.#options
    const lost = state.name === 'saved' && files.fleeting ? SIMULATED.fleeting : ''
    this.#say(state.name === 'refused' ? notSaved(state.refusal, files) : lost)
    if (state.name === 'conflict') {
      const why = state.theirs ? EDITOR.conflict : EDITOR.deleted
      void this.#comparison.show(why, state.theirs?.text ?? this.#file.original, this.#view, (text) =>
        this.#replace(text),
      )
    }
    if (state.name === 'saved' || state.name === 'course') {
      this.#remember()
      const differs = this.#text !== this.#file.original
      // What is changed is what one wants to see run, be it a copy of another day.
      if (this.#copied !== null && (this.#copied !== differs || !this.#typed)) copied()
      this.#typed ||= this.#copied !== null
      this.#copied = differs
    }
  }

  #say(text: string): void {
    this.#part('said').textContent = compose(text)
  }

  #part(name: string): HTMLElement {
    return this.#options.root.querySelector<HTMLElement>(`[data-editor-${name}]`)!
  }
}

/** A key was for us, whatever comes of it. */
function done(_task: Promise<unknown>): true {
  return true
}

/** A text with the history of its changes; without, when another version of the editor has written it. */
function stateOf(doc: string, history: unknown, extensions: Extension): EditorState {
  try {
    const selection = { ranges: [{ anchor: 0, head: 0 }], main: 0 }
    if (history) return EditorState.fromJSON({ doc, selection, history }, { extensions }, FIELDS)
  } catch {
    // Only the history is lost.
  }
  return EditorState.create({ doc, extensions })
}

/** What makes `to` of `from`, as short as can be: the cursor stays where it is. */
function changeBetween(from: string, to: string) {
  let start = 0
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start += 1
  let end = 0
  const most = Math.min(from.length, to.length) - start
  while (end < most && from.at(-1 - end) === to.at(-1 - end)) end += 1
  return { from: start, to: from.length - end, insert: to.slice(start, to.length - end) }
}
