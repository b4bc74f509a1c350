/** What Node says of a text that it cannot read, in French where it is common. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^Expected '(.+)', got '<eof>'$/, '« $1 » attendu : le fichier finit trop tôt'],
  [/^Expected '(.+)', got '(.+)'$/, '« $1 » attendu, « $2 » trouvé'],
  [/^Expected '(.+)', got (.+)$/, '« $1 » attendu, $2 trouvé'],
  [/^Expected (.+), got '(.+)'$/, '$1 attendu, « $2 » trouvé'],
  [/^Unterminated string constant$/, 'un texte commencé par un guillemet n’est pas fermé'],
  [/^Unterminated template$/, 'un texte commencé par « ` » n’est pas fermé'],
  [/^Unterminated block comment$/, 'un commentaire commencé par « /* » n’est pas fermé'],
  [/^Unexpected eof$/i, 'le fichier finit trop tôt : une accolade ou une parenthèse n’est pas fermée'],
  [/^Expression expected$/, 'une expression est attendue ici'],
  [/^Unexpected token `(.+)`\..*$/, '« $1 » n’a pas sa place ici'],
  [/^the name `(.+)` is defined multiple times$/, 'le nom « $1 » est déclaré plusieurs fois'],
  [
    /^TypeScript (.+) is not supported in strip-only mode$/,
    '« $1 » n’est pas accepté : Node ne fait qu’effacer les types',
  ],
]

/** A fault of syntax in French; in Node's own words when they are not among the common ones. */
export function syntaxFault(message: string): string {
  for (const [pattern, french] of FAULTS) if (pattern.test(message)) return message.replace(pattern, french)
  return message
}

/** What is said of the machine of the page, where the programs run without a runner. */
export const SIMULATED = {
  label: 'Réseau simulé dans cette page',
  short: 'réseau simulé',
  choose: 'Réseau simulé dans la page',
  title: 'Ce qui tourne ici, et ce qui diffère',
  runs:
    'Les programmes du labo tournent dans cette page, avec le JavaScript de Node lui-même, sur un réseau simulé : ' +
    'une seule machine, ses ports, TCP et UDP. Ils s’arrêtent avec la page.',
  differs: [
    'Rien ne sort de la page : ni autre machine, ni vrai DNS ; Wireshark, `tcpdump` et `ss` n’y voient rien.',
    'Le système est toujours « Linux » ; les ports au-dessous de 1024 sont refusés.',
    'Les durées ne sont pas celles d’un vrai réseau ; TTL et fragmentation n’existent pas.',
    'La variante Qt C++ n’y tourne pas, et n’y est pas jugée : « C++ enregistré » y rejoue une vraie exécution.',
    'La mémoire d’un programme n’y est pas mesurée.',
    'Vos fichiers restent dans ce navigateur : exportez-les pour les emporter.',
  ],
  real: 'Pour le vrai réseau de votre machine : téléchargez le cours, puis tapez `npm start` dans son dossier.',
  /** Where the course tells to use a tool of the machine. */
  noTools:
    'Dans cette page, le réseau est simulé : `ss` et Wireshark n’y voient rien, aucune autre machine n’y répond. ' +
    'Sous chaque labo, « Le fil » dessine l’échange, et « Qui écoute ? » en liste les sockets.',
  recordedQt: 'C++ enregistré',
  seesQt: 'Le C++ ne tourne pas dans la page : voici une vraie exécution avec Qt, enregistrée.',
  fleeting:
    'Ce navigateur refuse de garder votre fichier : il disparaîtra avec cette page. Exportez-le avant de la fermer.',
  noQt: 'La variante Qt C++ ne tourne pas sur le réseau simulé : elle demande le cours installé sur votre machine.',
} as const

/** After a sentence of a lab that names a command such as `ss -tln`: what a page without a runner has in its place. */
export function instead(sentence: string): string {
  if (!/`(?:ss|tcpdump|netstat|nc) -/.test(sentence)) return ''
  return 'Cette commande n’existe pas dans la page : « Qui écoute ? », sous « Le fil », le dit à sa place.'
}
