/** What crosses the borders of the virtual machine, besides its network: terminals, starts and ends. */
import type { Claim, Down, TcpRow, Up } from './network.ts'

/** Signals that a program may handle. */
export type SignalName = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** A program to the kernel, by its one port: what it shows and what it sends keep their order. */
export type FromProgram =
  | Up
  /** It is loaded and wants its turn to begin. */
  | { t: 'ready' }
  /** Its first turn is over: what it binds at once is known. */
  | { t: 'begun' }
  /** It wants to know when all that it sent was handled. */
  | { t: 'sync' }
  | { t: 'out'; bytes: Uint8Array }
  /** So many bytes were printed too fast to be shown. */
  | { t: 'lost'; size: number }
  /** Its probe tells an event, in the form of `labs/trace.ts`: it comes after what was printed before. */
  | { t: 'event'; sequence: string }
  /** It wrote in a file: all of it, or at its end. */
  | { t: 'file'; path: string; bytes: Uint8Array; append: boolean }
  /** The signals that it handles itself. */
  | { t: 'signals'; names: readonly SignalName[] }
  | { t: 'exit'; code: number }

/** What a terminal tells its program. */
export type FromTerminal =
  | { t: 'typed'; bytes: Uint8Array }
  | { t: 'eof' }
  | { t: 'signal'; name: SignalName }
  | { t: 'size'; cols: number; rows: number }
  /** So many bytes of its output were shown. */
  | { t: 'shown'; size: number }

/** The kernel to a program. */
export type ToProgram =
  | Down
  | FromTerminal
  | { t: 'go'; claims: readonly Claim[]; rows: readonly TcpRow[] }
  | { t: 'synced' }

/** What holds the machine to the kernel. */
export type ToKernel =
  | { t: 'join'; owner: number; port: MessagePort }
  | { t: 'tell'; owner: number; message: FromTerminal }
  /** Its worker was terminated. */
  | { t: 'leave'; owner: number }
  /** Is answered, after all that was told of this program. */
  | { t: 'ask'; owner: number }

/** The kernel to what holds the machine. */
export type FromKernel =
  | { t: 'out'; owner: number; bytes: Uint8Array }
  | { t: 'lost'; owner: number; size: number }
  | { t: 'event'; owner: number; sequence: string }
  | { t: 'file'; owner: number; path: string; bytes: Uint8Array; append: boolean }
  | { t: 'signals'; owner: number; names: readonly SignalName[] }
  /** The program asked to end; its sockets are closed. */
  | { t: 'exit'; owner: number; code: number }
  /** It sends what no program sends, or too fast to be served: it must be ended. */
  | { t: 'misbehaved'; owner: number }
  | { t: 'answer'; owner: number }
  /** Its sockets are closed, after `leave`. */
  | { t: 'left'; owner: number }

/** A program to run: its module, by its address, and what it may import. */
export interface Program {
  /** Address of its module, importable from its worker. */
  url: string
  /** Words of its command line after `node`: its path first. */
  argv: readonly string[]
  /** What stack traces call each module, and its text, by its address. */
  names: readonly (readonly [url: string, module: { path: string; text: string }])[]
  /** Address of the module of its probe, which tells what its sockets do. */
  probe: string
  /** Files that it may read. */
  documents?: Readonly<Record<string, string | Uint8Array>>
}

/** The first message of a worker. */
export interface Init {
  t: 'init'
  program: Program
  owner: number
  pid: number
  /** Where this worker's own script is, for the threads of the program. */
  script: string
  /** Its port to the kernel; a thread of a program has none. */
  port?: MessagePort
  /** Its port to the page, when it may start other programs. */
  door?: MessagePort
}

/** A thread to the program that started it. */
export type FromThread =
  | { t: 'message'; value: unknown }
  | { t: 'out'; bytes: Uint8Array }
  | { t: 'exit'; code: number }
