/** The cards that the learner puts in order before a run, and what the run says of it. */
import type { CardKind } from '../../labs/activities.ts'

/** What a card says: who does it, the role at the other end or nothing, what is sent or received or nothing. */
export const CARD: Readonly<Record<CardKind, (role: string, far: string, what: string) => string>> = {
  listen: (role) => `${role} écoute`,
  unlisten: (role) => `${role} n’écoute plus`,
  bind: (role) => `${role} est attaché à son port`,
  connect: (role, far) => `${role} se connecte${far && ` à ${far}`}`,
  accept: (role, far) => `${role} accepte ${far || 'une connexion'}`,
  refused: (role) => `${role} : connexion refusée`,
  send: (role, far, what) => `${role} envoie ${what || 'des octets'}${far && ` à ${far}`}`,
  receive: (role, far, what) => `${role} reçoit ${what || 'des octets'}${far && ` de ${far}`}`,
  fin: (role) => `${role} voit la fin de la connexion`,
  join: (role, _far, group) => `${role} rejoint ${group || 'un groupe'}`,
}

const rank = (at: number) => (at === 1 ? '1er' : `${at}e`)

export const ORDER = {
  how: 'Montez ou descendez chaque carte, ou glissez-la ; sous la ligne, ce qui n’aura pas lieu.',
  cards: 'Cartes à mettre dans l’ordre',
  line: 'Ci-dessous : n’aura pas lieu',
  up: (card: string) => `Monter : ${card}`,
  down: (card: string) => `Descendre : ${card}`,
  /** Where a card is, for who listens. */
  placed: (card: string, at: number, of: number) => `${card} : ${rank(at)} sur ${of}`,
  left: (card: string) => `${card} : n’aura pas lieu`,
  keep: 'C’est mon ordre',
  arrange: 'Mettre les cartes dans l’ordre',
  again: 'Revoir les cartes',
  kept: 'Votre ordre est noté : lancez le labo, « Le fil » le comparera à ce qui se passe.',
  right: 'L’ordre juste',
  title: 'Votre prédiction',
  /** How many cards are as predicted, of those that can be told. */
  score: (same: number, of: number) =>
    same === of ? 'tout s’est passé dans cet ordre' : `${same} sur ${of} à ${same > 1 ? 'leur' : 'sa'} place`,
  expected: (at: number) => `prévu ${rank(at)}`,
  seen: (at: number) => `vu ${rank(at)}`,
  notExpected: 'pas prévu',
  /** While programs run, and once they are over. */
  notYet: 'pas encore vu',
  notSeen: 'pas vu',
  never: 'n’a pas eu lieu',
  unobserved: 'non observé ici',
  show: 'Montrer dans « Le fil »',
} as const
