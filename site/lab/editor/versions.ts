/** The versions of a file that the learner keeps under a name, in the menu of the editor. */
import { EDITOR } from '../../texts.ts'
import { FileError, type WorkFiles } from '../link/source.ts'
import { notSaved } from './refusals.ts'

export interface VersionsOptions {
  root: HTMLElement
  files: WorkFiles
  lab: string
  file: string
  signal: AbortSignal
  text(): string
  /** A version that was kept takes the place of the text. */
  replace(text: string): void
  say(text: string): void
}

export class Versions {
  readonly #options: VersionsOptions

  constructor(options: VersionsOptions) {
    this.#options = options
    const form = options.root.querySelector<HTMLFormElement>('[data-editor-keep]')!
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        const name = new FormData(form).get('name')
        if (typeof name === 'string') void this.#keep(name.trim()).then(() => form.reset())
      },
      { signal: options.signal },
    )
    void this.#refresh()
  }

  async #keep(name: string): Promise<void> {
    const { files, lab, file, text, say } = this.#options
    try {
      await files.keep(lab, file, name, text())
      say(EDITOR.keptNow(name))
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      const { refusal } = error
      if (refusal?.reason === 'conflict') say(EDITOR.keptTaken(name))
      else say(notSaved(refusal, files))
    }
    await this.#refresh()
  }

  async #refresh(): Promise<void> {
    const { root, files, lab, file } = this.#options
    const entries = await files.list(lab).catch(() => [])
    const kept = entries.find((entry) => entry.file === file)?.kept ?? []
    root.querySelector('[data-editor-kept]')!.replaceChildren(
      ...kept.map((name) => {
        const button = Object.assign(document.createElement('button'), { type: 'button', textContent: name })
        button.addEventListener('click', () => void this.#take(name))
        return button
      }),
    )
  }

  async #take(name: string): Promise<void> {
    const { root, files, lab, file, replace } = this.#options
    root.querySelector<HTMLElement>('[data-menu]')?.hidePopover()
    const kept = await files.readKept(lab, file, name).catch(() => null)
    if (kept) replace(kept.text)
  }
}
