/**
 * What a lab is: one folder under `labs/`, declared once in its `lab.ts`.
 * The panel in the page, what the runner may start, the tests and the teacher's demonstration derive from it.
 * Everything here is plain data; this file imports one type and importing a `lab.ts` runs nothing.
 */
import type { TracePattern } from './trace.ts'

/** Who plays a role: the Qt twin in TypeScript, the raw Node program, or real Qt in C++. */
export type VariantId = 'ts' | 'node' | 'qt'

export type ParameterValue = string | number | boolean

/** What carries the bytes. */
export type Transport = 'tcp' | 'udp'

/**
 * A value the page may fill in. Its key in `Lab.parameters` is the option of the program:
 * `port` is passed as `--port 1234`, a `flag` as `--name` when true.
 */
export type Parameter = ParameterKind & {
  /** It only means something over this transport. */
  only?: Transport
  /** A running program takes a new value from a typed line: `perte 30`. */
  live?: true
}

type ParameterKind =
  | { kind: 'port'; label: string; default: number }
  | { kind: 'integer'; label: string; default: number; min: number; max: number; unit?: string }
  | { kind: 'text'; label: string; default: string; maxLength: number }
  | { kind: 'host'; label: string; default: string }
  | { kind: 'choice'; label: string; default: string; choices: Record<string, string> }
  | { kind: 'flag'; label: string; default: boolean }

/** One program of the lab, in one terminal. */
export interface Role {
  /** Unique in the lab: `serveur`, `client-1`. */
  id: string
  /** Shown above the terminal: « Client 1 ». */
  title: string
  /** Base name of the program: `client` is `client.ts`, `client.node.ts` and `qt/client/`. */
  program: string
  /** Variants that exist, the default first. */
  variants: readonly VariantId[]
  /** Keys of `Lab.parameters` that this role accepts. */
  parameters: readonly string[]
  /**
   * Options that distinguish this role from another one of the same program; the page cannot change them, except that
   * a role whose port is fixed at 0 may be asked to take again the number that it got.
   */
  fixed?: Readonly<Record<string, ParameterValue>>
  /**
   * Tells in the output that the role is ready. Its named groups are the values that it tells (a server on port 0
   * tells the port it got). Without it a role is ready as soon as it runs.
   */
  ready?: RegExp
  /**
   * The port that it opens: the option that asks for it (a parameter or a fixed one), and the transport, which may be
   * the value of a parameter. The number that it got is the `port` of its `ready` pattern, when it has one.
   * `typed`: it only opens it once a typed line asks for it.
   */
  opens?: { port: string; over: Transport | { parameter: string }; typed?: true }
  /**
   * The wiring: whose value each of these parameters takes, as `role.value` (`{ port: 'serveur.port' }`), the value
   * being a named group of that role's `ready` pattern. It may depend on another parameter of this role. A value that
   * the learner typed, or a target they chose, wins.
   */
  takes?: Takes
  /** « Tout lancer » leaves it out: it has its moment, later. */
  later?: true
  /** A relay: the options that say the port where it relays to, and over what. The page sets them. */
  relays?: { to: string; over: string }
}

export type Takes = Readonly<Record<string, Taken>>

/** `serveur.port`, or one source for each value of a parameter: `{ by: 'transport', udp: 'relais-udp.port' }`. */
export type Taken = string | ({ by: string } & Readonly<Record<string, string>>)

/** A fact awaited after an action, in what a role has printed and done since the action began. Never a delay. */
export interface Expectation {
  /** The role observed; the step's own role when absent. */
  role?: string
  /** Awaited in the output (colours and cursor moves removed). */
  output?: RegExp
  /** Awaited among what its sockets do, wherever they are observed; elsewhere, it counts as met. */
  event?: TracePattern
  /** The role must end, with this exit code (128 + n for signal n). */
  exit?: number
}

/** A question asked before a step. */
export interface Prediction {
  question: string
  /** Exactly one option is `right`; each says why. */
  options: readonly { text: string; right?: true; because: string }[]
}

/** One step of the demonstration: an action, what must follow, the sentence for the class. */
export interface Step {
  role: string
  /** `type` sends a line (`text`) and Enter; `interrupt` is Ctrl+C; `eof` is Ctrl+D; `stop` ends the role. */
  action: 'start' | 'type' | 'interrupt' | 'eof' | 'stop'
  text?: string
  /** With `start`: values other than the defaults. */
  parameters?: Readonly<Record<string, ParameterValue>>
  /** With `start`: other sources than those of the role, for this step. */
  takes?: Takes
  expect?: Expectation | readonly Expectation[]
  say: string
  predict?: Prediction
  /**
   * A class puts the cards of the lab in order before this step, at most one of a scenario: what is played from there
   * shows all those that happen, in the order declared. A test sees it.
   */
  order?: true
}

/** Each message of a stream comes after a header that says its length, a big-endian unsigned integer. */
export interface Framing {
  /** Size of the header. */
  lengthBytes: number
  /** Longest message: what announces more is no header. */
  max: number
}

export interface Lab {
  title: string
  /** The section that shows it: « 8.5.1 ». */
  section: string
  /** One sentence: what one comes to see. */
  goal: string
  /** In start order. */
  roles: readonly Role[]
  parameters: Readonly<Record<string, Parameter>>
  scenario: readonly Step[]
  /**
   * A relay that the learner may insert: the lab it comes from, and the links it cuts, each named by its near end
   * (`client-1.port`). They all take the value of one role, which the relay then stands before.
   */
  relay?: { lab: string; on: readonly string[] }
  /** How its programs may write their messages over TCP: « Le fil » then decodes the headers. */
  framing?: Framing
  /** Why some variants do not exist here; said in the page. */
  variantsNote?: string
  /** What differs on Windows and macOS; said in the page. */
  systems?: string
}

/** Declares a lab: only checks its type. */
export function defineLab<const L extends Lab>(lab: L): L {
  return lab
}
