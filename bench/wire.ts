/** What the bridges cost without any browser: a key and its echo on the WebSocket, a reader that stops, a cut. */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Runner } from '../runner/main.ts'
import { newSession, Page } from '../runner/testing.ts'
import { growthOf } from './memory.ts'
import type { Peer } from './peers/peer.ts'

const WARM_UP = 20
/** Bytes printed to a reader that has stopped reading, in MiB, and for how long, in ms. */
const FLOOD = 200
const STOPPED = 6000

/** A program behind a bridge, seen from its WebSocket. */
export interface Wire {
  type(text: string): void
  /** Resolves with the next bytes that come. */
  next(): Promise<unknown>
  stopReading(): void
  close(): void
}

/** Ours: the same program, through the runner. */
export async function ourWire(runner: Runner): Promise<Wire> {
  const page = await Page.open(runner)
  page.ask({ lab: 'refus', role: 'serveur' }, { port: 0 }, newSession())
  await page.printed(/port : \d+/)
  return {
    type: (text) => page.type(text),
    next: () => once(page.socket, 'message', { signal: AbortSignal.timeout(20_000) }),
    stopReading: () => page.socket.pause(),
    close: () => page.socket.terminate(),
  }
}

export async function wireOf({ wire }: Peer): Promise<Wire | null> {
  if (!wire) return null
  const socket = new WebSocket(wire.url, wire.protocols ?? [])
  await once(socket, 'open')
  if (wire.hello) socket.send(wire.hello)
  let printed = ''
  while (!printed.includes('port :')) printed += String((await once(socket, 'message'))[0])
  return {
    type: (text) => socket.send(wire.key(text)),
    next: () => once(socket, 'message', { signal: AbortSignal.timeout(20_000) }),
    stopReading: () => socket.pause(),
    close: () => socket.terminate(),
  }
}

/** Times `count` keys from the frame sent to the first frame that answers, in ms. */
export async function echoOnTheWire(wire: Wire, count: number): Promise<number[]> {
  const times: number[] = []
  for (let key = -WARM_UP; key < count; key += 1) {
    const answer = wire.next()
    const began = performance.now()
    wire.type('abcdefghij'[(key + WARM_UP) % 10]!)
    await answer
    if (key >= 0) times.push(performance.now() - began)
    await delay(5 + ((key + WARM_UP) % 7))
    // Ctrl+U: a line is never longer than what a terminal keeps.
    if (key % 40 === 39) wire.type('\x15')
    await delay(2)
  }
  return times
}

/** Growth of the memory of the bridge `pid` while a program floods a reader that has stopped, in MiB. */
export async function slowReader(wire: Wire, pid: number): Promise<number | null> {
  wire.stopReading()
  wire.type(`flood ${FLOOD}\r`)
  return growthOf(pid, STOPPED)
}
