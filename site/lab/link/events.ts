/** What a terminal learns from its link with the runner, and why a link fails. */
import {
  Close,
  type End,
  type Phase,
  type RefusalCode,
  type ServerMessage,
} from '../../../runner/protocol.ts'

export interface Size {
  cols: number
  rows: number
}

/** `closed`: nothing to keep open. `lost`: a program runs there and the link is being restored. */
export type Link = 'closed' | 'connecting' | 'open' | 'lost'

/** Why the link was given up; `site/texts.ts` holds the sentence. */
export type LinkProblem = 'unreachable' | 'stopped' | 'token' | 'takenOver' | 'protocol' | 'busy'

export type Welcome = Extract<ServerMessage, { type: 'welcome' }>

export interface SessionState {
  phase: Phase
  ready: boolean
  values: Record<string, string>
  end?: End
}

export interface ConnectionEvents {
  /** Bytes to show, in order, each once. Call `consumed` when they are parsed: it opens the runner's window. */
  output(bytes: Uint8Array, replay: boolean, consumed: () => void): void
  /** `bytes` of output were too old to be kept by the runner. */
  gap(bytes: number): void
  state(state: SessionState): void
  link(link: Link): void
  /** The link is back and nothing was lost, apart from the gaps already told. */
  resumed(): void
  /** The runner no longer knows the session: it was restarted. */
  vanished(): void
  refused(reason: RefusalCode, detail?: string): void
  problem(problem: LinkProblem): void
  warning(reason: 'ends-soon'): void
  /** What the runner said of itself. */
  welcome(about: Pick<Welcome, 'qt'>): void
}

/** The runner refused a `start` or an `attach`. */
export class RefusedError extends Error {
  readonly reason: RefusalCode
  readonly detail: string | undefined

  constructor(reason: RefusalCode, detail?: string) {
    super(`the runner refused: ${reason}${detail ? ` (${detail})` : ''}`)
    this.name = 'RefusedError'
    this.reason = reason
    this.detail = detail
  }
}

/** The link could not be made, or was given up. */
export class LinkError extends Error {
  readonly problem: LinkProblem

  constructor(problem: LinkProblem) {
    super(`no link with the runner: ${problem}`)
    this.name = 'LinkError'
    this.problem = problem
  }
}

/** The closures that no reconnection would repair, by the code of the WebSocket. */
export const GIVEN_UP: Readonly<Record<number, LinkProblem>> = {
  [Close.TOKEN]: 'token',
  [Close.TAKEN_OVER]: 'takenOver',
  [Close.PROTOCOL]: 'protocol',
  [Close.RATE]: 'busy',
  [Close.GOING_AWAY]: 'stopped',
}
