/**
 * What the page and the runner say to each other over one WebSocket per terminal.
 * Bytes travel in binary frames (see `Frame`), everything else as JSON. Imports one type.
 */
import type { PlacedEvent } from '../labs/trace.ts'

export const WS_PATH = '/ws'
/** Told by the header `Server-Timing` of all that the runner serves: a page knows it without asking. */
export const SERVED_BY = 'prise-directe'

export const SUBPROTOCOL = 'prise-directe.v3'
export const VERSION = 3

/** Flow control, in bytes. The invariant ACK_EVERY <= LOW_WATER < HIGH_WATER is tested. */
export const FRAME_MAX = 65_536
export const ACK_EVERY = 32_768
export const LOW_WATER = 131_072
export const HIGH_WATER = 393_216
/** Largest input frame the runner accepts, in bytes; the page cuts a paste into several. */
export const INPUT_MAX = 16_384
/** Delay after which a pending acknowledgement leaves anyway, in ms. */
export const ACK_DELAY = 20
/** Most events of the probe in one message, and sent without having been told as `seen`: a flood never delays the text. */
export const EVENTS_MAX = 256
export const EVENTS_AHEAD = 1024

/** First byte of a binary frame. Numbers are little-endian. */
export const Frame = {
  /** runner -> page: u8 type, u8 flags (1 = replay), f64 offset of the first byte, bytes. */
  OUTPUT: 0x01,
  /**
   * page -> runner: u8 type, u32 sequence number, bytes. The first input of a session is 1, then each one more;
   * a number already received is ignored, a missing one closes the socket.
   */
  INPUT: 0x10,
  /** page -> runner: u8 type, f64 offset consumed (cumulative). */
  ACK: 0x11,
} as const
export const OUTPUT_HEADER = 10
export const INPUT_HEADER = 5
/** Whole length of an ACK frame. */
export const ACK_HEADER = 9
export const FLAG_REPLAY = 1

/**
 * Which program: never a path, never a command. `role` is that of a lab, or `exercices/journal` for an exercise of it.
 * `copy`: the learner's own, made of the course's where they have changed nothing yet. `check`: the judge of that
 * exercise, which plays the learner's copy, or the starting file where they have none; its output holds `labs/judged.ts`.
 */
export interface ProgramRef {
  lab: string
  role: string
  variant: 'ts' | 'node' | 'qt'
  copy?: true
  check?: true
}

/**
 * The learner's files, over HTTP, with the key that `welcome` gives as a bearer: `GET travail/udp` gives the
 * `FileEntry`s of a lab, `GET travail/udp/emetteur.ts` a `LearnerFile`, `PUT` replaces its text and gives `{ version }`.
 * `PUT` says what it replaces, by `If-Match: "version"` or `If-None-Match: *`. A refusal is a `FileRefusal`. With
 * `?version=nom`, the same for a version that the learner has named.
 */
export const FILES_PATH = '/travail'

/** A file of a lab that the learner may change: `emetteur.ts`, `exercices/journal.ts`, `qt/emetteur/main.cpp`. */
export interface FileEntry {
  file: string
  /** Version of the learner's copy; null when there is none, or when it cannot be read. */
  copy: string | null
  original: string
  /** Names of the versions that the learner has kept, sorted. */
  kept: readonly string[]
}

/** A text, its lines ended by `\n`, and what names the bytes of its file. */
export interface FileText {
  text: string
  version: string
}

export interface LearnerFile {
  original: FileText
  copy: FileText | null
}

/** Why a file was neither read nor written. */
export type FileRefusal =
  /** `link`: a link, a folder or a queue stands where a file should. */
  | { reason: 'absent' | 'unknown-file' | 'bad-name' | 'link' | 'binary' | 'disk-full' | 'no-access' }
  | { reason: 'too-large'; bytes: number }
  | { reason: 'not-utf8'; guess: 'utf-16' | 'windows-1252' }
  /** Another program wrote meanwhile; null when it deleted the file. */
  | { reason: 'conflict'; theirs: FileText | null }

/**
 * A program that runs, as every page that holds the token sees it: it can be stopped (`end`) or taken up (`attach`)
 * from any of them.
 */
export interface LiveProgram {
  session: string
  ref: ProgramRef
  phase: Phase
  ready: boolean
  /** The ports that it holds. */
  ports: readonly Port[]
  /** How long it has been running, in ms. */
  age: number
  /** How many pages look at it; the page that asks is counted. */
  viewers: number
  /** Nobody looks any more: ms left before the runner ends it. Null while a page looks. */
  endsIn: number | null
}

export interface Port {
  number: number
  over: 'tcp' | 'udp'
}

/** Why a program ended before being ready: another one holds its port. */
export interface TakenPort extends Port {
  /** Who holds it: a program of ours, a process of the machine, or unknown. */
  holder: { kind: 'ours'; program: LiveProgram } | { kind: 'foreign'; pid: number; name: string } | null
}

export type Phase = 'building' | 'starting' | 'running' | 'stopping' | 'ended'

export type EndReason =
  | 'normal'
  | 'signal'
  | 'stopped'
  | 'max-duration'
  | 'idle'
  | 'too-many-processes'
  | 'runner-stopped'
  | 'launch-failed'
  | 'build-failed'

