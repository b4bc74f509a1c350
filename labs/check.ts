/**
 * What a check is, and what a judge offers it: an exercise's promises, each observed on the wire.
 * A check lives in `labs/<lab>/verifications/<exercice>.ts` and imports this file alone: it knows neither the language
 * of the program it judges nor the machine it runs on.
 */
export type Bytes = string | Uint8Array

/** How a program says that it is there: it holds its port, in TCP or in UDP; or nothing is awaited. */
export type Ready = 'tcp' | 'udp' | 'none'

/** Systems that can show a criterion: all of them when absent. */
export type Only = 'linux' | 'posix'

export interface Check {
  /** « EX-8.6.7-1 »: its statement, its criteria in words, its hints are in its lab's `activites.ts`. */
  exercise: string
  ready: Ready
  criteria: readonly Criterion[]
  /** Typical wrong solutions, which the tests play: each must be refused. */
  mutants: readonly Mutant[]
}

export interface Criterion {
  /** Stable, kept in what is handed in: « second-refuse ». */
  id: string
  /** Rank, in the exercise's `criteria`, of the sentence it checks. A sentence may be checked several times. */
  say: number
  /** Which of the three hints helps when it fails; the first when absent. */
  hint?: 0 | 1 | 2
  /**
   * The program waits this long for the judge, in ms, before it does something else: a judge kept from answering in
   * time proves nothing.
   */
  tempo?: number
  only?: Only
  /** What it measures, that some machines do not tell: there it is not a proof. */
  measures?: 'memory'
  /** Resolves when all was seen as promised; the ways of `Ctx` reject otherwise. */
  run(ctx: Ctx): Promise<void>
}

export interface Mutant {
  name: string
  /** The wrong idea, in the learner's words. */
  idea: string
  /** The first criterion that refuses it; several when it depends on how busy the machine is. */
  rejectedBy: string | readonly string[]
  /** Changes of the reference solution; each `from` occurs in it exactly once. */
  edits: readonly (readonly [from: string, to: string])[]
}

export type Options = Readonly<Record<string, string | number | boolean>>

/** The world of one criterion: programs, peers, time. All of it ends with the criterion. */
export interface Ctx {
  /** An integer between these bounds, included. The same seed gives the same ones again. */
  integer(low: number, high: number): number
  /** `n` bytes drawn from the seed. */
  bytes(n: number): Uint8Array
  /**
   * Starts the program with these options and waits until it is ready. A server that is given no port gets a free one;
   * with `port: 0`, `Program.port` is the one it announced. One that should join `group` is given a moment to do so.
   */
  launch(options?: Options, how?: { ready?: Ready; name?: string; group?: string }): Promise<Program>
  connect(to: Program | number, name: string, how?: { address?: string }): Promise<TcpPeer>
  /** `n` clients at once: « le client 1 », « le client 2 ». */
  crowd(n: number, to: Program | number, name: string): Promise<TcpPeer[]>
  /** Sees a connection refused; accepted, it fails. */
  refused(to: Program | number, name: string, how?: { address?: string }): Promise<void>
  /** A server of the judge's own; on a free port of 127.0.0.1 unless told. */
  listen(name: string, how?: { address?: string; port?: number }): Promise<TcpListener>
  /**
   * A UDP socket of the judge's own, on 127.0.0.1. `to` associates it: it only hears that port. `reuse` shares its
   * port; `broadcast` and `multicast` let it send so.
   */
  udp(name: string, how?: UdpOptions): Promise<UdpPeer>
  /** A port that nobody holds, in TCP nor in UDP. */
  freePort(): Promise<number>
  /** A port that neither refuses nor accepts. */
  blackHole(): Promise<number>
  /** When a connection attempt to a black hole began and ended, seen from outside of the program (Linux). */
  attempt(port: number): Promise<{ from: number; to: number }>
  /** A UDP relay to a port; each direction loses and doubles this percentage of the datagrams. */
  relay(to: Program | number, trouble: { loss: number; double: number }): Promise<Relay>
  /** A temporary file; absent until written when no content is given. */
  file(content?: Bytes): Promise<{ path: string; read(): Promise<Uint8Array> }>
  /** A multicast group that no other run uses. */
  group(): string
  /** An IPv4 address of this machine other than 127.0.0.1. */
  otherAddress(): string
  /** Waits for a fact. False when `ms` (1000 unless told) went by without it, on the witness's clock. */
  until(fact: () => boolean, ms?: number): Promise<boolean>
  /** Lets `ms` of real time go by, however slow the machine: what must happen meanwhile needs a `tempo`. */
  pause(ms: number): Promise<void>
  /** Lets `ms` go by, on the witness's clock: the only way to prove an absence when no later fact can. */
  absence(ms?: number): Promise<void>
  /** What `act` promises must take less than `ms`. `what` names it: « l’écho du premier client ». */
  within<T>(ms: number, what: string, act: () => Promise<T>): Promise<T>
  /** Judges the time between two facts already seen. */
  between(low: number, high: number, from: number, to: number, what: string): void
  /** Fails here: what was seen, what was promised. */
  fail(observed: string, expected: string): never
}

export interface UdpOptions {
  to?: Program | number
  bind?: string
  port?: number
  reuse?: true
  broadcast?: true
  multicast?: true
}

