/** The machine in Node: the very scripts of the page, each in a worker thread that is given the ways of a web worker. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { buildParts } from '../../machine/build.ts'
import type { Parts, Startable } from '../../machine/page/border.ts'
import { Door } from '../../machine/page/door.ts'
import { link, type Sources } from '../../machine/page/linker.ts'
import { Machine, type ProgramEvents, type Running, type Size } from '../../machine/page/machine.ts'
import { surroundings } from '../../machine/page/surroundings.ts'

/** What a web worker has and a thread of Node has not; run before the script. */
const PRELUDE = `
import { registerHooks } from 'node:module'
import { parentPort, workerData, Worker as Thread } from 'node:worker_threads'
registerHooks({
  resolve: (url, context, next) =>
    url.startsWith('machine:') ? { url, shortCircuit: true } : next(url, context),
  load: (url, context, next) =>
    url.startsWith('machine:')
      ? { format: 'module', source: workerData.modules[url], shortCircuit: true }
      : next(url, context),
})
class Worker {
  #thread = new Thread(workerData.prelude, { workerData })
  constructor() { this.#thread.on('message', (data) => this.onmessage?.({ data })) }
  postMessage(message, transfer) { this.#thread.postMessage(message, transfer) }
  terminate() { return this.#thread.terminate() }
}
const real = process
const listen = {
  message: (listener) => parentPort.on('message', (data) => listener({ data })),
  error: (listener) => real.on('uncaughtException', (error) => listener({ error, preventDefault() {} })),
  unhandledrejection: (listener) =>
    real.on('unhandledRejection', (reason) => listener({ reason, preventDefault() {} })),
}
Object.assign(globalThis, {
  Worker,
  postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  addEventListener: (type, listener) => listen[type](listener),
})
parentPort.on('message', (data) => globalThis.onmessage?.({ data }))
const { readFileSync } = await import('node:fs')
const { constants, runInThisContext } = await import('node:vm')
const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
runInThisContext(readFileSync(workerData.script, 'utf8'), { filename: workerData.script, importModuleDynamically })
`

export class MachineInNode {
  readonly machine: Machine
  readonly #modules: Record<string, string> = {}
  readonly #around: ReturnType<typeof surroundings>
  readonly #probe: string

  constructor(parts: Parts) {
    const folder = mkdtempSync(join(tmpdir(), 'machine-'))
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const prelude = file('prelude.mjs', PRELUDE)
    const kernel = file('kernel.js', parts.kernel)
    const role = file('role.js', parts.role)
    const start = (script: string) => asWebWorker(prelude, { script, prelude, modules: this.#modules })
    this.machine = new Machine({ kernel: () => start(kernel), program: () => start(role), script: role })
    this.#around = surroundings(parts.exported, parts.shared, (path, text) => {
      const url = `machine:${Object.keys(this.#modules).length}/${path}`
      this.#modules[url] = text
      return url
    })
    this.#probe = link('probe', { probe: parts.probe }, this.#around).url
  }

  static async open(): Promise<MachineInNode> {
    return new MachineInNode(await buildParts())
  }

  /** Starts a program of `sources`. */
  start(
    entry: string,
    sources: Sources,
    args: readonly string[],
    events: ProgramEvents,
    documents: Readonly<Record<string, string | Uint8Array>> = {},
    size: Size = { cols: 80, rows: 24 },
    programs?: Readonly<Record<string, Startable>>,
  ): Running {
    const { url, names } = link(entry, sources, this.#around)
    const program = { url, names, argv: [`/${entry}`, ...args], probe: this.#probe, documents }
    if (!programs) return this.machine.start(program, size, events)!
    const door = new Door(({ name, argv, documents: given }, heard) => {
      const wanted = programs[name]!
      return this.start(wanted.entry, wanted.sources, argv, heard, given)
    })
    const exit = (code: number) => {
      door.close()
      events.exit(code)
    }
    return this.machine.start(program, size, { ...events, exit }, door.far)!
  }

  close(): void {
    this.machine.close()
  }
}

function asWebWorker(prelude: string, workerData: object) {
  const thread = new Worker(prelude, { workerData, stdout: false, stderr: false })
  const worker = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    onerror: null as ((event: { message: string }) => void) | null,
    postMessage: (message: unknown, transfer: never[]) => thread.postMessage(message, transfer),
    terminate: () => void thread.terminate(),
  }
  thread.on('message', (data) => worker.onmessage?.({ data }))
  thread.on('error', (error: Error) => worker.onerror?.({ message: String(error.stack) }))
  return worker as unknown as globalThis.Worker
}
