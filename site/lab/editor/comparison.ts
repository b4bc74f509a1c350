/** Two texts side by side, in place of the editor: the course's and the learner's, or those of two writers. */

import type { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { compose } from '../../typography.ts'
import { mending, reading } from './setup.ts'

export class Comparison {
  readonly #root: HTMLElement
  readonly #file: string
  #view: MergeView | null = null

  /** `file` tells the language of the texts. */
  constructor(root: HTMLElement, file: string) {
    this.#root = root
    this.#file = file
  }

  /**
   * Shows `theirs` at the left, and at the right what the editor holds. With `typed`, one must be chosen: the right can
   * be changed, and `typed` is told each time.
   */
  async show(
    why: string,
    theirs: string,
    editor: EditorView,
    typed: ((text: string) => void) | null,
  ): Promise<void> {
    const { MergeView } = await import('@codemirror/merge')
    const shown = reading(this.#file)
    const fixed = [shown, EditorState.readOnly.of(true)]
    const told = EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) typed?.(state.doc.toString())
    })
    // Only now: one may have typed since. What is typed at the right is in the editor too.
    const before = this.#view?.b ?? editor
    const { hasFocus } = before
    const { anchor, head } = before.state.selection.main
    const { doc } = editor.state
    this.#view?.destroy()
    this.#view = new MergeView({
      a: { doc: theirs, extensions: fixed },
      b: { doc, extensions: typed ? [shown, mending(), told] : fixed },
      parent: this.#root.querySelector('[data-editor-merge]')!,
      collapseUnchanged: { margin: 2, minSize: 4 },
      ...(typed && { revertControls: 'a-to-b' as const }),
    })
    this.#root.querySelector('[data-editor-why]')!.textContent = compose(why)
    this.#root.querySelector<HTMLElement>('[data-editor-conflict]')!.hidden = !typed
    this.#reveal(true)
    if (!typed || !hasFocus) return
    // One goes on typing where one was.
    const within = (at: number) => Math.min(at, doc.length)
    this.#view.b.dispatch({
      selection: { anchor: within(anchor), head: within(head) },
      scrollIntoView: true,
    })
    this.#view.b.focus()
  }

  close(): void {
    this.#view?.destroy()
    this.#view = null
    this.#root.querySelector('[data-editor-action="compare"]')!.setAttribute('aria-pressed', 'false')
    this.#reveal(false)
  }

  #reveal(on: boolean): void {
    this.#root.querySelector<HTMLElement>('[data-editor-choice]')!.hidden = !on
    this.#root.querySelector<HTMLElement>('[data-editor-host]')!.hidden = on
  }
}
