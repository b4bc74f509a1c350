/** What the command that replays hand-ins says. */
import type { HandInProblem } from '../../labs/hand-in.ts'

const LANGUAGES = { ts: 'TypeScript', node: 'Node nu', qt: 'C++' } as const

export const REPLAY = {
  usage: 'Usage : npm run rejouer -- rendu-EX-8.6.7-1.json … [--oui]',
  absent: 'ce fichier n’existe pas',
  problems: {
    'too-large': 'ce fichier dépasse 512 Kio, la taille d’un rendu',
    'not-json': 'ce fichier n’est pas du JSON',
    'not-a-hand-in': 'ce fichier n’est pas un rendu du cours',
  } satisfies Record<HandInProblem, string>,
  unknown: 'aucun exercice du cours n’a ce numéro',
  altered: 'le programme n’est pas celui que ce rapport a jugé',
  noQt: 'Qt 6 ou CMake est absent de cette machine',
  notBuilt: 'le programme ne se compile pas',
  tooLong: 'arrêté : plus de trois minutes, ou trop de texte',
  judgeFailed: 'le vérificateur n’a pas rendu de rapport',
  willRun: (count: number) =>
    count > 1
      ? `Ces ${count} programmes vont être lancés sur cette machine, l’un après l’autre :`
      : 'Ce programme va être lancé sur cette machine :',
  program: (variant: keyof typeof LANGUAGES, source: string) =>
    `${LANGUAGES[variant]}, ${source.split('\n').length} lignes`,
  untrusted:
    'Un rendu est le programme d’un autre : il peut lire vos fichiers comme tout programme que vous lancez. Il est arrêté au bout de trois minutes, au-delà de 1 Gio de mémoire ou de 8 Mio de texte.',
  question: 'Les lancer ? (o/N) ',
  notAgreed: 'Rien n’a été lancé. « o », ou l’option --oui, donne votre accord.',
  columns: ['Fichier', 'Nom', 'Exercice', 'Rendu', 'Rejoué', 'Verdict'],
  passed: 'confirmé',
  same: 'identique',
  differs: 'différent',
  refused: (why: string) => `non joué : ${why}`,
} as const