export interface End {
  /** Exit status as a shell says it: 128 + n for signal n. */
  code: number
  /** Signal name without SIG, or null. */
  signal: string | null
  reason: EndReason
  /** Total bytes of output. */
  offset: number
  /** Total of the events that its probe told. */
  events: number
  /** The port that it asked for was taken. */
  taken?: TakenPort
}

export type ClientMessage =
  /**
   * First message: answers the `challenge`. `proof` is HMAC-SHA-256(token, nonce) in hexadecimal, so that a stranger
   * on the same port learns nothing. `client` is a random id kept across reconnections of one terminal.
   */
  | { type: 'hello'; version: number; proof: string; client: string }
  /**
   * `session` is chosen by the page (32 hexadecimal digits), which remembers it before asking: the same `start` sent
   * twice starts one program, and the second takes it up again from its first byte.
   */
  | {
      type: 'start'
      session: string
      ref: ProgramRef
      parameters: Record<string, string | number | boolean>
      cols: number
      rows: number
    }
  /**
   * Back after a reload or a cut, or from another page: wants what follows byte `from`, and the events from number
   * `events` on. With `drive` this page types and gives the size; the one that did becomes a looker.
   */
  | {
      type: 'attach'
      session: string
      from: number
      events: number
      drive: boolean
      cols: number
      rows: number
    }
  /** All the events before this number were taken in: told for each `events` message. */
  | { type: 'seen'; events: number }
  | { type: 'resize'; cols: number; rows: number }
  | { type: 'signal'; name: 'INT' | 'TERM' | 'KILL' }
  | { type: 'visible'; value: boolean }
  /** Ends the program of this terminal. */
  | { type: 'stop' }
  /** Wants `programs` now, and at each change; and `file` at each change of a learner's file. */
  | { type: 'watch' }
  /** Ends a program of the list, whoever looks at it. */
  | { type: 'end'; session: string }
  | { type: 'ping'; n: number }

export type RefusalCode =
  | 'bad-message'
  | 'bad-token'
  | 'unknown-lab'
  | 'unknown-role'
  | 'unknown-variant'
  | 'bad-parameter'
  | 'unknown-session'
  | 'too-many-sessions'
  | 'qt-missing'
  | 'already-running'
  | 'not-running'
  | 'input-full'
  | 'no-terminal-left'
  /** `detail` is what loading its `lab.ts` said. */
  | 'lab-broken'
  | 'program-missing'
  /** `detail` is the reason of a `FileRefusal`. */
  | 'copy-refused'
  | 'stopping'
  | 'looking'

export type ServerMessage =
  /** First message of a socket; `nonce` is random and used once. */
  | { type: 'challenge'; nonce: string }
  /**
   * Answer to `hello`. `boot` changes at every start of the runner. `qt` says whether C++ can be built here, `terminals`
   * whether programs get a real terminal or run on pipes, `files` is the key of `FILES_PATH`.
   */
  | { type: 'welcome'; version: number; boot: string; qt: boolean; terminals: boolean; files: string }
  /** Answer to `watch`: all that runs, in start order. */
  | { type: 'programs'; programs: LiveProgram[] }
  /** The learner's copy of a file has changed, whoever wrote it; null when it is gone. */
  | { type: 'file'; lab: string; file: string; version: string | null }
  /**
   * Answer to `start` and `attach`; output follows from the offset asked, or further when that has left the buffer.
   * `end` is the offset after the last byte known: frames before it are flagged as replay. `inputSeq` is the last input
   * received from this client.
   */
  | {
      type: 'session'
      session: string
      ref: ProgramRef
      phase: Phase
      end: number
      inputSeq: number
    }
  /** Whether this page types in the terminal: told after `session`, and when another page takes the keyboard. */
  | { type: 'driving'; value: boolean }
  /** The last input received from this client, told soon after it: what need not be sent again after a cut. */
  | { type: 'received'; inputSeq: number }
  /** `ready` turns true once; `values` are the named groups of the role's `ready` pattern. */
  | {
      type: 'state'
      phase: Phase
      ready: boolean
      values: Record<string, string>
      /**
       * Its probe has spoken. It does so before the program prints anything: one that is ready, or over, and is not
       * observed never will be, and nothing is known of its sockets.
       */
      observed: boolean
      /** While a program is built, how many steps of it are done. */
      building?: { done: number; total: number }
      end?: End
    }
  /**
   * What the program did with its sockets, in order; `from` is the number of the first of these events, those of a
   * program being numbered from 0. A page that finds `from` greater than what it awaited lost the ones between: they
   * are no longer kept.
   */
  | { type: 'events'; from: number; events: readonly PlacedEvent[] }
  /** `detail` names what was wrong: a parameter key, a port… The page makes the sentence. */
  | { type: 'refused'; reason: RefusalCode; detail?: string }
  | { type: 'pong'; n: number }
  | { type: 'warning'; reason: 'ends-soon' }

/** WebSocket close codes. */
export const Close = {
  /** The runner stops, or the page leaves. */
  GOING_AWAY: 1001,
  PROTOCOL: 4400,
  TOKEN: 4401,
  HELLO_LATE: 4408,
  RATE: 4429,
  INTERNAL: 4500,
} as const
