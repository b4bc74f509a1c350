/** The demonstration. */
import { quoted } from './quoted.ts'

/** The demonstration: one sentence at a time, above the terminals. */
export const DEMO = {
  name: 'Démonstration',
  previous: 'Précédent',
  next: 'Suivant',
  launch: 'Lancer l’étape',
  again: 'Recommencer',
  quit: 'Quitter',
  quitKey: 'Échap',
  intro: 'les flèches du clavier avancent et reviennent',
  preparing: 'les programmes d’avant s’arrêtent',
  freed: (port: number, role: string, lab: string) =>
    `le port ${port} est libre : ${quoted(role)} du labo ${quoted(lab)} a été arrêté`,
  steps: (count: number) => `${count} étapes`,
  count: (rank: number, count: number) => `${rank} sur ${count}`,
  running: (count: number) => (count === 0 ? '' : `${count} programme${count > 1 ? 's' : ''}`),
  step: (rank: number) => `Étape ${rank}`,
  before: 'Avant de continuer',
  inWhichOrder: 'Dans quel ordre cela se passera-t-il ?',
  howToOrder: 'ce qui n’aura pas lieu reste sans place',
  place: (at: number) => (at === 1 ? '1er' : `${at}e`),
  /** What « Le fil » says of the order of the class. */
  cards: (score: string) => `cartes : ${score}`,
  does: {
    start: (role: string) => `${role} démarre`,
    type: (role: string, text: string) =>
      text ? `on tape ${quoted(text)} dans ${role}` : `on presse Entrée dans ${role}`,
    interrupt: (role: string) => `Ctrl+C dans ${role}`,
    eof: (role: string) => `Ctrl+D dans ${role}`,
    stop: (role: string) => `on arrête ${role}`,
  },
  will: {
    start: (role: string) => `${role} va démarrer`,
    type: (role: string, text: string) =>
      text ? `on va taper ${quoted(text)} dans ${role}` : `on va presser Entrée dans ${role}`,
    interrupt: (role: string) => `on va presser Ctrl+C dans ${role}`,
    eof: (role: string) => `on va presser Ctrl+D dans ${role}`,
    stop: (role: string) => `on va arrêter ${role}`,
  },
  building: (role: string, progress: { done: number; total: number } | undefined) =>
    `compilation de ${role} : ${progress ? `${progress.done} sur ${progress.total}` : 'la première fois seulement'}`,
  starting: 'démarrage',
  awaitsOutput: (role: string) => `on attend ce que ${role} affiche`,
  awaitsEvent: (role: string) => `on attend ce que ${role} fait sur le réseau`,
  awaitsEnd: (role: string) => `on attend la fin de ${role}`,
  answer: (letter: string) => `réponse ${letter}`,
  answered: (letter: string) => `la classe avait répondu ${letter} :`,
  right: '✓ c’était cela',
  wrong: (letter: string) => `✗ c’était ${letter}`,
  past: 'déjà jouée : les programmes, eux, ne reviennent pas en arrière',
  over: 'la démonstration est terminée',
  failed: 'interrompue',
  endedWithout: (role: string, code: number) =>
    `Le rôle ${quoted(role)} s’est terminé, code ${code}, sans montrer ce qui était attendu. Lisez son terminal, puis recommencez.`,
  notObserved: (role: string) =>
    `Ce qui était attendu de ${quoted(role)} n’est pas venu. Lisez son terminal, puis recommencez.`,
  refused: (role: string) => `${quoted(role)} n’a pas démarré. Lisez son terminal, puis recommencez.`,
} as const
