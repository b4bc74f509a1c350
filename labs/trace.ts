/**
 * What a program does with its sockets, event by event, as a probe tells it; and the form in which it travels, inside
 * the output of the program. Events come from the program itself: untrusted data, checked and bounded here.
 *
 * On the wire: `ESC ] 6017 ; <length> ; <process> ; <json> BEL`, in ASCII, `length` being that of the JSON, whose keys
 * are short (`FIELDS`). Times are in µs, on the monotonic clock of the machine, the same for all its processes.
 */

/** What every event says. */
interface Base {
  /** `4242`, or `4242.1` for its first worker. */
  process: string
  /** Rank of the event in its process, from 0. */
  order: number
  /** When: just before the system call of a send, just after that of a receive. */
  at: number
  /** Number of the socket in its process; a socket that connects again keeps it. */
  socket?: number
  /** The line of the program that asked for it: `refus/serveur.ts:62:17`, from the folder of the labs; several for a group of writes. */
  site?: string | readonly string[]
  /** How many events before this one could not be told. */
  lost?: number
}

/** Under load one event stands for `times` calls, from `at` to `until`, with all their bytes. */
interface Grouped {
  times?: number
  until?: number
}

/** Bytes that go or come. */
interface Bytes extends Grouped {
  bytes: number
  /** TCP: how many went that way on the connection before these. */
  offset?: number
  /** UDP: the other end, and a hash that says which datagram it is. */
  remote?: string
  hash?: number
  /** The first ones, in base64. */
  preview?: string
}

/** The events. An endpoint is written `127.0.0.1:1234` or `[::1]:1234`, an error by its name: `ECONNREFUSED`. */
export type TraceEvent = Base &
  (
    | { kind: 'hello'; version: number; node?: string; qt?: string }
    | { kind: 'exit'; code?: number }
    /** A TCP server listens, a UDP socket has a port; `shared` with others. */
    | { kind: 'listen' | 'bind'; local: string; shared?: boolean }
    | { kind: 'unlisten' }
    | { kind: 'connect'; remote: string }
    | { kind: 'connected'; remote: string; local?: string }
    | { kind: 'refused'; remote: string; error: string }
    /** The program takes a connection from the server socket `server`, or drops it at once. */
    | { kind: 'accept'; server: number; local: string; remote: string }
    | { kind: 'drop'; local: string; remote: string }
    /** `cuts`: the sizes of the writes that left together. */
    | ({ kind: 'send'; cuts?: readonly number[] } & Bytes)
    | ({ kind: 'receive' } & Bytes)
    | { kind: 'send-failed'; bytes: number; error: string; remote?: string }
    /** No more bytes will go (`shutdown`), or come (`fin`), after `offset`. */
    | { kind: 'shutdown' | 'fin'; offset: number }
    /** `reset`: by an RST; `unseen`: bytes received that no event told. */
    | { kind: 'close'; received?: number; sent?: number; reset?: boolean; error?: string; unseen?: number }
    | { kind: 'join' | 'leave'; group: string; interface?: string; error?: string }
    | { kind: 'error'; error: string; call?: string; local?: string }
    /** A Qt object emits a signal; `unheard` when no slot was connected. */
    | ({
        kind: 'signal'
        signal: string
        object: string
        value?: string | number
        unheard?: boolean
      } & Grouped)
  )

/** An event, and how many bytes of text its program had printed before it. */
export interface PlacedEvent {
  event: TraceEvent
  offset: number
}

export type TraceKind = TraceEvent['kind']
/** The events of some kinds. */
export type TraceEventOf<K extends TraceKind, E = TraceEvent> = E extends { kind: infer Kind }
  ? K extends Kind
    ? E
    : never
  : never

/** Some of what an event says: one that says all that, and more, fits. */
export type TracePattern = {
  [K in TraceKind]: { kind: K } & Partial<Omit<TraceEventOf<K>, 'kind'>>
}[TraceKind]

export function fits(event: TraceEvent, pattern: TracePattern): boolean {
  return Object.entries(pattern).every(([key, value]) => Reflect.get(event, key) === value)
}

/** How an event is written on the wire: short keys, those that have nothing to say left out, 1 for true. */
export interface WireEvent {
  k: TraceKind
  n?: number
  t?: number
  s?: number
  l?: string | readonly string[]
  lost?: number
  v?: number
  node?: string
  qt?: string
  code?: number
  a?: string
  reuse?: 1
  r?: string
  e?: string
  by?: number
  o?: number
  b?: number
  p?: string
  h?: number
  w?: readonly number[]
  x?: number
  t2?: number
  i?: number
  q?: number
  rst?: 1
  unseen?: number
  g?: string
  if?: string
  c?: string
  sig?: string
  ob?: string
  val?: string | number
  deaf?: 1
}

export const TRACE_VERSION = 1
/** How a sequence starts and ends. */
export const TRACE_OPEN = '\x1b]6017;'
export const TRACE_CLOSE = '\x07'
/** Longest sequence, in bytes: the echo of a typed key hardly ever lands inside a short one. */
export const TRACE_MAX = 512

/** Most elements of a list, and longest text. */
const LIST_MAX = 32
const TEXT_MAX = 300

const PROCESS = /^\d{1,10}(?:\.\d{1,10})?$/

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0
const isText = (value: unknown) => typeof value === 'string' && value.length <= TEXT_MAX
const isListOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.length <= LIST_MAX && value.every(is)
const isTrue = (value: unknown) => value === 1
const either = (a: (value: unknown) => boolean, b: (value: unknown) => boolean) => (value: unknown) =>
  a(value) || b(value)

