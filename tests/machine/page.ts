/** The page of the tests: asks its server for things to do, does them on the machine, and tells what it saw. */

import labs from 'tests:labs'
import type { Lab, VariantId } from '../../labs/lab.ts'
import { Client, type ClientEvents, type Control, type Sources } from '../../machine/page/client.ts'
import { playScenario, type StartProgram } from './stage.ts'

const size = { cols: 80, rows: 24 }
const machine = await Client.open('frame.html')
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

interface Options {
  deaf?: boolean
  argv?: readonly string[]
}

/** A program in a terminal of the page, from its text. */
class Program {
  /** The last megabyte that it printed. */
  output = ''
  received = 0
  lost = 0
  code: number | null = null
  readonly #control: Control
  #unread = 0
  #deaf: boolean
  #changed = () => {}

  /** `text` is its module, or the files it is made of; `deaf`: the terminal reads nothing before `hear()`. */
  constructor(text: string | { entry: string; sources: Sources }, { deaf = false, argv = [] }: Options = {}) {
    this.#deaf = deaf
    const decoder = new TextDecoder()
    const entry = 'labs/essai.ts'
    const files = typeof text === 'string' ? { entry, sources: { [entry]: text } } : text
    const launch = { ...files, argv: [`/${files.entry}`, ...argv], size }
    const end = (code: number) => {
      this.code = code
      this.#changed()
    }
    this.#control = machine.start(launch, {
      output: (bytes) => {
        this.received += bytes.length
        this.#unread += bytes.length
        this.output = (this.output + decoder.decode(bytes, { stream: true })).slice(-1_000_000)
        // As a terminal does: what is shown is told in another turn.
        if (!this.#deaf) setTimeout(() => this.#read())
        this.#changed()
      },
      event: () => {},
      lost: (bytes) => (this.lost += bytes),
      exit: end,
      full: () => end(-1),
    })
  }

  hear(): void {
    this.#deaf = false
    this.#read()
  }

  #read(): void {
    this.#control.shown(this.#unread)
    this.#unread = 0
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

/** A program of the labs. */
async function lab(entry: string, argv: readonly string[]): Promise<Program> {
  return new Program({ entry, sources: await filesOf(entry) }, { argv })
}

/** An echo server and its client: what the client hears. */
async function talk(): Promise<string> {
  const server = new Program(`import { createServer } from 'node:net'
    const s = createServer((c) => c.pipe(c)).listen(0, '127.0.0.1', () => console.log('port : ' + s.address().port))`)
  const [, port] = await server.until(/port : (\d+)/)
  const client = new Program(`import { connect } from 'node:net'
    const c = connect(${port}, '127.0.0.1', () => c.write('écho'))
    c.on('data', (bytes) => { console.log('reçu ' + bytes); process.exit() })`)
  const [, heard] = await client.until(/reçu (\S+)/)
  server.stop()
  await server.end()
  return heard!
}

/** Runs the text of a test, which may use what this page knows. */
function run(text: string, ...args: unknown[]): Promise<unknown> {
  const scope: TestPage = { Program, lab, talk }
  const AsyncFunction = run.constructor as FunctionConstructor
  return new AsyncFunction('args', `return (${text})(...args)`)([scope, ...args])
}

export interface TestPage {
  Program: typeof Program
  lab: typeof lab
  talk: typeof talk
}

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
