/** Two texts side by side, in place of the editor: the course's and the learner's, or those of two writers. */

import type { MergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { compose } from '../../typography.ts'

export class Comparison {
  readonly #root: HTMLElement
  readonly #extensions: Extension
  #view: MergeView | null = null

  constructor(root: HTMLElement, extensions: Extension) {
    this.#root = root
    this.#extensions = extensions
  }

  /** The text at the right, which may have been changed there; null when nothing is compared. */
  get mine(): string | null {
    return this.#view?.b.state.doc.toString() ?? null
  }

  /** Shows `theirs` at the left, and `mine` at the right: it can be changed when one must be chosen. */
  async show(why: string, theirs: string, mine: string, choose: boolean): Promise<void> {
    const { MergeView } = await import('@codemirror/merge')
    this.#view?.destroy()
    const fixed = [this.#extensions, EditorState.readOnly.of(true)]
    this.#view = new MergeView({
      a: { doc: theirs, extensions: fixed },
      b: { doc: mine, extensions: choose ? this.#extensions : fixed },
      parent: this.#root.querySelector('[data-editor-merge]')!,
      collapseUnchanged: { margin: 2, minSize: 4 },
      ...(choose && { revertControls: 'a-to-b' as const }),
    })
    this.#root.querySelector('[data-editor-why]')!.textContent = compose(why)
    this.#root.querySelector<HTMLElement>('[data-editor-conflict]')!.hidden = !choose
    this.#reveal(true)
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
