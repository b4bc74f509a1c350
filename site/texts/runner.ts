/** What is said of the runner: what it refuses, the link with it, what it runs. */
import type { FileRefusal, RefusalCode } from '../../runner/protocol.ts'
import { FILE_REFUSALS } from './files.ts'
import { quoted } from './quoted.ts'

/** Why the runner refused, and the next step. `detail` names what was wrong. */
export const REFUSALS = {
  'bad-message': () =>
    'La page et le lanceur ne se comprennent plus. Rechargez la page ; si cela persiste, relancez `npm start`.',
  'bad-token': () =>
    'Ce lanceur ne reconnaît pas la page. Rouvrez l’adresse qu’il a affichée dans son terminal : elle se termine par `#jeton=…`.',
  'unknown-lab': (detail) => `Le lanceur ne connaît pas le labo ${quoted(detail)}. Relancez \`npm start\`.`,
  'unknown-role': (detail) => `Le lanceur ne connaît pas le rôle ${quoted(detail)}. Relancez \`npm start\`.`,
  'unknown-variant': (detail) =>
    `Ce rôle n’existe pas dans la variante ${quoted(detail)}. Choisissez-en une autre.`,
  'bad-parameter': (detail) => `Le paramètre ${quoted(detail)} est refusé. Corrigez-le dans « Paramètres ».`,
  'unknown-session': () =>
    'Ce programme n’existe plus : le lanceur a redémarré. Le texte reste affiché ; « Relancer » recommence.',
  'too-many-sessions': () =>
    'Trop de programmes tournent en même temps. Arrêtez-en un dans la liste « Ce qui tourne », puis relancez celui-ci.',
  'qt-missing': () => `Qt ou CMake est absent de cette machine. ${QT_INSTALL}`,
  'already-running': () => 'Ce programme tourne déjà. Arrêtez-le, ou choisissez « Relancer ».',
  'not-running': () => 'Ce programme ne tourne pas. Choisissez « Lancer ».',
  'input-full': () =>
    'Le programme ne lit plus ce qui est tapé, et la réserve est pleine. Attendez, ou faites Ctrl+C.',
  'no-terminal-left': () =>
    'Le système n’a plus de terminal libre. Arrêtez d’autres programmes, puis relancez.',
  'lab-broken': (detail) =>
    `Le fichier \`lab.ts\` de ce labo contient une erreur${detail ? ` (${detail})` : ''}. Corrigez-le, puis relancez.`,
  'program-missing': (detail) =>
    `Le fichier ${quoted(detail)} est introuvable. Vérifiez qu’il n’a pas été déplacé ou renommé.`,
  'copy-refused': (detail) =>
    `Votre copie n’a pas pu être lancée : ${FILE_REFUSALS[detail as FileRefusal['reason']] ?? 'elle est illisible.'}`,
  stopping: () =>
    'Le lanceur est en train de s’arrêter. Relancez `npm start`, puis ouvrez l’adresse affichée.',
  looking: () => 'Ce programme est commandé depuis un autre onglet. « Reprendre ici » rend le clavier.',
} as const satisfies Record<RefusalCode, (detail?: string) => string>

export const QT_INSTALL =
  'Pour installer Qt : `sudo apt install qt6-base-dev cmake g++` sous Debian ou Ubuntu, `brew install qt cmake` ' +
  'sous macOS, l’installeur de qt.io sous Windows. Relancez ensuite `npm start`.'

export const LINK = {
  lost: 'La liaison avec le lanceur est coupée. S’il tourne encore, le programme aussi, et ce que vous tapez est gardé ; nouvelle tentative…',
  unheard: 'Le lanceur tarde à répondre : ce que vous tapez est gardé.',
  silent:
    'Le lanceur ne répond plus. Cette page le retrouvera dès qu’il répondra ; s’il est arrêté, relancez `npm start`.',
  resumed: 'Reconnecté : rien n’a été perdu.',
  resumedWithGap: 'Reconnecté : une partie de la sortie, trop ancienne, a été omise.',
  vanished:
    'Session terminée : le lanceur a redémarré. Le texte reste affiché ; « Relancer » recommence le programme.',
  unreachable:
    'Le lanceur ne répond pas. Relancez `npm start` dans le dossier du cours, puis ouvrez l’adresse affichée.',
  stopped:
    'Le lanceur s’est arrêté, et ce programme avec lui. Relancez `npm start`, puis ouvrez l’adresse affichée.',
  busy: 'Le lanceur reçoit trop de demandes. Attendez une minute, puis recommencez.',
  token: REFUSALS['bad-token'](),
  protocol: REFUSALS['bad-message'](),
  insecure:
    'À cette adresse, le navigateur interdit de prouver le jeton : ouvrez le cours par `http://localhost`, ou en https.',
} as const

/** In a panel that no runner can serve. */
export const OFFLINE = {
  noRunner:
    '**Pour lancer ces programmes ici,** tapez `npm start` dans le dossier du cours, puis ouvrez l’adresse affichée.',
  unknownPage:
    '**Le lanceur tourne, mais il ne reconnaît pas cette page.** Rouvrez l’adresse qu’il a affichée dans son terminal : elle se termine par `#jeton=…`.',
  elsewhere: 'Chacun se lance aussi dans un terminal, avec la commande écrite ci-dessous.',
} as const

/** Who has the keyboard of a program shown in two pages. */
export const KEYBOARD = {
  elsewhere: 'Ce programme est commandé depuis un autre onglet ; celui-ci le montre.',
  take: 'Reprendre ici',
} as const

/** A port that a program wanted, and that another one holds. */
export const TAKEN = {
  title: (port: number) => `Le port ${port} est déjà pris`,
  ours: (role: string, lab: string, section: string, age: string, where: string) =>
    `par « ${role} » du labo « ${lab} »${inSection(section)}, lancé il y a ${age}, ${where}.`,
  here: 'dans cette page',
  elsewhere: 'dans un autre onglet',
  nowhere: 'dans une page fermée depuis',
  foreign: (name: string, pid: number) =>
    `par un programme étranger au cours : \`${name}\`, processus ${pid}.`,
  unknown: 'par un programme étranger au cours.',
  find: (command: string) => `Pour le retrouver, dans un terminal : \`${command}\``,
  end: 'L’arrêter et relancer ici',
  free: 'Lancer sur un port libre',
} as const

/** The list « Ce qui tourne ». */
export const RUNNING = {
  check: (exercise: string) => `Vérification de ${exercise}`,
  title: 'Ce qui tourne',
  words: (count: number) => `programme${count > 1 ? 's' : ''} en cours`,
  onThisMachine: (count: number) => `${count} programme${count > 1 ? 's' : ''} sur cette machine`,
  here: 'cette page',
  elsewhere: 'dans un autre onglet',
  orphan: (rest: string) => `page fermée, fin dans ${rest}`,
  section: (section: string) => `· ${section}`,
  port: { tcp: (port: number) => `écoute :${port}`, udp: (port: number) => `sur :${port}` },
  since: (age: string) => `depuis ${age}`,
  show: 'Voir',
  take: 'Reprendre ici',
  end: 'Arrêter',
  endOne: (role: string) => `Arrêter ${role}`,
  endAll: 'Tout arrêter',
  leftAlone: 'Un programme sans page s’arrête de lui-même.',
} as const

function inSection(section: string): string {
  return /\d/.test(section) ? ` (${section})` : ''
}
