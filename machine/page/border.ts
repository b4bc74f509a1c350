/** What the page and the closed frame say to each other, by the port that the first message brings. */
import { isTraceEvent, type PlacedEvent } from '../../labs/trace.ts'
import type { Sources } from './linker.ts'
import type { Size } from './machine.ts'
import type { NodeExports, SharedNames } from './surroundings.ts'

/** What the document of the frame carries: the scripts of the workers, and what programs may import. */
export interface Parts {
  role: string
  kernel: string
  /** The module of the probe. */
  probe: string
  exported: NodeExports
  shared: SharedNames
}

/** Where the document of the frame keeps its parts. */
export const PARTS_ID = 'parts'

/** A program that another one may start: `entry` is a path among `sources`. */
export interface Startable {
  entry: string
  sources: Sources
}

/** `id` is a number that the page chose for a program. */
export type ToFrame =
  | {
      t: 'start'
      id: number
      /** Path of its module among the sources. */
      entry: string
      sources: Sources
      argv: readonly string[]
      documents?: Readonly<Record<string, string>>
      size: Size
      /** The programs that it may start, by name. */
      programs?: Readonly<Record<string, Startable>>
    }
  | { t: 'keys'; id: number; keys: string }
  | ({ t: 'size'; id: number } & Size)
  | { t: 'signal'; id: number; name: 'SIGINT' | 'SIGTERM' | 'SIGKILL' }
  | { t: 'stop'; id: number }
  /** So many bytes were shown. */
  | { t: 'shown'; id: number; size: number }

export type FromFrame =
  | { t: 'output'; id: number; bytes: Uint8Array }
  | { t: 'lost'; id: number; size: number }
  | { t: 'event'; id: number; placed: PlacedEvent }
  | { t: 'exit'; id: number; code: number }
  /** Too many programs run already. */
  | { t: 'full'; id: number }

/** Checks a message of the frame: a program that broke out of its worker would write it. */
export function isFromFrame(value: unknown): value is FromFrame {
  if (typeof value !== 'object' || value === null) return false
  const { t, id, bytes, size, code, placed } = value as Record<string, unknown>
  if (!Number.isSafeInteger(id)) return false
  if (t === 'output') return bytes instanceof Uint8Array
  if (t === 'lost') return Number.isSafeInteger(size)
  if (t === 'event') return isPlaced(placed)
  if (t === 'exit') return Number.isSafeInteger(code)
  return t === 'full'
}

function isPlaced(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { event, offset } = value as Record<string, unknown>
  return isTraceEvent(event) && Number.isSafeInteger(offset)
}
