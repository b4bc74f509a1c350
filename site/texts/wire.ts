/** « Le fil »: what its rows, its buttons and its files say. */
import { inFigures } from './quantities.ts'

/** « 7 octets », « 1 octet », « 1 234 octets ». */
const octets = (bytes: number) => (bytes === 0 ? 'vide' : `${inFigures(bytes)} octet${bytes > 1 ? 's' : ''}`)

const times = (count: number, one: string, many: string) => `${inFigures(count)} ${count > 1 ? many : one}`

export const WIRE = {
  title: 'Le fil',
  yours: 'Voir le vôtre : lancez le labo, « Le fil » dessine l’échange de vos propres programmes',
  label: (roles: readonly string[]) => `Échange entre ${roles.join(', ')}`,
  levels: { service: 'Service', events: 'Événements', bytes: 'Octets' },
  levelsLabel: 'Ce que la figure montre',
  exchange: 'Les événements, dans l’ordre',
  empty: 'Le prochain échange se dessinera ici.',
  programs: (count: number) => times(count, 'programme', 'programmes'),
  connections: (count: number) => times(count, 'connexion', 'connexions'),
  events: (count: number) => times(count, 'événement', 'événements'),
  deduced: (count: number) =>
    count === 0 ? 'aucun déduit' : `dont ${times(count, 'lien déduit', 'liens déduits')}`,
  showDeduced: 'Liens déduits',
  grouped: (calls: number, events: number) =>
    `${times(calls, 'appel regroupé', 'appels regroupés')} en ${inFigures(events)}`,
  lost: (count: number) =>
    `${times(count, 'événement non gardé', 'événements non gardés')} : la figure n’est pas complète`,
  folded: (count: number) => `les ${inFigures(count)} plus anciens se montrent en remontant`,
  unobserved: (roles: readonly string[]) => `Non observé : ${roles.join(', ')}`,
  pause: 'Figer la figure',
  follow: 'Suivre',
  back: 'Événement précédent',
  forth: 'Événement suivant',
  scrub: 'Jusqu’où la figure est montrée',
  at: (shown: number, count: number) => `${shown} sur ${count}`,
  smaller: 'Réduire la figure',
  larger: 'Agrandir la figure',
  source: (site: string) => `Voir ${site} dans la page`,
  sourceElsewhere: (site: string) => `Cette ligne n’est pas montrée dans la page : \`labs/${site}\`.`,
  exports: 'Exporter',
  files: {
    recording: 'Enregistrer ce qui s’est passé (.jsonl)',
    svg: 'Le dessin (.svg)',
    json: 'Les données (.json)',
    pcapng: 'Une capture reconstruite (.pcapng)',
    clear: 'Effacer la figure',
  },
  recordings: 'Enregistrements',
  see: { ts: 'Voir le jumeau TypeScript', node: 'Voir Node nu', qt: 'Voir Qt C++' },
  recordingsAre: 'Ce labo, joué pour de vrai et enregistré :',
  open: 'Ouvrir un enregistrement',
  noAnswer: 'L’enregistrement n’a pas pu être lu : le site ne répond pas. Essayez encore.',
  notRecording:
    'Ce fichier n’est pas un enregistrement de labo : choisissez un fichier écrit par « Enregistrer » ou par `npm run record`.',
  otherLab: (title: string) => `Cet enregistrement est celui du labo « ${title} » : ouvrez-le là-bas.`,
  recorded: (when: Date, platform: string) =>
    `Enregistrement du ${when.toLocaleDateString('fr-FR')}, ${platform} : rien ne tourne`,
  replay: 'Rejouer',
  stopReplay: 'Arrêter',
  clock: 'Moment de l’enregistrement',
  speed: 'Vitesse',
  speeds: { 0.25: '× ¼', 1: '× 1', 4: '× 4', 16: '× 16' },
  quitReplay: 'Revenir aux programmes',
  close: 'Fermer',
  header: ({ at, here, bytes, length }: Readonly<Record<'at' | 'here' | 'bytes' | 'length', number>>) => {
    const where = at === 0 ? '' : ` à l’octet ${at + 1}`
    const size = here === bytes ? octets(bytes) : `${here} de ses ${octets(bytes)}`
    return `en-tête${where} : ${size}, longueur ${inFigures(length)}`
  },
  seconds: (seconds: number) => `${seconds.toFixed(2).replace('.', ',')} s`,
  silence: (seconds: number) => `${seconds.toFixed(2).replace('.', ',')} s plus tard`,
} as const

