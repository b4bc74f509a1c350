/** Code as HTML, coloured with the tokens of the page; one element a line. */
import { createCssVariablesTheme, createHighlighter } from 'shiki'
import { LANGS, type Lang } from './langs.ts'
import { SUBGOALS } from './subgoals.ts'

const theme = createCssVariablesTheme({ name: 'prise-directe', variablePrefix: '--pd-code-' })
const highlighter = await createHighlighter({ themes: [theme], langs: [...LANGS] })

const SUBGOAL = new RegExp(`^//\\s*(${SUBGOALS.join('|')})\\s*$`)

/** How the theme writes the colour of a token. */
const TOKEN = /^color:var\(--pd-code-(?:token-)?([\w-]+)\)$/

/** Qt methods and the system call under them. */
const SYSTEM_CALLS: Record<string, string> = {
  bind: 'bind()',
  listen: 'bind() + listen()',
  nextPendingConnection: 'accept()',
  connectToHost: 'connect()',
  writeDatagram: 'sendto()',
  readDatagram: 'recvfrom()',
  receiveDatagram: 'recvfrom()',
  write: 'send()',
  readAll: 'recv()',
  disconnectFromHost: 'close()',
  joinMulticastGroup: 'setsockopt()',
}

/**
 * The listing as HTML. `numbers` are those of its lines in the source. `twins` gives a line (from 0) the name it shares with its twin; the first can be focused, the arrows lead to the others.
 * A comment that is a sub-goal becomes its label, a line that hides a system call says which.
 */
export function highlight(
  code: string,
  lang: Lang,
  twins: ReadonlyMap<number, string> = new Map(),
  numbers: readonly number[] = [],
): string {
  return highlighter.codeToHtml(code, {
    lang,
    theme: 'prise-directe',
    transformers: [
      {
        pre(node) {
          // Out of sight it is not laid out: its place is kept, by its number of lines.
          node.properties.style = `--lines:${code.split('\n').length}`
        },
        span(node) {
          const [text] = node.children
          const classes: string[] = []
          // A class for a style: a page has thousands of them.
          const token = TOKEN.exec(String(node.properties.style))?.[1]
          if (token) {
            delete node.properties.style
            if (token !== 'foreground') classes.push(`t-${token}`)
          }
          // Where a line wraps, an arrow stays whole.
          if (text?.type === 'text' && text.value.trim() === '->') classes.push('pd-arrow')
          if (classes.length > 0) node.properties.class = classes.join(' ')
        },
        line(node, number) {
          const source = code.split('\n')[number - 1] ?? ''
          const margin = source.length - source.trimStart().length
          node.properties.style = `--indent:${margin}ch`
          const line = numbers[number - 1]
          if (line !== undefined) node.properties['data-line'] = line
          const subgoal = SUBGOAL.exec(source.trim())?.[1]
          if (subgoal) {
            node.properties['data-text'] = source
            node.children = [
              { type: 'text', value: source.slice(0, margin) },
              {
                type: 'element',
                tagName: 'span',
                properties: { class: 'pd-subgoal' },
                children: [{ type: 'text', value: subgoal }],
              },
            ]
          }
          const twin = twins.get(number - 1)
          if (twin) Object.assign(node.properties, { 'data-twin': twin, tabindex: twin === '0' ? '0' : '-1' })
          const method = /(?:->|\.)(\w+)\(/.exec(source)?.[1]
          const call = method && Object.hasOwn(SYSTEM_CALLS, method) ? SYSTEM_CALLS[method] : undefined
          if (call) node.properties['data-call'] = call
        },
      },
    ],
  })
}
