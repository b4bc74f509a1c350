/** The state of a terminal from what the runner says. Pure. */
import type { RoleState } from '../texts.ts'
import type { SessionState } from './link.ts'

/** A role without a `ready` pattern is ready as soon as it runs. */
export function roleState(
  { phase, ready }: Pick<SessionState, 'phase' | 'ready'>,
  hasPattern: boolean,
): RoleState {
  if (phase !== 'running') return phase
  return ready || !hasPattern ? 'ready' : 'running'
}
