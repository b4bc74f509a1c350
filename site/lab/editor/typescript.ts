/** What the editor of a TypeScript program offers: completion, documentation, signatures, and the list of mistakes. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { setDiagnostics } from '@codemirror/lint'
import { type Extension, Prec, StateEffect, StateField } from '@codemirror/state'
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view'
import { diagnosticOf } from './findings.ts'
import { language } from './language/client.ts'
import type { Finding, Signature, Suggestion } from './language/protocol.ts'
import { helpBox } from './markdown.ts'
import { names } from './names.ts'

/** Between the last change and the next look for mistakes, in ms. */
const CHECK_DELAY = 300
const HOVER_DELAY = 300
const WORD = /[\w$\u00c0-\u024f#]*/
const TYPES: Readonly<Record<string, string>> = {
  method: 'method',
  property: 'property',
  class: 'class',
  interface: 'interface',
  function: 'function',
  enum: 'enum',
  keyword: 'keyword',
  type: 'type',
  module: 'namespace',
  const: 'constant',
}

/** `path` is the name of the file for the service; `found` is told the mistakes each time they are looked for. */
export function typescript(path: string, found: (findings: readonly Finding[]) => void): Extension {
  return [
    autocompletion({ override: [(context) => complete(path, context)] }),
    help(path),
    signatures(path),
    mistakes(path, found),
    names(path, (view) => void explain(path, view)),
  ]
}

/** Tells the service the text as it is now. */
function tell(path: string, view: { state: EditorView['state'] }): void {
  void language.change(path, view.state.doc.toString())
}

function mistakes(path: string, found: (findings: readonly Finding[]) => void): Extension {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async (view: EditorView) => {
    const { doc } = view.state
    tell(path, view)
    const findings = await language.findings(path)
    // What was found in an older text is about nothing.
    if (!findings || doc !== view.state.doc) return
    view.dispatch(setDiagnostics(view.state, findings.map(diagnosticOf)))
    found(findings)
  }
  return [
    EditorView.updateListener.of(({ docChanged, view }) => {
      if (!docChanged) return
      clearTimeout(timer)
      timer = setTimeout(() => void look(view), CHECK_DELAY)
    }),
    EditorView.domEventHandlers({ focus: (_event, view) => void look(view) }),
  ]
}

async function complete(path: string, context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(WORD)!
  const member = context.state.sliceDoc(word.from - 1, word.from) === '.'
  if (!context.explicit && word.from === word.to && !member) return null
  tell(path, context)
  const { pos } = context
  const found = await language.suggest(path, pos, member && word.from === word.to ? '.' : null)
  if (!found || context.aborted) return null
  return {
    from: word.from,
    validFor: /^[\w$\u00c0-\u024f]*$/,
    options: found.map((suggestion) => optionOf(path, pos, suggestion)),
  }
}

function optionOf(path: string, pos: number, suggestion: Suggestion): Completion {
  const { label, kind, rank, source } = suggestion
  const describe = () => language.describe(path, pos, { label, source })
  const plain: Completion = {
    label,
    type: TYPES[kind] ?? 'variable',
    boost: 50 - 3 * rank,
    info: async () => {
      const described = await describe()
      return described && helpBox(described.title, described.markdown)
    },
  }
  if (source === null) return plain
  // Taken, it is imported too.
  return {
    ...plain,
    detail: source,
    apply: async (view, _completion, from, to) => {
      const edits = (await describe())?.edits ?? []
      view.dispatch({ changes: [{ from, to, insert: label }, ...edits], userEvent: 'input.complete' })
    },
  }
}

function help(path: string): Extension {
  return hoverTooltip(
    async (view, pos) => {
      tell(path, view)
      const found = await language.help(path, pos)
      if (!found) return null
      const { from, to, title, markdown } = found
      return { pos: from, end: to, above: true, create: () => ({ dom: helpBox(title, markdown) }) }
    },
    { hoverTime: HOVER_DELAY },
  )
}

const setTooltip = StateEffect.define<Tooltip | null>()
/** What explains the call or the name at the cursor, until Escape or the end of the call. */
const tooltip = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, changes, docChanged }) {
    for (const effect of effects) if (effect.is(setTooltip)) return effect.value
    return shown && docChanged ? { ...shown, pos: changes.mapPos(shown.pos) } : shown
  },
  provide: (field) => showTooltip.from(field),
})

function signatures(path: string): Extension {
  const at = (view: EditorView) => view.state.selection.main.head
  const show = async (view: EditorView) => {
    const pos = at(view)
    tell(path, view)
    const found = await language.signature(path, pos)
    if (at(view) !== pos) return
    view.dispatch({ effects: setTooltip.of(found && signatureTooltip(pos, found)) })
  }
  const leave = (view: EditorView) => {
    if (!view.state.field(tooltip)) return false
    view.dispatch({ effects: setTooltip.of(null) })
    return true
  }
  return [
    tooltip,
    Prec.high(
      keymap.of([
        { key: 'Escape', run: leave },
        {
          key: 'F1',
          preventDefault: true,
          run: (view) => {
            void explain(path, view)
            return true
          },
        },
      ]),
    ),
    EditorView.updateListener.of(({ docChanged, selectionSet, view, state }) => {
      if (!docChanged && !selectionSet) return
      const opens = docChanged && /[(,]/.test(state.sliceDoc(at(view) - 1, at(view)))
      if (opens || state.field(tooltip)) void show(view)
    }),
  ]
}

/** What the name at the cursor is, shown above it. */
async function explain(path: string, view: EditorView): Promise<void> {
  const pos = view.state.selection.main.head
  tell(path, view)
  const found = await language.help(path, pos)
  if (!found || view.state.selection.main.head !== pos) return
  const create = () => ({ dom: helpBox(found.title, found.markdown) })
  view.dispatch({
    effects: [setTooltip.of({ pos, above: true, create }), EditorView.announce.of(found.title)],
  })
}

function signatureTooltip(pos: number, { label, markdown, active }: Signature): Tooltip {
  const create = () => {
    const dom = helpBox(label, markdown)
    if (active) {
      const current = Object.assign(document.createElement('b'), {
        textContent: label.slice(active.from, active.to),
      })
      dom.querySelector('pre')!.replaceChildren(label.slice(0, active.from), current, label.slice(active.to))
    }
    return { dom }
  }
  return { pos, above: true, create }
}
