/**
 * Where the bytes of the terminals come from, whatever it is: the runner (`live.ts`), the machine of the page
 * (`machine.ts`) or a recording (`recording.ts`). The panel, the demonstration and the tests know nothing else.
 */
import type { PlacedEvent } from '../../../labs/trace.ts'
import type {
  FileEntry,
  FileRefusal,
  FileText,
  LearnerFile,
  LiveProgram,
  ProgramRef,
  RefusalCode,
  ServerMessage,
} from '../../../runner/protocol.ts'

export interface Source {
  /** A feed for one terminal. Nothing is asked before it starts or takes up a program. */
  open(events: FeedEvents): Feed
  /** Tells `listener` how the source is, now and at each change; returns how to stop listening. */
  watch(listener: (status: SourceStatus) => void): () => void
  /** Ends a program of the list, whoever looks at it. */
  end(session: string): void
  /** Null where nothing can be edited. */
  readonly files: WorkFiles | null
}

/** The learner's files. Every answer may be a rejection: a `FileError`. */
export interface WorkFiles {
  /** What is written is only remembered by this page. */
  readonly fleeting?: boolean
  /** The page itself keeps them: no runner has a part in it. */
  readonly inPage?: boolean
  list(lab: string): Promise<readonly FileEntry[]>
  read(lab: string, file: string): Promise<LearnerFile>
  /** Replaces the version `base`, or makes the copy when it is null; gives the new version. */
  write(lab: string, file: string, text: string, base: string | null): Promise<string>
  readKept(lab: string, file: string, name: string): Promise<FileText>
  /** Keeps a version under a name that is not taken. */
  keep(lab: string, file: string, name: string, text: string): Promise<void>
  /** Tells each change of a copy, whoever makes it; returns how to stop listening. */
  watch(listener: (change: FileChange) => void): () => void
}

export type FileChange = Omit<Extract<ServerMessage, { type: 'file' }>, 'type'>

/** A file was neither read nor written: why, or null when nobody answered. */
export class FileError extends Error {
  readonly refusal: FileRefusal | null

  constructor(refusal: FileRefusal | null) {
    super(`file: ${refusal?.reason ?? 'nobody answers'}`)
    this.refusal = refusal
  }
}

/**
 * `waiting`: no token yet. `connecting`: first attempt. `open`: welcomed. `lost`: it does not answer, and is tried
 * again while the page is seen. `refused`: it answers, and wants the token of its new address.
 */
export type SourceLink = 'waiting' | 'connecting' | 'open' | 'lost' | 'refused'

export interface SourceStatus {
  link: SourceLink
  /** C++ can be built there. */
  qt: boolean
  /** All that runs, in start order; null until it is known. */
  programs: readonly LiveProgram[] | null
}

/** What a program is started with. */
export interface Start {
  /** Chosen by the page: the same start asked twice starts one program. */
  session: string
  ref: ProgramRef
  parameters: Readonly<Record<string, string | number | boolean>>
  size: Size
}

/** A program to take up again. */
export interface Attach {
  session: string
  /** Offset of the first byte wanted. */
  from: number
  /** Whether this terminal types and gives the size, or only looks. */
  drive: boolean
  size: Size
}

/** One terminal's side of a program. */
export interface Feed {
  /** Offset after the last byte received; where a later `attach` may resume. */
  readonly received: number
  /** Makes ready what takes time: someone is about to launch. */
  prepare(): void
  /** Resolves once the program is there. Rejects with a `RefusedError`, a `LinkError` or a `ReplacedError`. */
  start(wanted: Start): Promise<void>
  /** Resolves and rejects like `start`. */
  attach(wanted: Attach): Promise<void>
  /** Takes the keyboard of a program that this terminal looks at. */
  drive(): void
  /** Sends what was typed, now or when the link is back. False when nobody listens, or when too much waits (4 KiB). */
  input(bytes: Uint8Array): boolean
  resize(size: Size): void
  signal(name: 'INT' | 'TERM' | 'KILL'): void
  /** Ends the program and all its descendants. */
  stop(): void
  /** Tells whether someone can see the page. */
  visible(value: boolean): void
  /** Tries again at once: the network is back. */
  retryNow(): void
  /** Leaves; the program goes on without this terminal. */
  dispose(): void
}

export interface Size {
  cols: number
  rows: number
}

/** `closed`: nothing to keep open. `lost`: a program runs there and the link is being restored. */
export type Link = 'closed' | 'connecting' | 'open' | 'lost'

/** Why the link was given up; `site/texts.ts` holds the sentence. */
export type LinkProblem = 'unreachable' | 'stopped' | 'token' | 'protocol' | 'busy' | 'insecure'

export type FeedState = Omit<Extract<ServerMessage, { type: 'state' }>, 'type'>

export interface FeedEvents {
  /** Bytes to show, in order, each once. Call `consumed` when they are parsed: it opens the source's window. */
  output(bytes: Uint8Array, replay: boolean, consumed: () => void): void
  /** `bytes` of output were too old to be kept. */
  gap(bytes: number): void
  /**
   * What the program did with its sockets, in order, each event once, those of before an `attach` first. `offset` says
   * after how many bytes of its output each comes; that output may come a little before or a little after. `lost`
   * events, just before these, were not kept; those that the probe itself could not tell are said by the events. None
   * ever comes when `FeedState.observed` stays false.
   */
  trace(events: readonly PlacedEvent[], lost: number): void
  state(state: FeedState): void
  link(link: Link): void
  /** The link is back and nothing was lost, apart from the gaps already told. */
  resumed(): void
  /** The source no longer knows the session: it was restarted. */
  vanished(): void
  /** Whether this terminal types; told at the beginning, and when another one takes the keyboard. */
  driving(value: boolean): void
  /** Nothing confirms what was typed for a while; false when it is confirmed at last. */
  unheard(value: boolean): void
  refused(reason: RefusalCode, detail?: string): void
  problem(problem: LinkProblem): void
  warning(reason: 'ends-soon'): void
}

/** A `start` or an `attach` was refused. */
export class RefusedError extends Error {
  readonly reason: RefusalCode
  readonly detail: string | undefined

  constructor(reason: RefusalCode, detail?: string) {
    super(`refused: ${reason}${detail ? ` (${detail})` : ''}`)
    this.name = 'RefusedError'
    this.reason = reason
    this.detail = detail
  }
}

/** The link could not be made, or was given up. */
export class LinkError extends Error {
  readonly problem: LinkProblem

  constructor(problem: LinkProblem) {
    super(`no link: ${problem}`)
    this.name = 'LinkError'
    this.problem = problem
  }
}

/** The terminal itself asked for something else meanwhile, or left: nothing to tell anyone. */
export class ReplacedError extends Error {}