/** What happened, as a row says it: the words at its left; the role is a title such as « Client 1 ». */
export const SAID = {
  listens: (role: string, port: number) => `${role} écoute :${port}`,
  listening: (port: number) => `écoute :${port}`,
  stopsListening: (role: string) => `${role} n’écoute plus`,
  binds: (role: string, port: number) => `${role} est attaché à :${port}`,
  bound: (port: number) => `attaché :${port}`,
  connects: (role: string) => `${role} se connecte`,
  connected: (role: string) => `${role} connecté`,
  accepts: (role: string) => `${role} accepte`,
  refused: (role: string) => `${role} : connexion refusée`,
  drops: (role: string) => `${role} rejette une connexion`,
  receives: (role: string, bytes: number) => `${role} reçoit ${octets(bytes)}`,
  receivesMany: (role: string, count: number) => `${role} : ${inFigures(count)} réceptions`,
  sendsMany: (count: number) => `${inFigures(count)} envois`,
  sends: (role: string, to: string, what: string) => `${role} envoie ${what}${to && ` à ${to}`}`,
  empty: 'datagramme vide',
  noSend: (role: string) => `${role} : envoi impossible`,
  shutsDown: (role: string) => `${role} n’écrira plus`,
  seesEnd: (role: string) => `${role} voit la fin`,
  closes: (role: string) => `${role} ferme`,
  resets: (role: string) => `${role} coupe net`,
  isCut: (role: string) => `${role} est coupé net`,
  joins: (role: string, group: string) => `${role} rejoint ${group}`,
  leaves: (role: string, group: string) => `${role} quitte ${group}`,
  fails: (role: string) => `${role} : erreur`,
  ends: (role: string, code: number) => `${role} terminé${code ? `, code ${code}` : ''}`,
  ended: (code: number) => `terminé${code ? `, code ${code}` : ''}`,
  connection: 'connexion',
  end: 'fin',
  reset: 'coupure',
  notListening: 'n’écoute plus',
  isConnected: 'connecté',
  accepted: 'accepte',
  isRefused: 'connexion refusée',
  dropped: 'rejette une connexion',
  received: (bytes: number) => `reçoit ${octets(bytes)}`,
  receivedMany: (count: number) => `${inFigures(count)} réceptions`,
  notSent: 'envoi impossible',
  endSeen: 'voit la fin',
  closed: 'fermé',
  failed: 'erreur',
  joined: (group: string) => `rejoint ${group}`,
  left: (group: string) => `quitte ${group}`,
} as const

/** What is worth saying besides, at the right of a row. */
export const NOTED = {
  octets,
  cuts: (count: number) => `${count} écritures réunies`,
  part: (bytes: number, of: number) => `${inFigures(bytes)} sur ${octets(of)}`,
  joined: (count: number) => `${count} envois réunis`,
  duplicate: 'doublon',
  late: 'en désordre',
  notRelayed: 'pas retransmis',
  multicast: (group: string) => `groupe ${group}`,
  broadcast: 'broadcast',
  onTheWay: 'en route',
  lost: 'perdu',
  nobody: 'personne à ce port',
  noMember: 'aucun membre observé',
  outside: 'hors du labo',
  notAccepted: 'pas encore acceptée',
} as const

/** What a rebuilt capture says of itself, and of each packet. */
export const CAPTURE = {
  about: 'Reconstruit à partir des sockets : ce n’est pas une capture.',
  application: 'Prise directe',
  name: 'fil (reconstruit)',
  deduced: (what: string) => `déduit : ${what}`,
  observed: (site: string) => `observé${site ? ` : ${site.replace(/:\d+$/, '')}` : ''}`,
} as const

/** « Qui écoute ? »: the sockets that the programs of the lab have open. */
export const PORTS = {
  title: 'Qui écoute ?',
  heads: ['Programme', 'Protocole', 'Adresse', 'Port', 'État', 'Groupes'],
  states: {
    listens: () => 'écoute',
    bound: () => 'attaché',
    connecting: (remote: string) => `se connecte à ${remote}`,
    connected: (remote: string) => `connecté à ${remote}`,
  },
  none: 'Aucun socket ouvert par les programmes de ce labo.',
} as const
