/** A text of the course, to be read only, in the colours of the editor. */
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { reading } from './setup.ts'

export function showListing(place: HTMLElement, file: string, text: string): void {
  const label = EditorView.contentAttributes.of({ 'aria-label': file, tabindex: '0' })
  const extensions = [reading(file), label, EditorState.readOnly.of(true), EditorView.editable.of(false)]
  new EditorView({ parent: place, state: EditorState.create({ doc: text, extensions }) })
}
