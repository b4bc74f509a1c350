/** The labels of the steps of a program, the same in text, listings and figures. */
export const SUBGOALS = [
  'CRÉER',
  'ATTACHER',
  'ÉCOUTER',
  'SE CONNECTER',
  'ACCEPTER',
  'ÉCHANGER',
  'FERMER',
] as const
export type Subgoal = (typeof SUBGOALS)[number]
