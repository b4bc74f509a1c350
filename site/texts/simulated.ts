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
    'La variante Qt C++ n’y tourne pas : « C++ enregistré » montre une vraie exécution, enregistrée.',
  ],
  real: 'Pour le vrai réseau de votre machine : téléchargez le cours, puis tapez `npm start` dans son dossier.',
  /** Where the course tells to use a tool of the machine. */
  noTools:
    'Dans cette page, le réseau est simulé : `ss` et Wireshark n’y voient rien, aucune autre machine n’y répond. ' +
    'Sous chaque labo, « Le fil » dessine l’échange, et « Qui écoute ? » en liste les sockets.',
  recordedQt: 'C++ enregistré',
  seesQt: 'Le C++ ne tourne pas dans la page : voici une vraie exécution avec Qt, enregistrée.',
  noQt: 'La variante Qt C++ ne tourne pas sur le réseau simulé : elle demande le cours installé sur votre machine.',
} as const
