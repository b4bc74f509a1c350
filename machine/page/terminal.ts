/**
 * The discipline of a terminal, as Linux has it in cooked mode: echo, editing of the line, signals
 * (`icanon isig iexten echo echoe echok echoctl echoke iutf8 icrnl opost onlcr`).
 */

export interface TerminalEvents {
  /** What the screen shows. */
  show(bytes: Uint8Array): void
  /** A line is typed, with its end, or what Ctrl+D sends of it. */
  typed(bytes: Uint8Array): void
  eof(): void
  signal(name: 'SIGINT' | 'SIGQUIT'): void
}

const KEY = {
  interrupt: '\x03',
  eof: '\x04',
  quit: '\x1c',
  suspend: '\x1a',
  stop: '\x13',
  start: '\x11',
  erase: '\x7f',
  kill: '\x15',
  word: '\x17',
  reprint: '\x12',
  literal: '\x16',
} as const

/** Longest line, in bytes: the terminal of Linux rings beyond. */
const LONGEST = 4095
const LINE_FEED = 10

const utf8 = new TextEncoder()

export class Terminal {
  readonly #events: TerminalEvents
  #line: string[] = []
  /** Column of the cursor, and where the line began. */
  #column = 0
  #start = 0
  #literal = false
  /** Ctrl+S: the screen waits for Ctrl+Q. */
  #stopped = false
  #held: Uint8Array[] = []

  constructor(events: TerminalEvents) {
    this.#events = events
  }

  /** What the program prints: each end of line becomes CR LF. */
  print(bytes: Uint8Array): void {
    const last = bytes.lastIndexOf(LINE_FEED)
    if (last >= 0) this.#column = 0
    for (let at = last + 1; at < bytes.length; at += 1) if ((bytes[at]! & 0xc0) !== 0x80) this.#column += 1
    this.#show(last < 0 ? bytes : withCarriageReturns(bytes))
  }

  /** Keys typed by the learner. */
  type(keys: string): void {
    for (const key of keys) this.#press(key)
  }

  #press(key: string): void {
    if (this.#literal) {
      this.#literal = false
      this.#put(key)
      return
    }
    switch (key) {
      case KEY.interrupt:
        this.#signal('^C', 'SIGINT')
        return
      case KEY.quit:
        this.#signal('^\\', 'SIGQUIT')
        return
      case KEY.suspend:
        this.#signal('^Z')
        return
      case KEY.stop:
        this.#stopped = true
        return
      case KEY.start:
        this.#resume()
        return
      case '\r':
      case '\n':
        this.#echo('\r\n')
        this.#send('\n')
        return
      case KEY.eof:
        this.#line.length > 0 ? this.#send('') : this.#events.eof()
        return
      case KEY.erase:
        this.#erase()
        return
      case KEY.kill:
        while (this.#erase());
        return
      case KEY.word:
        this.#eraseWord()
        return
      case KEY.reprint:
        this.#echo(`^R\r\n${this.#line.map(shown).join('')}`)
        return
      case KEY.literal:
        this.#literal = true
        this.#echo('^\b')
        return
      default:
        this.#put(key)
        return
    }
  }

  #put(char: string): void {
    if (utf8.encode(this.#line.join('') + char).length > LONGEST) {
      this.#echo('\x07')
      return
    }
    if (this.#line.length === 0) this.#start = this.#column
    this.#line.push(char)
    this.#echo(shown(char))
  }

  #send(end: string): void {
    const bytes = utf8.encode(this.#line.join('') + end)
    this.#line = []
    this.#events.typed(bytes)
  }

  #signal(echo: string, name?: 'SIGINT' | 'SIGQUIT'): void {
    this.#line = []
    this.#echo(echo)
    if (name) this.#events.signal(name)
  }

  #erase(): boolean {
    const char = this.#line.pop()
    if (char === undefined) return false
    if (char === '\t') this.#echo('\b'.repeat(Math.max(0, this.#column - this.#columnOfLine())))
    else this.#echo('\b \b'.repeat([...shown(char)].length))
    return true
  }

  /** Where the cursor stands after what is left of the line. */
  #columnOfLine(): number {
    return this.#line.reduce(
      (column, char) => (char === '\t' ? nextStop(column) : column + shown(char).length),
      this.#start,
    )
  }

  #eraseWord(): void {
    let inWord = false
    for (let last = this.#line.at(-1); last !== undefined; last = this.#line.at(-1)) {
      const ofWord = /[\p{L}\p{N}_]/u.test(last) || last.charCodeAt(0) > 127
      if (inWord && !ofWord) return
      inWord ||= ofWord
      this.#erase()
    }
  }

  #echo(text: string): void {
    if (text === '') return
    this.#show(utf8.encode(text))
    for (const char of text) {
      if (char === '\r') this.#column = 0
      else if (char === '\b') this.#column = Math.max(0, this.#column - 1)
      else if (char === '\t') this.#column = nextStop(this.#column)
      else if (char !== '\n') this.#column += 1
    }
  }

  #show(bytes: Uint8Array): void {
    if (this.#stopped) this.#held.push(bytes)
    else this.#events.show(bytes)
  }

  #resume(): void {
    this.#stopped = false
    for (const bytes of this.#held.splice(0)) this.#events.show(bytes)
  }
}

/** A control character is shown as `^X`. */
function shown(char: string): string {
  const code = char.codePointAt(0)!
  return char !== '\t' && (code < 32 || code === 127) ? `^${String.fromCharCode(code ^ 64)}` : char
}

function nextStop(column: number): number {
  return (column | 7) + 1
}

function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  const ends = bytes.reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0)
  const all = new Uint8Array(bytes.length + ends)
  let at = 0
  for (const byte of bytes) {
    if (byte === LINE_FEED) all[at++] = 13
    all[at++] = byte
  }
  return all
}
