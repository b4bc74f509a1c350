/** What a pane is given, and what it asks of the panel around it. */
import type { Lab, Role } from '../../../labs/lab.ts'
import type { TakenPort } from '../../../runner/protocol.ts'
import type { Source } from '../link/source.ts'
import type { RolePane } from './role-pane.ts'

export interface PaneHost {
  readonly source: Source
  /** The source answers the page. */
  readonly answering: boolean
  /** The state or the output of a pane changed. */
  changed(): void
  /** To be read by a screen reader. */
  announce(text: string): void
  screenReader(): boolean
  /** The port that the program of this pane asked for is held. */
  portTaken(pane: RolePane, taken: TakenPort): void
  /** As many programs run as may. */
  tooMany(): void
}

export interface PaneOf {
  /** The panel that remembers the session, and the lab that the source knows: they differ for the relay. */
  panelId: string
  labId: string
  lab: Lab
  role: Role
}
