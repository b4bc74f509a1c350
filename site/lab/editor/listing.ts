/** A text of the course, to be read only, in the colours of the editor. */
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { reading } from './setup.ts'

/** With the keyboard at `at`, when it is given. */
export function showListing(place: HTMLElement, file: string, text: string, at?: number): void {
  const label = EditorView.contentAttributes.of({ 'aria-label': file, tabindex: '0' })
  const extensions = [reading(file), label, EditorState.readOnly.of(true), EditorView.editable.of(false)]
  const view = new EditorView({ parent: place, state: EditorState.create({ doc: text, extensions }) })
  if (at === undefined) return
  const line = view.state.doc.lineAt(at)
  view.dispatch({
    selection: { anchor: line.from, head: line.to },
    effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
  })
  view.focus()
}
