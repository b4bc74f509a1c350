/**
 * The scenario language in which the behaviour of real Qt was recorded: statements separated by `;` or line ends.
 * `tcp c` creates an object, `c.write Bonjour` calls it, `wait c.connected` waits for a signal,
 * `on c.disconnected c.close` makes a call inside a slot, at the next emission: said twice, at the next two.
 */

export interface Statement {
  /** `tcp`, `server`, `udp` (creation), `wait`, `waitcount`, `waitbytes`, `sleep`, `block`, `on`, or `call`. */
  kind: 'create' | 'wait' | 'waitcount' | 'waitbytes' | 'sleep' | 'block' | 'on' | 'call'
  /** The object concerned; empty for `sleep` and `block`. */
  object: string
  /** The class created, the signal awaited, or the verb called. */
  name: string
  /** Arguments, with quotes and escapes resolved; `bytesOf()` gives the bytes of one. */
  args: string[]
  /** Arguments as they are echoed: without quotes, escapes left as they are. */
  echo: string
  /** The statement's text, as written. */
  text: string
  /** What an `on` calls inside the slot. */
  slot?: Statement
}

export interface Scenario {
  statements: Statement[]
  /** `[hors-api]`: uses what the twin deliberately leaves out. */
  outsideApi: boolean
  /** `[variable]`: the number of readyRead depends on the run. */
  variable: boolean
}

/** A statement that the language does not have. */
export class OutsideLanguage extends Error {}

const CLASSES = new Set(['tcp', 'server', 'udp'])

/** @throws OutsideLanguage, with the statement, when one is not in the language. */
export function parseScenario(source: string): Scenario {
  const comments: string[] = []
  const statements: Statement[] = []
  for (const line of source.split(/\r?\n/)) {
    if (/^\s*#/.test(line)) comments.push(line)
    else for (const text of splitStatements(line)) statements.push(parseStatement(text))
  }
  const notes = comments.join('\n')
  return {
    statements,
    outsideApi: notes.includes('[hors-api]'),
    variable: notes.includes('[variable]'),
  }
}

function splitStatements(line: string): string[] {
  const parts = line.match(/(?:"(?:\\.|[^"\\])*"|[^;"])+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

export function parseStatement(text: string): Statement {
  const words = text.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? []
  const [first = '', ...rest] = words
  const args = rest.map((word) => unescapeText(unquote(word)))
  const base = { args, echo: rest.map(unquote).join(' '), text }
  const [target = '', signal = ''] = (args[0] ?? '').split('.')
  if (CLASSES.has(first)) return { ...base, kind: 'create', object: args[0] ?? '', name: first }
  if (first === 'wait' || first === 'waitcount') {
    return { ...base, kind: first, object: target, name: signal, args: args.slice(1) }
  }
  if (first === 'waitbytes') return { ...base, kind: first, object: target, name: '', args: args.slice(1) }
  if (first === 'sleep') return { ...base, kind: first, object: '', name: first }
  if (first === 'block' || first === 'blockLoop') return { ...base, kind: 'block', object: '', name: first }
  if (first === 'on') return { ...base, kind: first, object: target, name: signal, slot: slotOf(text) }
  const call = /^(\w+)\.(\w+)$/.exec(first)
  if (call === null) throw new OutsideLanguage(`statement outside the language: ${text}`)
  return { ...base, kind: 'call', object: call[1]!, name: call[2]! }
}

/** What `on OBJECT.SIGNAL` is followed by: something that takes no time, as a slot. */
function slotOf(text: string): Statement {
  const slot = parseStatement(text.replace(/^on\s+\S+\s*/, ''))
  if (slot.kind === 'call' || slot.kind === 'create' || slot.kind === 'block') return slot
  throw new OutsideLanguage(`statement outside the language: ${text}`)
}

function unquote(word: string): string {
  return word.length >= 2 && word.startsWith('"') && word.endsWith('"') ? word.slice(1, -1) : word
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' }

/** A byte that is no character (`\xE9`) is held as a lone surrogate, U+DC80 to U+DCFF, which no text contains. */
const LONE_BYTE = 0xdc00

function unescapeText(word: string): string {
  return word.replace(/\\(?:x([\da-fA-F]{2})|(.))/g, (_, hex: string | undefined, letter: string) => {
    if (hex === undefined) return ESCAPES[letter] ?? letter
    const code = Number.parseInt(hex, 16)
    return String.fromCharCode(code < 0x80 ? code : LONE_BYTE + code)
  })
}

/** The bytes of an argument: its text in UTF-8, and each `\xHH` as the byte it names. */
export function bytesOf(text: string): Buffer {
  const parts = text.split(/(?<![\ud800-\udbff])([\udc80-\udcff])/)
  return Buffer.concat(
    parts.map((part, i) => (i % 2 === 0 ? Buffer.from(part) : Buffer.from([part.charCodeAt(0) - LONE_BYTE]))),
  )
}
