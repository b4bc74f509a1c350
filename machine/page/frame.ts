/**
 * Runs in the closed frame: an origin of its own, no network, no storage. Holds the machine; the page talks to it by
 * one port.
 */
import { type FromFrame, PARTS_ID, type Parts, type Startable, type ToFrame } from './border.ts'
import { Door, type StartNamed } from './door.ts'
import { LinkError, link } from './linker.ts'
import { Machine, type ProgramEvents, type Running, type Size } from './machine.ts'
import { surroundings } from './surroundings.ts'

function publish(_path: string, text: string): string {
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
}

function open({ role, kernel, probe: probeText, exported, shared }: Parts, port: MessagePort): void {
  const [roleUrl, kernelUrl] = [publish('role', role), publish('kernel', kernel)]
  const machine = new Machine({
    kernel: () => new Worker(kernelUrl),
    program: () => new Worker(roleUrl),
    script: roleUrl,
  })
  const around = surroundings(exported, shared, publish)
  const probe = link('probe', { probe: probeText }, around).url
  const programs = new Map<number, Running>()
  const say = (message: FromFrame, transfer: Transferable[] = []) => port.postMessage(message, transfer)

  const startNamed =
    (among: Readonly<Record<string, Startable>>, size: Size): StartNamed =>
    ({ name, argv, documents }, events) => {
      const wanted = among[name]
      if (!wanted) throw new LinkError(`« ${name} » n’est pas un programme de cette page.`)
      const { url, names } = link(wanted.entry, wanted.sources, around)
      const program = { url, names, argv: [`/${wanted.entry}`, ...argv], probe, documents }
      return machine.start(program, size, events)
    }

  function start(wanted: Extract<ToFrame, { t: 'start' }>): void {
    const { id, entry, sources, argv, size, documents } = wanted
    const door = wanted.programs && new Door(startNamed(wanted.programs, size))
    const over = (code: number) => {
      door?.close()
      programs.delete(id)
      say({ t: 'exit', id, code })
    }
    try {
      const { url, names } = link(entry, sources, around)
      const events: ProgramEvents = {
        output: (bytes) => say({ t: 'output', id, bytes }),
        lost: (bytes) => say({ t: 'lost', id, size: bytes }),
        event: (placed) => say({ t: 'event', id, placed }),
        exit: over,
      }
      const running = machine.start({ url, names, argv, probe, documents }, size, events, door?.far)
      if (running) programs.set(id, running)
      else say({ t: 'full', id })
    } catch (error) {
      const text = `${error instanceof Error ? error.message : error}\r\n`
      say({ t: 'output', id, bytes: new TextEncoder().encode(text) })
      over(1)
    }
  }

  port.onmessage = ({ data: message }: MessageEvent<ToFrame>) => {
    if (message.t === 'start') return start(message)
    const running = programs.get(message.id)
    if (!running) return
    switch (message.t) {
      case 'keys':
        return running.type(message.keys)
      case 'size':
        return running.resize(message)
      case 'signal':
        return running.signal(message.name)
      case 'stop':
        return running.stop()
      case 'shown':
        return running.shown(message.size)
    }
  }
}

globalThis.onmessage = ({ ports: [port] }: MessageEvent) => {
  if (!port) return
  globalThis.onmessage = null
  open(JSON.parse(document.getElementById(PARTS_ID)!.textContent), port)
}
