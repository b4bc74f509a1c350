/**
 * The file of a recorded run: what `npm run record` writes and what a page may show without the programs.
 *
 * JSON lines. The first one is the header; each other one an event, in the order of time: `[interval, code, data, role,
 * run]`, `interval` being the seconds since the line before. The header and the first three elements are those of
 * asciicast v3 (https://docs.asciinema.org/manual/asciicast/v3/): the lines of one role, cut after the third element,
 * are a recording of its terminal. Code `t` is ours: what the program did with its sockets. The clock of all the lines
 * is that of the events (`TraceEvent.at`), which starts at `clock`.
 */
import type { TraceEvent } from './trace.ts'

/** What one program said of itself, from its start to its end. */
export interface RecordedRun {
  role: string
  variant: 'ts' | 'node' | 'qt'
  /** Whether its sockets could be observed: false is said where its events would be. */
  observed: boolean
  /** Events that could not be told, or kept. */
  lost: number
}

export interface RecordingHeader {
  version: 3
  term: { cols: number; rows: number; type: string }
  /** Seconds since 1970. */
  timestamp: number
  title: string
  /** The lab, and its runs in start order: `run` in a line is an index among them. */
  lab: string
  runs: readonly RecordedRun[]
  /** The system, and the versions of what ran the programs. */
  platform: string
  /** Time of the beginning on the clock of the events, in µs. */
  clock: number
}

/** One line after the header. */
export type RecordingLine =
  /** Text printed; a key sent; the end, with the exit code. */
  | [interval: number, code: 'o' | 'i' | 'x', data: string, role: string, run: number]
  /** A step of the scenario begins: its sentence. */
  | [interval: number, code: 'm', data: string, role: string, run: number | null]
  /** What the program did; `offset` bytes of its text came before. */
  | [interval: number, code: 't', data: TraceEvent, role: string, run: number, offset: number]
