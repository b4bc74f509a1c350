/** How an error that nothing caught is told: as Node does, with the learner's own lines. */
import type { Program } from '../messages.ts'

type Inspect = (value: unknown) => string

/** Tells errors of a program; the lines of `hidden` scripts, those of the machine, are not shown. */
export class Traces {
  readonly #names: Program['names']
  readonly #hidden: readonly string[]
  readonly #inspect: () => Inspect

  constructor(names: Program['names'], hidden: readonly string[], inspect: () => Inspect) {
    this.#names = names
    this.#hidden = hidden
    this.#inspect = inspect
  }

  tell(error: unknown): string {
    const inspect = this.#inspect()
    if (!(error instanceof Error)) {
      return `Uncaught:\n${inspect(error)}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)`
    }
    const stack = this.#rewritten(error)
    Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true })
    return `${this.#excerpt(stack)}${inspect(error)}`
  }

  /** The stack in the form of V8, with the names of the modules and without the machine. */
  #rewritten(error: Error): string {
    const raw = String(error.stack ?? '')
    const head = `${error.name}: ${error.message}`
    const ofV8 = /^\s+at /m.test(raw) || raw.startsWith(head)
    const lines = ofV8 ? raw.split('\n') : [head, ...raw.split('\n').map(fromFirefox)]
    return lines
      .filter((line) => line !== '' && !this.#hidden.some((script) => line.includes(script)))
      .map((line) => this.#named(line))
      .join('\n')
  }

  #named(line: string): string {
    return this.#names.reduce((text, [url, { path }]) => text.replaceAll(url, path), line)
  }

  /** The line where it happened, underlined as Node does. */
  #excerpt(stack: string): string {
    for (const [, path, line, column] of stack.matchAll(/([^\s()@]+):(\d+):(\d+)\)?$/gm)) {
      const module = this.#names.find(([, one]) => one.path === path)?.[1]
      if (!module) continue
      const code = module.text.split('\n')[Number(line) - 1] ?? ''
      return `${path}:${line}\n${code}\n${' '.repeat(Number(column) - 1)}^\n\n`
    }
    return ''
  }
}

/** `name@url:line:column` */
function fromFirefox(line: string): string {
  const [, name, place] = /^(.*?)@(.*)$/.exec(line) ?? []
  if (place === undefined) return line
  return name ? `    at ${name} (${place})` : `    at ${place}`
}
