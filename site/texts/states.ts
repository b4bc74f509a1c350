/** The states of a program, and how it ended. */
import type { End, EndReason } from '../../runner/protocol.ts'

/** What a terminal of the panel is doing; the values of `data-state`. */
export type RoleState = 'idle' | 'building' | 'starting' | 'running' | 'ready' | 'stopping' | 'ended'

export const STATE_WORDS = {
  idle: 'à lancer',
  building: 'compilation en cours',
  starting: 'démarrage',
  running: 'en cours',
  ready: 'prêt',
  stopping: 'arrêt en cours',
  ended: 'terminé',
} as const satisfies Record<RoleState, string>

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  ABRT: 6,
  FPE: 8,
  KILL: 9,
  SEGV: 11,
  PIPE: 13,
  TERM: 15,
}

/** The state in words: « prêt », « terminé, code 0 », « terminé, signal 9 (KILL) ». */
export function stateWords(
  state: RoleState,
  end?: Pick<End, 'code' | 'signal'>,
  building?: { done: number; total: number },
): string {
  if (state === 'building' && building) return `compilation, ${building.done} sur ${building.total}`
  if (state !== 'ended' || !end) return STATE_WORDS[state]
  if (end.signal === null) return `terminé, code ${end.code}`
  const number = SIGNAL_NUMBERS[end.signal] ?? end.code - 128
  return `terminé, signal ${number} (${end.signal})`
}

/** Said under the terminal when a program did not end by itself; null when the state says enough. */
export const END_NOTICES = {
  normal: null,
  signal: null,
  stopped: null,
  'max-duration': 'Le programme tournait depuis trop longtemps : il a été arrêté. « Relancer » le reprend.',
  idle: 'Aucune page ne regardait plus ce programme : il a été arrêté. « Relancer » le reprend.',
  'too-many-processes': 'Le programme créait trop de processus : il a été arrêté, ainsi que ses descendants.',
  'runner-stopped':
    'Le lanceur a été arrêté, et ce programme avec lui. Relancez `npm start`, puis cette page.',
  'launch-failed': 'Le programme n’a pas pu être lancé. Le terminal dit pourquoi.',
  'build-failed':
    'La compilation a échoué. Lisez la première erreur dans le terminal, corrigez, puis relancez.',
} as const satisfies Record<EndReason, string | null>

export const WARNINGS = {
  'ends-soon': 'Ce programme tourne depuis longtemps : il sera arrêté dans deux minutes.',
} as const
