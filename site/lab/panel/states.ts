/** The state of a terminal from what the runner says. Pure. */
import type { RoleState } from '../../texts.ts'
import type { FeedState } from '../link/source.ts'

const ACTIVE: readonly RoleState[] = ['building', 'starting', 'running', 'ready', 'stopping']

/** A program is there, or about to be. */
export function isActive(state: RoleState): boolean {
  return ACTIVE.includes(state)
}

/** A role without a `ready` pattern is ready as soon as it runs. */
export function roleState(
  { phase, ready }: Pick<FeedState, 'phase' | 'ready'>,
  hasPattern: boolean,
): RoleState {
  if (phase !== 'running') return phase
  return ready || !hasPattern ? 'ready' : 'running'
}
