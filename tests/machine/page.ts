/** The page of the tests: asks its server for things to do, does them on the machine, and tells what it saw. */

import labs from 'tests:labs'
import type { Lab, VariantId } from '../../labs/lab.ts'
import { Client, type ClientEvents, type Control, type Sources } from '../../machine/page/client.ts'
import { playScenario, type StartProgram } from './stage.ts'

const size = { cols: 80, rows: 24 }
let machine = await Client.open('frame.html')
const sources = new Map<string, Promise<Sources>>()

/** The files of a program, as its server gives them. */
function filesOf(entry: string): Promise<Sources> {
  const known = sources.get(entry) ?? fetch(`sources?${entry}`).then((answer) => answer.json())
  sources.set(entry, known)
  return known
}

/** Starts a program once its files are there: what is asked meanwhile is done then. */
const start: StartProgram = (file, args, heard) => {
  const events: ClientEvents = {
    ...heard,
    lost: (bytes) => heard.output(new TextEncoder().encode(`[${bytes} lost]`)),
    full: () => heard.exit(-1),
  }
  const control = filesOf(file).then((files) =>
    machine.start({ entry: file, sources: files, argv: [`/${file}`, ...args], size }, events),
  )
  const later = (act: (control: Control) => void) => void control.then(act)
  return {
    type: (keys) => later((one) => one.type(keys)),
    stop: () => later((one) => one.stop()),
    shown: (bytes) => later((one) => one.shown(bytes)),
  }
}

/** A program in a terminal of the page. */
class Program {
  output = ''
  code: number | null = null
  readonly #control: Control
  #changed = () => {}

  constructor(text: string, argv: readonly string[] = [], others: Sources = {}) {
    const decoder = new TextDecoder()
    const change = () => this.#changed()
    const sources = { 'labs/essai.ts': text, ...others }
    const control = machine.start(
      { entry: 'labs/essai.ts', sources, argv: ['/labs/essai.ts', ...argv], size },
      {
        output: (bytes) => {
          this.output = (this.output + decoder.decode(bytes, { stream: true })).slice(-1_000_000)
          queueMicrotask(() => control.shown(bytes.length))
          change()
        },
        lost: () => {},
        exit: (code) => {
          this.code = code
          change()
        },
        full: () => {
          this.code = -1
          change()
        },
      },
    )
    this.#control = control
  }

  type(keys: string): void {
    this.#control.type(keys)
  }

  stop(): void {
    this.#control.stop()
  }

  async until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output)
      if (match) return match
      if (this.code !== null)
        throw new Error(`ended (${this.code}) before ${pattern}: ${this.output.slice(-2000)}`)
      await new Promise<void>((resolve) => (this.#changed = resolve))
    }
  }

  async end(): Promise<number> {
    while (this.code === null) await new Promise<void>((resolve) => (this.#changed = resolve))
    return this.code
  }
}

function play(id: string, first: VariantId, others: VariantId): Promise<string> {
  return playScenario(id, (labs as Record<string, Lab>)[id]!, first, others, start)
}

/** Runs the text of a test, which may use what this page knows. */
function run(text: string): Promise<unknown> {
  const scope = { Program, filesOf, reopen }
  const AsyncFunction = run.constructor as FunctionConstructor
  return new AsyncFunction('page', `return (${text})(page)`)(scope)
}

async function reopen(): Promise<void> {
  machine.close()
  machine = await Client.open('frame.html')
}

export type TestPage = { Program: typeof Program; filesOf: typeof filesOf; reopen: typeof reopen }

const JOBS: Record<string, (...args: never[]) => Promise<unknown>> = { play, run }

for (;;) {
  const job: { name: string; args: never[] } | null = await (await fetch('next')).json()
  if (!job) break
  const result = await JOBS[job.name]!(...job.args).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: String(error instanceof Error ? error.stack : error) }),
  )
  await fetch('result', { method: 'POST', body: JSON.stringify(result) })
}
