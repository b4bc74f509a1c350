/** The mistakes, as a list that one reads and follows with the keyboard: each leads to its line, and may mend it. */
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import type { Line } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { EDITOR } from '../../texts.ts'
import { compose } from '../../typography.ts'
import type { Blame } from './gcc.ts'
import type { Finding, Fix } from './language/protocol.ts'

/** More would tell a beginner nothing: the first ones make the others. */
const SHOWN = 5

export class FindingList {
  readonly #list: HTMLElement
  readonly #view: () => EditorView | null

  constructor(list: HTMLElement, view: () => EditorView | null) {
    this.#list = list
    this.#view = view
  }

  show(findings: readonly Finding[]): void {
    const view = this.#view()
    if (!view) {
      this.#list.replaceChildren()
      return
    }
    this.#list.replaceChildren(...findings.slice(0, SHOWN).map((finding) => this.#row(finding, view)))
    const errors = findings.filter(({ severity }) => severity === 'error').length
    this.#list.dataset.errors = String(errors)
    view.dispatch({ effects: EditorView.announce.of(EDITOR.findings(errors, findings.length - errors)) })
  }

  /** Marks the lines that the compiler blames, and lists them: in French first, where there is a hint. */
  blame(blames: readonly Blame[]): void {
    const view = this.#view()
    if (!view) return
    const findings = blames.map(({ line, said, hint }): Finding => {
      const { from, to, text } = lineOf(view, line)
      const start = from + text.search(/\S|$/)
      const [message, more] = hint ? [hint, said] : [said, null]
      return { from: start, to, severity: 'error', message, hint: more, unused: false, fixes: [] }
    })
    view.dispatch(setDiagnostics(view.state, findings.map(diagnosticOf)))
    this.show(findings)
  }

  /** Puts the keyboard on a line. */
  goTo(line: number): void {
    const view = this.#view()
    if (!view) return
    const { from } = lineOf(view, line)
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    view.focus()
  }

  #row({ from, severity, message, hint, fixes }: Finding, view: EditorView): HTMLElement {
    const line = view.state.doc.lineAt(from).number
    const row = document.createElement('li')
    row.dataset.severity = severity
    const place = button(EDITOR.finding(line, message), () => this.#go(from))
    row.append(place)
    if (hint) row.append(Object.assign(document.createElement('span'), { textContent: compose(hint) }))
    row.append(...fixes.slice(0, 2).map((fix) => button(fix.title, () => this.#mend(fix), 'small')))
    return row
  }

  #go(from: number): void {
    const view = this.#view()
    if (!view) return
    // The text may be shorter since.
    const at = Math.min(from, view.state.doc.length)
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
    view.focus()
  }

  #mend({ edits }: Fix): void {
    const view = this.#view()
    view?.dispatch({ changes: [...edits], userEvent: 'input.fix' })
    view?.focus()
  }
}

/** The line of this number, or the nearest one. */
function lineOf({ state: { doc } }: EditorView, line: number): Line {
  return doc.line(Math.min(Math.max(1, line), doc.lines))
}

/** A mistake as the editor underlines it. */
export function diagnosticOf({ from, to, severity, message, hint, unused }: Finding): Diagnostic {
  return {
    from,
    to,
    severity,
    message: hint ? `${message}\n${hint}` : message,
    ...(unused && { markClass: 'unused' }),
  }
}

function button(text: string, run: () => void, className = 'link'): HTMLButtonElement {
  const made = document.createElement('button')
  Object.assign(made, { type: 'button', className, textContent: compose(text) })
  made.addEventListener('click', run)
  return made
}
