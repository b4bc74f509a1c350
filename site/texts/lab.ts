/** The lab panel. */
import type { Parameter } from '../../labs/lab.ts'
import type { ParameterProblem } from '../../labs/parameters.ts'
import { quoted } from './quoted.ts'

export const BEATS = {
  predict: 'Prédire',
  launch: 'Lancer',
  observe: 'Observer',
  modify: 'Modifier',
  create: 'Créer',
} as const

export const LEVELS = { 1: 'pour commencer', 2: 'pour s’exercer', 3: 'pour aller loin' } as const

/** As the head of a pane says them, where there is little room. */
export const VARIANTS = {
  ts: 'TS',
  node: 'Node',
  qt: 'C++',
} as const

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
  /** In place of « Tout lancer » while a recording is shown. */
  replayAll: 'Revoir du début',
  demo: 'Démonstration',
  parameters: 'Paramètres',
  reset: 'Valeurs du cours',
  systems: 'Sous Windows et macOS',
  noQt: 'La variante Qt C++ n’est pas disponible ici.',
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
  criteria: 'C’est réussi quand :',
  hints: ['Indice 1 : un coup de pouce', 'Indice 2 : une piste', 'Indice 3 : presque la réponse'],
  expected: 'Ce que l’on doit voir',
  explanation: 'Explication',
  file: 'Fichier',
  command: 'Commande',
  copyCommand: 'Copier la commande',
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
  /** The port of a role: open, or that it would ask for. */
  opens: { tcp: (port: number) => `écoute :${port}`, udp: (port: number) => `attaché :${port}` },
  wants: (port: number) => (port === 0 ? 'port libre' : `port ${port}`),
  target: (role: string, port: number | null) => `→ ${role}${port ? ` :${port}` : ''}`,
  typedTarget: 'valeur saisie',
  targetOf: (role: string) => `Où va ${quoted(role)}`,
  targetLater: (role: string) => `${quoted(role)} ira là au prochain lancement.`,
  right: 'C’était cela.',
  wrong: 'Pas tout à fait.',
  yourPrediction: 'Prédit :',
  noPrediction: 'aucune prédiction notée',
  /** Then the name of the role. */
  waits: 'attend',
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
  retry: 'Réessayer',
  leave: 'Maj+Tab ou deux fois Échap : quitter le terminal.',
  announced: (role: string, words: string) => `${role} : ${words}`,
} as const

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

export const ATELIER = {
  title: (lab: string) => `Atelier : ${lab}`,
  back: (section: string) => `Revenir à la section ${section}`,
  splitter: 'Largeur de la consigne',
  exercises: 'Exercices de ce labo',
} as const
