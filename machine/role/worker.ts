/** One program, alone in its worker, with its own Node on the shared network. */

import type { FromTerminal, FromThread, Init, ToProgram } from '../messages.ts'
import { boot } from '../node/boot.ts'
import { ExitSignal, type Terminal } from '../node/process.ts'
import { Traces } from '../node/traces.ts'
import { DOOR, openDoor } from './door.ts'
import { closeDoors } from './doors.ts'
import { Host } from './host.ts'
import { Outflow } from './outflow.ts'
import { Shared } from './pause.ts'
import { loop, setHost } from './realm.ts'
import { Thread, type ToThread, threads } from './threads.ts'
import { Uplink } from './uplink.ts'

/** The ways of the worker: types know this file as one of a page. */
const worker = globalThis as unknown as {
  postMessage(message: FromThread): void
  addEventListener<E>(type: string, listener: (event: E) => void): void
}
const post = worker.postMessage.bind(worker)

let thread: Thread | null = null

worker.addEventListener('message', ({ data }: MessageEvent<Init | ToThread>) => {
  if (!('t' in data)) thread?.receive(data)
  else if (data.port) void runProgram(data, data.port)
  else void runThread(data)
})

/** A program: what it prints and what it sends go by one port, where they keep their order. */
async function runProgram(init: Init, port: MessagePort): Promise<void> {
  const uplink = new Uplink(port)
  const screen = new Outflow(
    (bytes) => uplink.send({ t: 'out', bytes }),
    (size) => uplink.send({ t: 'lost', size }),
  )
  const host = new Host(init.owner, loop, (message) => uplink.send(message))
  setHost(host)
  host.tell = (message) => uplink.send(message)
  if (init.door) {
    Object.defineProperty(globalThis, DOOR, { value: openDoor(init.door, host, loop) })
  }
  loop.afterCallback = () => uplink.settle()
  // On Linux the loopback is immediate: what a program sends has come before its next poll.
  loop.barrier = () => uplink.sync() || screen.full
  const terminal: Terminal = {
    print: (bytes) => screen.print(bytes),
    exit: (code) => {
      uplink.send({ t: 'exit', code })
      uplink.flush()
    },
    handles: (names) => uplink.send({ t: 'signals', names }),
  }
  host.onRevoked = (number) => {
    const text = `Le port ${number} est déjà pris : deux programmes l’ont demandé au même instant. Relancez celui-ci.\n`
    terminal.print(new TextEncoder().encode(text))
    loop.stopped = true
    terminal.exit(1)
  }
  const begun = new Promise<void>((begin) => {
    port.onmessage = ({ data }: MessageEvent<readonly ToProgram[]>) => {
      for (const message of data) receive(message, begin)
    }
  })
  let heard: (message: FromTerminal) => void = () => {}
  function receive(message: ToProgram, begin: () => void): void {
    switch (message.t) {
      case 'go':
        host.begin(message.claims, message.rows)
        begin()
        return
      case 'synced':
        uplink.synced()
        loop.resume()
        return
      case 'shown':
        screen.shown(message.size)
        loop.resume()
        return
      case 'typed':
      case 'eof':
      case 'signal':
      case 'size':
        heard(message)
        return
      default:
        host.receive(message)
        return
    }
  }
  await run(init, terminal, {
    hear: (listener) => (heard = listener),
    ready() {
      uplink.send({ t: 'ready' })
      return begun
    },
    begun: () => uplink.send({ t: 'begun' }),
    tell: (sequence) => uplink.send({ t: 'event', sequence }),
  })
}

/** A thread of a program: it computes, without network nor keyboard. */
function runThread(init: Init): Promise<void> {
  setHost(new Host(init.owner, loop, () => {}))
  thread = new Thread(post)
  const terminal: Terminal = {
    print: (bytes) => post({ t: 'out', bytes: bytes.slice() }),
    exit: (code) => post({ t: 'exit', code }),
    handles() {},
  }
  return run(init, terminal)
}

/** The turn of a program among the others, and its keyboard. */
interface Turn {
  hear(listener: (message: FromTerminal) => void): void
  ready(): Promise<void>
  begun(): void
  /** An event of its probe. */
  tell(sequence: string): void
}

async function run(init: Init, terminal: Terminal, turn?: Turn): Promise<void> {
  const { program, pid, script } = init
  const traces = new Traces(program.names, [script, program.probe], () => {
    const { inspect } = node.load('internal/util/inspect') as { inspect(value: unknown): string }
    return inspect
  })
  const node = boot({
    pid,
    argv: program.argv,
    documents: program.documents ?? {},
    terminal,
    tell: (error) => traces.tell(error),
  })
  const modules: Record<string, unknown> = { worker_threads: threads(node, init, terminal, thread) }
  const found = { ...node.globals, SharedArrayBuffer: Shared }
  for (const [name, value] of Object.entries(found)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  // Where the modules that stand for `node:…` find what they export.
  Object.defineProperty(globalThis, Symbol.for('machine.load'), {
    value: (id: string) => modules[id] ?? node.load(id),
  })
  worker.addEventListener('error', (event: ErrorEvent) => {
    event.preventDefault()
    node.process.crash(event.error ?? new Error(event.message))
  })
  worker.addEventListener('unhandledrejection', (event: PromiseRejectionEvent) => {
    event.preventDefault()
    node.process.crash(event.reason, 'unhandledRejection')
  })
  turn?.hear((message) => {
    if (message.t === 'typed') node.stdio.type(message.bytes)
    else if (message.t === 'eof') node.stdio.end()
    else if (message.t === 'signal') node.signal(message.name)
    else if (message.t === 'size') node.stdio.resize(message)
  })
  const loading = { refed: true, active: () => true }
  loop.handles.add(loading)
  closeDoors()
  if (turn) {
    const probe: typeof import('../node/probe.ts') = await import(/* @vite-ignore */ program.probe)
    probe.start(program.names, turn.tell)
  }
  await turn?.ready()
  loop.wake()
  try {
    await import(/* @vite-ignore */ program.url)
    if (turn) loop.poll(() => turn.begun())
  } catch (error) {
    if (!(error instanceof ExitSignal)) node.process.crash(error)
  }
  loop.handles.delete(loading)
  loop.wake()
}
