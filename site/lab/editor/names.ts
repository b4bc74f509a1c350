/** The names of a TypeScript program, by their keys: F2 gives another one wherever it is used, F12 shows where it is declared. */
import { type Extension, Prec, StateEffect, StateField } from '@codemirror/state'
import { EditorView, keymap, type Panel, showPanel } from '@codemirror/view'
import { EDITOR } from '../../texts.ts'
import { compose } from '../../typography.ts'
import { language } from './language/client.ts'
import type { Renamable } from './language/protocol.ts'
import { showListing } from './listing.ts'

const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

const setPanel = StateEffect.define<((view: EditorView) => Panel) | null>()
/** Where a new name is typed, at the foot of the editor. */
const panel = StateField.define<((view: EditorView) => Panel) | null>({
  create: () => null,
  update(shown, { effects, docChanged }) {
    for (const effect of effects) if (effect.is(setPanel)) return effect.value
    // The places were those of another text.
    return docChanged ? null : shown
  },
  provide: (field) => showPanel.from(field),
})

/** `path` is the name of the file for the service; `explain` says what the name at the cursor is. */
export function names(path: string, explain: (view: EditorView) => void): Extension {
  const run = (act: (view: EditorView) => Promise<void>) => (view: EditorView) => {
    void language.change(path, view.state.doc.toString())
    void act(view)
    return true
  }
  const rename = async (view: EditorView) => {
    const { doc, selection } = view.state
    const found = await language.rename(path, selection.main.head)
    if (doc !== view.state.doc) return
    if (found === null) say(view, EDITOR.noName)
    else if (found === 'elsewhere') say(view, EDITOR.notRenamed)
    else {
      view.dispatch({ effects: setPanel.of((shown) => renaming(shown, found)) })
      const input = view.dom.querySelector<HTMLInputElement>('[data-new-name]')
      input?.focus()
      input?.select()
    }
  }
  const define = async (view: EditorView) => {
    const { doc, selection } = view.state
    const found = await language.definition(path, selection.main.head)
    if (doc !== view.state.doc) return
    if (found === null) say(view, EDITOR.noName)
    else if (found.here) goTo(view, found.from)
    else if (found.text === null) explain(view)
    else showFile(found.file, found.text, found.from)
  }
  return [
    panel,
    Prec.high(
      keymap.of([
        { key: 'F2', preventDefault: true, run: run(rename) },
        { key: 'F12', preventDefault: true, run: run(define) },
      ]),
    ),
  ]
}

function goTo(view: EditorView, at: number): void {
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
}

/** A sentence at the foot of the editor, until the text or the sentence changes. */
function say(view: EditorView, words: string): void {
  const dom = Object.assign(document.createElement('p'), {
    className: 'editor-name',
    textContent: compose(words),
  })
  view.dispatch({ effects: [setPanel.of(() => ({ dom })), EditorView.announce.of(words)] })
}

function renaming(view: EditorView, { name, places }: Renamable): Panel {
  const dom = Object.assign(document.createElement('form'), { className: 'editor-name' })
  const label = Object.assign(document.createElement('label'), { textContent: compose(EDITOR.newName(name)) })
  const input = Object.assign(document.createElement('input'), { value: name, autocomplete: 'off' })
  input.dataset.newName = ''
  input.spellcheck = false
  label.append(' ', input)
  const go = Object.assign(document.createElement('button'), {
    className: 'small primary',
    textContent: compose(EDITOR.rename),
  })
  dom.append(label, go)
  const close = () => {
    view.dispatch({ effects: setPanel.of(null) })
    view.focus()
  }
  dom.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
  })
  dom.addEventListener('submit', (event) => {
    event.preventDefault()
    const wanted = input.value.trim()
    input.setCustomValidity(NAME.test(wanted) ? '' : compose(EDITOR.badName))
    if (!input.reportValidity()) return
    const changes = places.map(({ from, to, before, after }) => ({
      from,
      to,
      insert: before + wanted + after,
    }))
    view.dispatch({
      changes,
      effects: EditorView.announce.of(EDITOR.renamed(wanted, places.length)),
      userEvent: 'input.rename',
    })
    view.focus()
  })
  input.addEventListener('input', () => input.setCustomValidity(''))
  return { dom }
}

/** A file of the course, to be read only, at one place. */
function showFile(file: string, text: string, at: number): void {
  const dialog = Object.assign(document.createElement('dialog'), { className: 'editor-definition' })
  const head = document.createElement('header')
  const title = Object.assign(document.createElement('h2'), { textContent: `labs/${file}` })
  const close = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: compose(EDITOR.backToFile),
  })
  close.addEventListener('click', () => dialog.close())
  dialog.setAttribute('aria-label', compose(EDITOR.definition(file)))
  dialog.addEventListener('close', () => dialog.remove())
  head.append(title, close)
  const place = document.createElement('div')
  place.className = 'lab-editor'
  dialog.append(head, place)
  document.body.append(dialog)
  dialog.showModal()
  showListing(place, file, text, at)
}
