import type { Subgoal } from '../../labs/lab.ts'

/** The labels of the sub-goals, the same in text, listings and figures. */
export const SUBGOALS = [
  'CRÉER',
  'ATTACHER',
  'ÉCOUTER',
  'SE CONNECTER',
  'ACCEPTER',
  'ÉCHANGER',
  'FERMER',
] as const satisfies Subgoal[]
