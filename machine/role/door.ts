/** The door of a program that may start others, as that program finds it: the judge. */
import type { FromDoor, ToDoor } from '../door.ts'
import type { Claim, TcpRow } from '../network.ts'
import type { Host } from './host.ts'
import type { Loop } from './loop.ts'

/** Where the program finds it, in its globals. */
export const DOOR = Symbol.for('machine.door')

export interface ProgramDoor {
  /** What it is told. */
  heard: (message: FromDoor) => void
  say(message: ToDoor): void
  /** The ports that are held on the machine. */
  claims(): readonly Claim[]
  /** The table of TCP sockets. */
  rows(): readonly TcpRow[]
}

/** The door whose other side is at the end of `port`. */
export function openDoor(port: MessagePort, host: Host, loop: Loop): ProgramDoor {
  let following = false
  const door: ProgramDoor = {
    heard: () => {},
    say: (message) => port.postMessage(message),
    claims: () => [...host.claims.values()],
    rows() {
      // Not before: the kernel tells all of it at each change.
      if (!following) host.send({ t: 'table' })
      following = true
      return host.rows
    },
  }
  port.onmessage = ({ data }: MessageEvent<FromDoor>) => loop.poll(() => door.heard(data))
  return door
}
