/** What the judge asks of the machine that it runs on: this one (`here.ts`), or that of the page (`machine/judge/`). */
import type { Bytes, Only } from '../labs/check.ts'
import type { Command } from './command.ts'

export interface Host {
  /** Distinguishes this judge from the others of its machine. */
  readonly rank: number
  /** Whether this machine can show such a criterion. */
  shows(only: Only | undefined): boolean
  /** Whether it tells how much memory a program takes. */
  readonly measuresMemory: boolean
  /** Starts a program of these words; what becomes of it is told to `heard`. */
  start(words: readonly string[], command: Command, heard: Heard): Process
  /** A reference echo, in a program like the learner's. */
  echo(): Promise<Echo>
  /** Ports on which somebody waits, in TCP or in UDP. */
  taken(): ReadonlySet<number>
  /** How many have joined an IPv4 group, on each interface; null where the system does not tell. */
  members(group: string): number | null
  blackHole(): Promise<BlackHole>
  /** A temporary file; absent until written when no content is given. */
  file(content: Bytes | undefined): Promise<TemporaryFile>
  /** An IPv4 address of this machine other than 127.0.0.1. */
  otherAddress(): string
}

export interface Heard {
  /** Its own code begins only now, where that takes a time which is not its own. */
  begun?(): void
  output(from: 'out' | 'error', chunk: Uint8Array): void
  /** Its code, 128 + n for signal n, which is then named. */
  ended(code: number, signal: string | null): void
}

/** Time during which a program ran, and time during which it was ready and the machine did something else, in ms. */
export interface Schedule {
  ran: number
  waited: number
}

/** A program that runs, or has run. */
export interface Process {
  type(text: string): void
  /** Ctrl+D. */
  eof(): void
  signal(name: 'SIGTERM' | 'SIGINT'): void
  /** Ends it with all that it started. */
  kill(): void
  /** Once it is over: ends what it started and that left it. */
  sweep(): void
  /** Resident memory in bytes; null where the system does not tell. */
  memory(): number | null
  /** What it had of the processors so far; zeros where the system does not tell. */
  schedule(): Schedule
  /** Ports on which it waits, or what it started if `withOthers`; null where the system does not tell. */
  ports(transport: 'tcp' | 'udp', withOthers: boolean): readonly number[] | null
}

/** The echo of the witness: `answered` is called once for each `ask`. */
export interface Echo {
  answered: () => void
  ask(): void
  stop(): Promise<void>
}

/** A port that neither refuses nor accepts: its queue is full, and nobody empties it. */
export interface BlackHole {
  port: number
  /** Whether somebody else tries to connect to it. */
  tried(): boolean
  close(): void
}

export interface TemporaryFile {
  path: string
  read(): Promise<Uint8Array>
  remove(): void
}
