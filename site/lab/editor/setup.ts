/** What every text of the editor has: colours, keys, French. The keyboard always finds its way out: Escape, then Tab. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { cpp } from '@codemirror/lang-cpp'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { CODE_MIRROR } from '../../texts.ts'

/** The colours of the listings. */
const COLOURS = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.self, tags.modifier, tags.controlKeyword, tags.definitionKeyword],
    color: 'var(--pd-code-token-keyword)',
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--pd-code-token-string)' },
  { tag: tags.comment, color: 'var(--pd-code-token-comment)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.typeName, tags.className],
    color: 'var(--pd-code-token-function)',
  },
  { tag: [tags.punctuation, tags.bracket, tags.separator], color: 'var(--pd-code-token-punctuation)' },
])

/** On the keyboards of France, AltGr makes `[` and `\`: these keys must stay letters. */
const LETTERS = /^(Ctrl|Mod)-Alt-[\\[]$/
const withoutLetters = (keys: readonly KeyBinding[]) => keys.filter(({ key }) => !LETTERS.test(key ?? ''))

/** To show a text, also beside another one. */
export function reading(file: string): Extension {
  return [
    lineNumbers(),
    highlightSpecialChars(),
    syntaxHighlighting(COLOURS),
    file.endsWith('.ts') ? javascript({ typescript: true }) : cpp(),
    EditorState.phrases.of(CODE_MIRROR),
    EditorState.tabSize.of(2),
  ]
}

/** To mend a text that is shown beside another one: the keys of every editor, and undoing. */
export function mending(): Extension {
  return [history(), keymap.of([...withoutLetters(defaultKeymap), ...historyKeymap])]
}

/** To write one; `keys` come before all others. */
export function writing(file: string, label: string, helpId: string, keys: readonly KeyBinding[]): Extension {
  return [
    reading(file),
    // The panel would cut them.
    tooltips({ parent: document.body }),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    keymap.of([
      ...keys,
      ...closeBracketsKeymap,
      ...withoutLetters(defaultKeymap),
      ...historyKeymap,
      ...searchKeymap,
      ...completionKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      // Editable is focusable already; checkers look for this.
      tabindex: '0',
      'aria-label': label,
      'aria-describedby': helpId,
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
      translate: 'no',
    }),
  ]
}
