/** What a learner sees of the building of a program: how far it is, then how it ended; what the tools say only if it failed. */
import { StringDecoder } from 'node:string_decoder'
import { stripVTControlCharacters } from 'node:util'

/** How far a build is, as Ninja counts; Make counts in hundredths. */
export interface Progress {
  done: number
  total: number
}

const NINJA = /^\[\s*(\d+)\/(\d+)\]/
const MAKE = /^\[\s*(\d+)%\]/
/** What the tools say of themselves. After `FAILED` Ninja writes the command. */
const OF_TOOLS = /^(ninja|g?make)\b|^FAILED:/
/** Back to the start of the line, which is erased. */
const AGAIN = '\r\x1b[2K'

/** The building of `program` in a terminal. Each method gives what to print there. */
export class BuildLog {
  readonly #program: string
  readonly #began = performance.now()
  #decoder = new StringDecoder('utf8')
  #line = ''
  /** What the last step said, but for its progress. */
  #said: string[] = []
  #command = false
  progress: Progress | null = null

  constructor(program: string) {
    this.#program = program
  }

  /** A step begins: what those before it said no longer matters. */
  step(): string {
    this.#decoder = new StringDecoder('utf8')
    this.#line = ''
    this.#said = []
    return `${AGAIN}Compilation de ${this.#program}…${this.#count()}`
  }

  push(chunk: Buffer): string {
    // Ninja writes its progress again and again in one line.
    const lines = (this.#line + this.#decoder.write(chunk)).split(/[\r\n]+/)
    this.#line = lines.pop() ?? ''
    const before = this.progress
    for (const line of lines) this.#read(stripVTControlCharacters(line))
    return this.progress === before ? '' : `${AGAIN}Compilation de ${this.#program}…${this.#count()}`
  }

  #read(line: string): void {
    const [ninja, make] = [NINJA.exec(line), MAKE.exec(line)]
    if (ninja) this.progress = { done: Number(ninja[1]), total: Number(ninja[2]) }
    else if (make) this.progress = { done: Number(make[1]), total: 100 }
    else if (!this.#command && !OF_TOOLS.test(line)) this.#said.push(line)
    this.#command = line.startsWith('FAILED:')
  }

  #count(): string {
    return this.progress ? ` ${this.progress.done} sur ${this.progress.total}` : ''
  }

  succeeded(): string {
    const seconds = Math.max(1, Math.round((performance.now() - this.#began) / 1000))
    return `${AGAIN}Compilé en ${seconds} s.\r\n`
  }

  /** The build could not even begin: the folder where it works refused. */
  impossible({ code, message }: NodeJS.ErrnoException): string {
    const why = code === 'ENOSPC' ? 'le disque est plein' : 'son dossier ne peut pas être écrit'
    return (
      `${AGAIN}La compilation de ${this.#program} est impossible : ${why} (${message}).\r\n` +
      'Faire de la place, ou nommer un autre dossier dans PRISE_DIRECTE_ETAT, puis relancer le cours.\r\n'
    )
  }

  failed(): string {
    const said = [...this.#said, this.#line].filter((line) => line !== '')
    return [`${AGAIN}La compilation de ${this.#program} a échoué :`, ...said, ''].join('\r\n')
  }
}