/** Each short key: its name in an event, and what it may hold. */
const FIELDS: Readonly<Record<Exclude<keyof WireEvent, 'k'>, [string, (value: unknown) => boolean]>> = {
  n: ['order', isCount],
  t: ['at', isCount],
  s: ['socket', isCount],
  l: ['site', either(isText, isListOf(isText))],
  lost: ['lost', isCount],
  v: ['version', isCount],
  node: ['node', isText],
  qt: ['qt', isText],
  code: ['code', isCount],
  a: ['local', isText],
  reuse: ['shared', isTrue],
  r: ['remote', isText],
  e: ['error', isText],
  by: ['server', isCount],
  o: ['offset', isCount],
  b: ['bytes', isCount],
  p: ['preview', isText],
  h: ['hash', isCount],
  w: ['cuts', isListOf(isCount)],
  x: ['times', isCount],
  t2: ['until', isCount],
  i: ['received', isCount],
  q: ['sent', isCount],
  rst: ['reset', isTrue],
  unseen: ['unseen', isCount],
  g: ['group', isText],
  if: ['interface', isText],
  c: ['call', isText],
  sig: ['signal', isText],
  ob: ['object', isText],
  val: ['value', either(isText, Number.isFinite)],
  deaf: ['unheard', isTrue],
}

const ALWAYS = ['n', 't']
const MAYBE = ['s', 'l', 'lost']
const BYTES = ['o', 'r', 'h', 'p', 'x', 't2']
/** The keys of each kind: those that it must have, those that it may have. */
const KINDS: Readonly<Record<TraceKind, [must: readonly string[], may: readonly string[]]>> = {
  hello: [['v'], ['node', 'qt']],
  exit: [[], ['code']],
  listen: [['a'], ['reuse']],
  bind: [['a'], ['reuse']],
  unlisten: [[], []],
  connect: [['r'], []],
  connected: [['r'], ['a']],
  refused: [['r', 'e'], []],
  accept: [['by', 'a', 'r'], []],
  drop: [['a', 'r'], []],
  send: [['b'], [...BYTES, 'w']],
  receive: [['b'], BYTES],
  'send-failed': [['b', 'e'], ['r']],
  shutdown: [['o'], []],
  fin: [['o'], []],
  close: [[], ['i', 'q', 'rst', 'e', 'unseen']],
  join: [['g'], ['if', 'e']],
  leave: [['g'], ['if', 'e']],
  error: [['e'], ['c', 'a']],
  signal: [
    ['sig', 'ob'],
    ['val', 'deaf', 'x', 't2'],
  ],
}

/** The event of a whole sequence, `ESC ]6017;` and the end included; null when it is none, or a damaged one. */
export function parseTrace(sequence: string): TraceEvent | null {
  if (sequence.length > TRACE_MAX || !sequence.startsWith(TRACE_OPEN) || !sequence.endsWith(TRACE_CLOSE)) {
    return null
  }
  const [, length, process, json] =
    /^(\d{1,4});([^;]*);(.*)$/.exec(sequence.slice(TRACE_OPEN.length, -TRACE_CLOSE.length)) ?? []
  if (json === undefined || json.length !== Number(length) || !PROCESS.test(process!)) return null
  try {
    return eventOf(process!, JSON.parse(json))
  } catch {
    return null
  }
}

function eventOf(process: string, wire: unknown): TraceEvent | null {
  if (typeof wire !== 'object' || wire === null) return null
  const { k: kind, ...told } = wire as Record<string, unknown>
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) return null
  const [must, may] = KINDS[kind as TraceKind]
  const required = [...ALWAYS, ...must]
  if (!required.every((key) => Object.hasOwn(told, key))) return null
  const event: Record<string, unknown> = { kind, process }
  for (const key of [...required, ...MAYBE, ...may]) {
    if (!Object.hasOwn(told, key)) continue
    const [name, holds] = FIELDS[key as keyof typeof FIELDS]
    if (!holds(told[key])) return null
    event[name] = told[key] === 1 && holds === isTrue ? true : told[key]
  }
  return event as unknown as TraceEvent
}

/** Whether a value, read in a file, is an event. */
export function isTraceEvent(value: unknown): value is TraceEvent {
  if (typeof value !== 'object' || value === null) return false
  const { kind, process, ...told } = value as Record<string, unknown>
  if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind)) return false
  if (typeof process !== 'string' || !PROCESS.test(process)) return false
  const [must, may] = KINDS[kind as TraceKind]
  const holds = (key: string, needed: boolean) => {
    const [name, is] = FIELDS[key as keyof typeof FIELDS]
    if (!Object.hasOwn(told, name)) return !needed
    return is === isTrue ? told[name] === true : is(told[name])
  }
  return (
    [...ALWAYS, ...must].every((key) => holds(key, true)) &&
    [...MAYBE, ...may].every((key) => holds(key, false))
  )
}

/** The sequence that tells an event, for the probe of `process`; null when it would be too long. */
export function writeTrace(process: string, event: WireEvent): string | null {
  const json = JSON.stringify(event).replace(/[^\x20-\x7e]/g, escaped)
  const sequence = `${TRACE_OPEN}${json.length};${process};${json}${TRACE_CLOSE}`
  return sequence.length > TRACE_MAX ? null : sequence
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
