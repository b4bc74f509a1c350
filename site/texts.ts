/**
 * Every French sentence that site code says: engine code sends codes, this file says them.
 * Spaces before « : ; ! ? » are plain here: `typography.ts` composes them when they are shown.
 */
import type { Parameter } from '../labs/lab.ts'
import type { ParameterProblem } from '../labs/parameters.ts'
import type { End, EndReason, RefusalCode } from '../runner/protocol.ts'

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

/** The state in words: « prêt », « terminé, code 0 », « terminé par le signal 9 (KILL) ». */
export function stateWords(state: RoleState, end?: Pick<End, 'code' | 'signal'>): string {
  if (state !== 'ended' || !end) return STATE_WORDS[state]
  if (end.signal === null) return `terminé, code ${end.code}`
  const number = SIGNAL_NUMBERS[end.signal] ?? end.code - 128
  return `terminé par le signal ${number} (${end.signal})`
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

/** Why the runner refused, and the next step. `detail` names what was wrong. */
export const REFUSALS = {
  'bad-message': () =>
    'La page et le lanceur ne se comprennent plus. Rechargez la page ; si cela persiste, relancez `npm start`.',
  'bad-token': () =>
    'Ce lanceur ne reconnaît pas la page. Ouvrez l’adresse que `npm start` vient d’afficher dans le terminal.',
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
  stopping: () =>
    'Le lanceur est en train de s’arrêter. Relancez `npm start`, puis ouvrez l’adresse affichée.',
  looking: () => 'Ce programme est commandé depuis un autre onglet. « Reprendre ici » rend le clavier.',
} as const satisfies Record<RefusalCode, (detail?: string) => string>

export const QT_INSTALL =
  'Pour installer Qt : `sudo apt install qt6-base-dev cmake g++` sous Debian ou Ubuntu, `brew install qt cmake` ' +
  'sous macOS, l’installeur de qt.io sous Windows. Relancez ensuite `npm start`.'

/** What is wrong with the value of a field, and what is accepted. */
export const PARAMETER_PROBLEMS = {
  'unknown-parameter': () => 'Ce paramètre n’existe pas pour ce programme.',
  'not-an-integer': () => 'Écrivez un nombre entier.',
  'out-of-range': (parameter) =>
    parameter.kind === 'integer'
      ? `Choisissez un nombre de ${parameter.min} à ${parameter.max}.`
      : 'Choisissez un port de 0 à 65535 ; 0 laisse le système choisir.',
  'too-long': (parameter) =>
    `Raccourcissez : ${parameter.kind === 'text' ? parameter.maxLength : 255} caractères au plus.`,
  'control-character': () => 'Retirez les retours à la ligne et les caractères invisibles.',
  'not-a-host': () => 'Écrivez une adresse, comme 127.0.0.1.',
  'not-a-choice': () => 'Choisissez une valeur de la liste.',
  'not-a-flag': () => 'Cochez ou décochez la case.',
} as const satisfies Record<ParameterProblem, (parameter: Parameter) => string>

/** As the head of a pane says them, where there is little room. */
export const VARIANTS = {
  ts: 'TS',
  node: 'Node',
  qt: 'C++',
} as const

export const LINK = {
  lost: 'La liaison avec le lanceur est coupée. Le programme continue, et ce que vous tapez est gardé ; nouvelle tentative…',
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

export const WARNINGS = {
  'ends-soon': 'Ce programme tourne depuis longtemps : il sera arrêté dans deux minutes.',
} as const

/** « 8 s », « 12 min », « 1 h 05 », from milliseconds. */
export function durationInWords(duration: number): string {
  const seconds = Math.floor(duration / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** The mark printed in the terminal where output was dropped. */
export function gapMark(bytes: number): string {
  return `[… ${bytesInWords(bytes)} omis …]`
}

/** « 812 octets », « 14,6 Mo ». */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} octet${bytes > 1 ? 's' : ''}`
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'ko'] : [bytes / 1e6, 'Mo']
  return `${value.toLocaleString('fr-FR', { maximumFractionDigits: 1 })} ${unit}`
}

export const BEATS = {
  predict: 'Prédire',
  launch: 'Lancer',
  observe: 'Observer',
  modify: 'Modifier',
  create: 'Créer',
} as const

export const LEVELS = { 1: 'pour commencer', 2: 'pour s’exercer', 3: 'pour aller loin' } as const

export const LAB = {
  launch: 'Lancer',
  stop: 'Arrêter',
  restart: 'Relancer',
  clear: 'Effacer',
  copy: 'Copier',
  copied: 'Copié.',
  copyFailed: 'La copie a été refusée par le navigateur : sélectionnez le texte, puis Ctrl+C.',
  launchAll: 'Tout lancer',
  launchOrder: (roles: readonly string[], later: readonly string[]) =>
    [
      roles.length > 1
        ? `« Tout lancer » démarre ${roles.join(', puis ')} ; chacun attend que le précédent soit prêt.`
        : `« Tout lancer » démarre ${roles.join()}.`,
      ...later.map((role) => `${quoted(role)} se lance à part, le moment venu.`),
    ].join(' '),
  typing: 'On tape dans un terminal après l’avoir choisi ; Ctrl+C interrompt, Ctrl+D termine la saisie.',
  stopAll: 'Tout arrêter',
  demo: 'Démonstration',
  parameters: 'Paramètres',
  atelier: 'Atelier',
  beats: 'Les temps du labo',
  roles: 'Les programmes du labo',
  consigne: 'Consigne',
  at: (rank: number, count: number) => `${rank} sur ${count}`,
  previous: 'Consigne précédente',
  next: 'Consigne suivante',
  tools: 'Autres actions du labo',
  all: 'Tout voir',
  close: 'Fermer',
  seen: 'Je l’ai vu',
  done: 'C’est fait',
  options: 'Réponses possibles',
  predicted: (question: string, answer: string) => `${question} Prédit : ${answer}.`,
  more: (role: string) => `Autres actions pour ${quoted(role)}`,
  screenReader: 'Mode lecteur d’écran',
  writeTo: (role: string) => `Écrire à ${role}…`,
  send: 'Envoyer',
  interrupt: 'Ctrl+C',
  lineTooLong: (bytes: number, most: number) =>
    `Cette ligne compte ${bytes} octets : le terminal n’en garde que ${most} à la fois. Rien n’a été envoyé ; raccourcissez-la ou coupez-la en plusieurs lignes.`,
  relay: 'Insérer un relais',
  relayLater: 'Les échanges passeront par le relais au prochain « Tout lancer ».',
  noRelayLater: 'Les échanges se feront sans relais au prochain « Tout lancer ».',
  adjustedLive: 'Le programme en marche vient de prendre cette valeur.',
  adjustedLater: 'Cette valeur servira au prochain lancement.',
  opens: {
    tcp: (port: number) => (port === 0 ? 'port libre' : `écoute :${port}`),
    udp: (port: number) => (port === 0 ? 'port libre' : `attaché :${port}`),
  },
  target: (role: string, port: number | null) => `→ ${role}${port ? ` :${port}` : ''}`,
  typedTarget: 'valeur saisie',
  targetOf: (role: string) => `Où va ${quoted(role)}`,
  targetLater: (role: string) => `${quoted(role)} ira là au prochain lancement.`,
  right: 'C’était cela.',
  wrong: 'Pas tout à fait.',
  yourPrediction: 'Prédit :',
  noPrediction: 'aucune prédiction notée',
  endedBeforeReady: (role: string) =>
    `Le rôle ${quoted(role)} s’est terminé avant d’être prêt : les suivants ne sont pas lancés. Lisez son terminal.`,
  invalidParameters: 'Un paramètre est à corriger avant de lancer.',
  openLink: (url: string) =>
    `Ce programme propose d’ouvrir cette adresse :\n\n${url}\n\nL’ouvrir dans un nouvel onglet ?`,
  terminalLabel: (role: string) => `Terminal du rôle ${quoted(role)}`,
  inputLabel: (role: string) => `Saisie pour le rôle ${quoted(role)}`,
  prompt: 'Saisie du terminal',
  tooMuchOutput: 'Trop de texte pour être lu à mesure : utilisez « Copier » pour le lire en entier.',
  overRestart: 'Ce programme est terminé : « Relancer » le recommence.',
  arrows: 'Ce programme lit des lignes : les flèches n’y changent rien, Retour arrière efface.',
  partMissing: 'Une partie de la page n’a pas pu être chargée. Réessayez, ou rechargez la page.',
  retry: 'Réessayer',
  leave: 'Maj+Tab ou deux fois Échap : quitter le terminal.',
  announced: (role: string, words: string) => `${role} : ${words}`,
} as const

export const ATELIER = {
  back: (section: string) => `Revenir à la section ${section}`,
  splitter: 'Largeur de la consigne',
  exercises: 'Exercices de ce labo',
} as const

/** The demonstration: one sentence at a time, above the terminals. */
export const DEMO = {
  name: 'Démonstration',
  previous: 'Précédent',
  next: 'Suivant',
  launch: 'Lancer l’étape',
  again: 'Recommencer',
  quit: 'Quitter',
  intro: 'les flèches du clavier avancent et reviennent',
  preparing: 'les programmes d’avant s’arrêtent',
  freed: (port: number, role: string, lab: string) =>
    `le port ${port} est libre : ${quoted(role)} du labo ${quoted(lab)} a été arrêté`,
  steps: (count: number) => `${count} étapes`,
  count: (rank: number, count: number) => `${rank} sur ${count}`,
  running: (count: number) => (count === 0 ? '' : `${count} programme${count > 1 ? 's' : ''}`),
  step: (rank: number) => `Étape ${rank}`,
  before: 'Avant de continuer',
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
  building: (role: string) => `compilation de ${role} : la première fois seulement, environ une minute`,
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
  notObserved: (role: string) =>
    `Ce qui était attendu de ${quoted(role)} n’est pas venu. Lisez son terminal, puis recommencez.`,
  refused: (role: string) => `${quoted(role)} n’a pas démarré. Lisez son terminal, puis recommencez.`,
} as const

function inSection(section: string): string {
  return /\d/.test(section) ? ` (${section})` : ''
}

/** What is done of a section, in words: never a bare score. */
export const PROGRESS = {
  marks: { done: 'fait', part: 'commencé', todo: 'à faire' },
  part: (done: number, of: number) => `${done} sur ${of}`,
  partDone: (done: number, of: number) => `${done} ${done > 1 ? 'faites' : 'faite'} sur ${of}`,
  recall: (answered: number, of: number) =>
    answered >= of ? 'Rappel fait' : `Rappel : ${answered} sur ${of}`,
  beats: (done: number, of: number) => (done >= of ? 'Labo fait' : `Labo : ${done} temps sur ${of}`),
  beatsDone: (names: readonly string[]) =>
    names.length > 0 ? `faits : ${names.join(', ')}` : 'aucun temps fait',
  noLab: 'pas de labo',
  quiz: ({ right, again, of }: { right: number; again: number; of: number }) => {
    const left = of - right - again
    if (left === of) return `${of} question${of > 1 ? 's' : ''}`
    return `${right} juste${right > 1 ? 's' : ''} sur ${of}${left > 0 ? ` · ${left} à faire` : ''}`
  },
  again: (again: number) => `${again} à revoir`,
  noQuiz: 'pas de quiz',
  quizState: (answered: number, of: number) =>
    answered >= of ? 'Quiz fait' : `Quiz : ${answered} sur ${of}`,
  exercises: (done: number, of: number) => (of === 0 ? 'aucun' : `${done} sur ${of}`),
  exercisesState: (done: number, of: number) =>
    done >= of ? 'Exercices faits' : `Exercices : ${done} sur ${of}`,
  sections: (done: number) => `${done} section${done > 1 ? 's' : ''} ${done > 1 ? 'faites' : 'faite'}`,
  left: (minutes: number) =>
    minutes >= 60
      ? `environ ${Math.round(minutes / 60)} h ${minutes >= 90 ? 'restantes' : 'restante'}`
      : `environ ${minutes} min restantes`,
  summary: ({ right, again, done, of }: { right: number; again: number; done: number; of: number }) =>
    `${right} question${right > 1 ? 's' : ''} juste${right > 1 ? 's' : ''}, ${again} à revoir · ` +
    `${done} exercice${done > 1 ? 's' : ''} fait${done > 1 ? 's' : ''} sur ${of}`,
  toSeeAgain: (questions: number) =>
    `${questions} question${questions > 1 ? 's' : ''}, environ ${Math.ceil(questions * 1.2)} min`,
  begin: (section: string) => `Commencer par la section ${section}`,
  resume: (section: string) => `Reprendre : ${section}`,
  over: 'Tout est fait',
  here: 'reprendre',
  exported: 'Le fichier est enregistré.',
  imported: 'La progression du fichier est reprise.',
  notImported:
    'Ce fichier n’est pas une progression enregistrée ici. Rien n’a changé : choisissez-en un autre.',
  eraseSure: 'Tout sera oublié. Pressez « Tout effacer » une seconde fois pour confirmer.',
  erased: 'Tout est effacé.',
} as const

function quoted(detail = ''): string {
  return `« ${detail} »`
}
