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
    'Trop de programmes tournent en même temps. Arrêtez-en un dans une autre page, puis relancez celui-ci.',
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
  stopping: () => 'Le lanceur est en train de s’arrêter. Relancez `npm start`, puis rechargez la page.',
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
  'not-a-host': () => 'Écrivez un nom ou une adresse, comme localhost, 127.0.0.1 ou ::1.',
  'not-a-choice': () => 'Choisissez une valeur de la liste.',
  'not-a-flag': () => 'Cochez ou décochez la case.',
} as const satisfies Record<ParameterProblem, (parameter: Parameter) => string>

export const VARIANTS = {
  ts: 'TypeScript',
  node: 'Node',
  qt: 'Qt C++',
} as const

export const LINK = {
  lost: 'La liaison avec le lanceur est coupée. Le programme continue ; nouvelle tentative en cours…',
  resumed: 'Reconnecté : rien n’a été perdu.',
  resumedWithGap: 'Reconnecté : une partie de la sortie, trop ancienne, a été omise.',
  vanished:
    'Session terminée : le lanceur a redémarré. Le texte reste affiché ; « Relancer » recommence le programme.',
  unreachable:
    'Le lanceur ne répond pas. Relancez `npm start` dans le dossier du cours, puis rechargez la page.',
  stopped:
    'Le lanceur s’est arrêté, et ce programme avec lui. Relancez `npm start`, puis ouvrez l’adresse affichée.',
  takenOver: 'Ce terminal est maintenant affiché dans un autre onglet. « Relancer » le reprend ici.',
  busy: 'Le lanceur reçoit trop de demandes. Attendez une minute, puis recommencez.',
  token: REFUSALS['bad-token'](),
  protocol: REFUSALS['bad-message'](),
} as const

export const WARNINGS = {
  'ends-soon': 'Ce programme tourne depuis longtemps : il sera arrêté dans deux minutes.',
} as const

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
  launchOrder: (roles: readonly string[]) =>
    roles.length > 1
      ? `« Tout lancer » démarre ${roles.join(', puis ')} ; chacun attend que le précédent soit prêt.`
      : `« Tout lancer » démarre ${roles.join()}.`,
  typing: 'On tape dans un terminal après l’avoir choisi ; Ctrl+C interrompt, Ctrl+D termine la saisie.',
  stopAll: 'Tout arrêter',
  demo: 'Démonstration',
  parameters: 'Paramètres',
  atelier: 'Atelier',
  relay: 'Insérer un relais',
  leftoversEnded: (labs: readonly string[]) =>
    `Programmes laissés en marche par une autre page, arrêtés pour libérer leurs ports : ${labs.join(', ')}.`,
  relayLater: 'Les échanges passeront par le relais au prochain « Tout lancer ».',
  noRelayLater: 'Les échanges se feront sans relais au prochain « Tout lancer ».',
  demoNext: 'Étape suivante',
  demoQuit: 'Quitter la démonstration',
  demoAgain: 'Recommencer',
  demoPlaying: 'En cours…',
  demoOver: 'La démonstration est terminée.',
  demoIntro: 'Chaque pression sur → joue une étape dans le bon terminal.',
  demoAsk: 'Avant de continuer, que va-t-il se passer ?',
  right: 'C’était cela.',
  wrong: 'Pas tout à fait.',
  yourPrediction: 'Prédit :',
  noPrediction: 'aucune prédiction notée',
  predictFirst: 'Deviner d’abord rend l’observation utile : le temps « Prédire » attend une réponse.',
  endedBeforeReady: (role: string) =>
    `${role} s’est terminé avant d’être prêt : les rôles suivants ne sont pas lancés. Lisez son terminal.`,
  invalidParameters: 'Un paramètre est à corriger avant de lancer.',
  notObserved: (role: string) =>
    `Ce qui était attendu de ${role} n’a pas été observé. Lisez son terminal, puis recommencez la démonstration.`,
  demoRefused: (role: string) =>
    `${role} n’a pas démarré comme prévu. Lisez son terminal, puis recommencez la démonstration.`,
  demoStep: (index: number, count: number) => `Étape ${index} sur ${count}`,
  openLink: (url: string) =>
    `Ce programme propose d’ouvrir cette adresse :\n\n${url}\n\nL’ouvrir dans un nouvel onglet ?`,
  terminalLabel: (role: string) => `Terminal de ${role}`,
  inputLabel: (role: string) => `Saisie pour ${role}`,
  prompt: 'Saisie du terminal',
  tooMuchOutput: 'Trop de texte pour être lu à mesure : utilisez « Copier » pour le lire en entier.',
  leave: 'Maj+Tab ou deux fois Échap : quitter le terminal.',
  announced: (role: string, words: string) => `${role} : ${words}`,
} as const

function quoted(detail = ''): string {
  return `« ${detail} »`
}