export interface Program {
  readonly name: string
  readonly port: number
  /** Lines printed so far, without control sequences. */
  readonly lines: readonly { at: number; text: string }[]
  readonly alive: boolean
  readonly startedAt: number
  /** The next line that matches, after those already taken: the match, and when it was printed. */
  line(pattern: RegExp, ms?: number): Promise<{ match: RegExpExecArray; at: number }>
  /** Exactly these lines next, among those that match `among`. */
  prints(lines: readonly string[], among: RegExp, ms?: number): Promise<void>
  type(line: string): void
  /** Ctrl+D. */
  eof(): void
  signal(name: 'SIGTERM' | 'SIGINT'): void
  /** Waits for its end; gives its exit code. */
  exit(ms?: number): Promise<number>
  /** Waits for its end with this code; null for any code but 0. */
  ends(code: number | null, ms?: number): Promise<void>
  /** Fails if it has ended. */
  mustLive(after: string): void
  /** Resident memory in bytes; null where the system does not tell. */
  memory(): number | null
}

export interface TcpPeer {
  readonly name: string
  /** What came and was not expected yet. */
  readonly unread: Uint8Array
  readonly ended: boolean
  readonly wasReset: boolean
  readonly localPort: number
  /** The port of the other end. */
  readonly remotePort: number
  /** When the connection was made. */
  readonly since: number
  send(data: Bytes): void
  /** In pieces of `size` bytes, each read alone by who reads at once. */
  trickle(data: Bytes, size?: number): Promise<void>
  /** Ends its own direction. */
  fin(): void
  /** Cuts: RST. */
  reset(): void
  stopReading(): void
  /** Exactly these bytes next: fails at the first one that differs. */
  gets(data: Bytes, ms?: number): Promise<void>
  /** The next line, without its end; fails when it does not match. */
  line(pattern: RegExp, ms?: number): Promise<RegExpExecArray>
  /** The end of the stream, and nothing before it. `reset` accepts a brutal one too. */
  getsEnd(ms?: number, how?: { reset?: boolean }): Promise<void>
  /** Nothing unread, and still connected. */
  nothing(because: string): void
}

export interface TcpListener {
  readonly port: number
  readonly accepted: readonly TcpPeer[]
  /** The next connection. */
  next(ms?: number): Promise<TcpPeer>
  close(): void
}

export interface Datagram {
  at: number
  data: Uint8Array
  address: string
  port: number
}

export interface UdpPeer {
  readonly name: string
  readonly port: number
  readonly received: readonly Datagram[]
  send(data: Bytes, to?: { port?: number; address?: string }): Promise<void>
  /** The next datagram. */
  next(ms?: number): Promise<Datagram>
  /** Exactly these bytes in the next datagram. */
  gets(data: Bytes, ms?: number): Promise<Datagram>
  nothing(because: string): void
}

export interface Relay {
  port: number
  /** What came to it, and what became of it. `up`: towards the target. */
  seen: readonly { up: boolean; data: Uint8Array; fate: 'lost' | 'doubled' | 'passed' }[]
}

/**
 * ok: seen as promised. ko: something else was seen. unsure: this machine was too slow to tell, or does not
 * measure what it takes.
 * skipped: this system cannot show it, or an earlier trouble prevented it.
 */
export type Verdict = 'ok' | 'ko' | 'unsure' | 'skipped'

/** Something that a peer of the judge did or saw; `at` in ms since the criterion began. */
export type PeerMoment =
  | { at: number; kind: 'connect' | 'fin' | 'end' | 'reset' | 'cut' }
  /** `preview`: the first bytes, in base64. */
  | { at: number; kind: 'sent' | 'got'; bytes: number; preview: string }

/** What went between a peer of the judge and the program: it is drawn. */
export interface PeerTrace {
  /** « le second client ». */
  name: string
  over: 'tcp' | 'udp'
  /** It listens: the program connects to it. */
  listens?: true
  /** Its own port, and the one by which the program talks with it. */
  localPort: number
  remotePort: number
  moments: readonly PeerMoment[]
}

export interface CriterionResult {
  id: string
  /** The exercise's own sentence. */
  say: string
  verdict: Verdict
  /** How long it took, in ms. */
  ms: number
  tries: number
  /** All was seen but what this machine does not measure: elsewhere the program may fail. */
  unmeasured?: true
  observed?: string
  expected?: string
  hint?: string
  /** Last exchanges of the peer concerned, a line each. */
  exchange?: string[]
  /** The peers that took part, in the order in which they did. */
  peers?: PeerTrace[]
}

/** What a judge says of a program; it is what is handed in. */
export interface Report {
  v: 1
  exercise: string
  title: string
  outcome: 'passed' | 'failed' | 'unsure' | 'not-run'
  /** Why nothing could be played: a code, a sentence in French, and what the program said. */
  trouble?: { code: string; text: string; excerpt: string[] }
  criteria: CriterionResult[]
  seed: number
  ms: number
  command: string[]
  source?: { file: string; sha256: string }
  /** How quiet the machine was: turns of the witness, the worst and the typical one in ms. */
  witness: { turns: number; worst: number; typical: number }
}

/** Declares a check: only checks its type. */
export function defineCheck<const C extends Check>(check: C): C {
  return check
}
