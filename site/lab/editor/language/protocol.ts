/** What the editor asks about a program, and what it is answered. Positions count UTF-16 units from the start of a text. */

export interface Span {
  from: number
  to: number
}

/** A mistake, or what could be better. */
export interface Finding extends Span {
  severity: 'error' | 'warning' | 'info'
  message: string
  /** One more sentence, where the message alone would not help. */
  hint: string | null
  /** It is of no use: shown pale. */
  unused: boolean
  fixes: readonly Fix[]
}

export interface TextEdit extends Span {
  insert: string
}

/** What mends a mistake, all of it in the file itself. */
export interface Fix {
  title: string
  edits: readonly TextEdit[]
}

/** What a name is: its declaration, and its documentation in Markdown. */
export interface Help extends Span {
  title: string
  markdown: string
}

export interface Suggestion {
  label: string
  kind: string
  /** The smaller, the better. */
  rank: number
  /** The module that it would be imported from; null when it is at hand. */
  source: string | null
}

/** A suggestion, told in full; `edits` are what it changes beside the name itself: an import. */
export interface Description extends Omit<Help, keyof Span> {
  edits: readonly TextEdit[]
}

/** How a function is called; `active` is the parameter where the cursor is. */
export interface Signature {
  label: string
  markdown: string
  active: Span | null
}

/** Where a name is written, and what stands around the new one there: `{ port }` becomes `{ port: numero }`. */
export interface NamePlace extends Span {
  before: string
  after: string
}

/** A name that may be another one: it is declared in this file, and used nowhere else. */
export interface Renamable extends Span {
  name: string
  places: readonly NamePlace[]
}

/** Where a name is declared; `text` is that of its file when it is another one that may be shown, null for Node's own. */
export interface Definition extends Span {
  /** From the folder of the labs: `qt-network/qtcpserver.ts`. */
  file: string
  here: boolean
  text: string | null
}

/** The questions, each about the file at hand as it was last told. */
export interface Language {
  /** Gives the text of a file of the learner: the one at hand, or one beside it. */
  change(path: string, text: string): void
  findings(path: string): Finding[]
  help(path: string, at: number): Help | null
  suggest(path: string, at: number, trigger: string | null): Suggestion[]
  describe(path: string, at: number, suggestion: Pick<Suggestion, 'label' | 'source'>): Description | null
  signature(path: string, at: number): Signature | null
  /** `elsewhere`: other files use or declare the name, which are not ours to change. Null where there is no name. */
  rename(path: string, at: number): Renamable | 'elsewhere' | null
  definition(path: string, at: number): Definition | null
}
