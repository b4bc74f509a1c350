/** What a pane is given, and what it asks of the panel around it. */
import type { Lab, Role } from '../../../labs/lab.ts'
import type { PlacedEvent } from '../../../labs/trace.ts'
import type { TakenPort } from '../../../runner/protocol.ts'
import type { Source } from '../link/source.ts'
import type { RolePane } from './role-pane.ts'
import type { Run } from './run.ts'

export interface PaneHost {
  readonly source: Source
  /** The source answers the page. */
  readonly answering: boolean
  /** The state of a pane changed. */
  changed(): void
  /** A pane printed: for each key, and by thousands in a flood. */
  printed(): void
  /** To be read by a screen reader. */
  announce(text: string): void
  screenReader(): boolean
  /** The port that the program of this pane asked for is held. */
  portTaken(pane: RolePane, taken: TakenPort): void
  /** The run of a pane did this with its sockets; it ended, with this exit code. */
  traced(pane: RolePane, run: Run, events: readonly PlacedEvent[]): void
  ended(pane: RolePane, run: Run, code: number, observed: boolean): void
  /** The learner chose a line of a terminal, by its bytes. */
  chosen(pane: RolePane, line: { from: number; to: number }): void
  /** As many programs run as may. */
  tooMany(): void
}

export interface PaneOf {
  /** The panel that remembers the session, and the lab that the source knows: they differ for the relay. */
  panelId: string
  labId: string
  lab: Lab
  role: Role
  /** It is a judge that the pane starts, of the exercise that is its role's program. */
  judge?: {
    /** The command that starts the same in any terminal. */
    command: string
    /** What it prints. */
    printed(bytes: Uint8Array): void
  }
}
