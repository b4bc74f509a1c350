import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'serveur', output: /Client 3 entré[\s\S]*lignes de ss : 7/ },
    {
      after: { role: 'serveur', type: 'FERMER' },
      role: 'serveur',
      output: /Écoute fermée[\s\S]*conversations : 3/,
    },
    { after: { role: 'client-1', type: 'bonjour' }, role: 'client-1', output: /Bien reçu, client \d/ },
  ],
  predict: [
    {
      question:
        'Un serveur et trois clients tournent sur la même machine. Combien de lignes affiche `ss -tan` pour ce port ?',
      options: [
        {
          text: 'Quatre',
          because: 'Les clients tournent ici eux aussi : chaque connexion a ses deux extrémités.',
        },
        {
          text: 'Sept',
          right: true,
          because: 'Une écoute, trois extrémités chez le serveur, trois chez les clients.',
        },
        { text: 'Six', because: 'L’écoute compte aussi : elle a sa propre ligne, `LISTEN`.' },
        { text: 'Une', because: 'Un port, mais plusieurs sockets : une ligne par socket.' },
      ],
    },
    {
      question: 'Le serveur ferme son écoute. Que deviennent les trois conversations ?',
      options: [
        {
          text: 'Elles continuent',
          right: true,
          because: 'Chaque conversation a son propre socket ; seul celui d’écoute disparaît.',
        },
        {
          text: 'Elles sont coupées',
          because: 'Fermer l’écoute ne touche pas aux sockets déjà acceptés.',
        },
        {
          text: 'Elles restent ouvertes, mais muettes',
          because: 'Rien n’a changé pour elles : les octets passent comme avant.',
        },
      ],
    },
  ],
  order: {
    question:
      'Les trois clients sont entrés. Vous tapez `FERMER` chez le serveur, puis `bonjour` chez le client 1. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'client-1', event: { kind: 'connect' }, with: 'serveur' },
      { role: 'serveur', event: { kind: 'accept' }, with: 'client-1' },
      { role: 'serveur', event: { kind: 'unlisten' } },
      { role: 'client-1', event: { kind: 'send' }, text: 'bonjour' },
      { role: 'client-1', event: { kind: 'receive' }, text: 'Bien reçu' },
      { role: 'client-1', event: { kind: 'refused' }, never: true },
    ],
    because:
      'Fermer l’écoute ne touche pas aux conversations : chacune a son socket, et le serveur répond encore.',
  },
  observe: [
    'L’inventaire du serveur : deux lignes de `ss` de plus à chaque client, une de chaque côté.',
    'Le port local de toutes les conversations du serveur : toujours le même, celui de l’écoute.',
    'Tapez `FERMER` dans le terminal du serveur, puis faites parler un client : il reçoit toujours sa réponse, bien que « Qui écoute ? », sous « Le fil », ne montre plus d’écoute.',
    'Lancez le client en retard après la fermeture : il est refusé.',
  ],
  modify: [
    {
      title: 'Écouter sur toutes les interfaces, en double pile',
      statement:
        'Remplacez `QHostAddress.AnyIPv4` par `QHostAddress.Any` dans `listen`, puis lancez un client.',
      file: 'labs/qui-est-qui/serveur.ts',
      command: 'npm run lab -- qui-est-qui/serveur --port 1234',
      expected: 'L’inventaire affiche l’adresse du client précédée de `::ffff:`.',
      seen: [{ role: 'serveur', copy: true, output: /client 1 [^\n]*<-> ::ffff:/ }],
    },
    {
      title: 'Un client tué',
      statement:
        'Lancez un client, tapez une ligne, puis arrêtez-le brutalement par Ctrl+C au lieu de Ctrl+D.',
      file: 'labs/qui-est-qui/client.ts',
      command: 'npm run lab -- qui-est-qui/client --port 1234',
      expected:
        'Le serveur annonce le départ dans les deux cas : la fin du programme ferme la connexion à sa place.',
      seen: [
        { role: 'serveur', output: /Client (\d+) : "[\s\S]*Client \1 parti/ },
        { role: 'client', output: /Bien reçu/, exit: 130 },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.6.1-1',
      title: 'Inventaire',
      level: 1,
      statement:
        'À chaque arrivée, affichez `+ ip:port (n)` ; à chaque départ, `- ip:port (n)`, où n est le nombre de clients présents.',
      criteria: [
        'Trois arrivées, un départ normal, un départ brutal : n vaut 1, 2, 3, 2, 1.',
        'Les ports affichés sont bien ceux des clients.',
        'Les adresses sont en IPv4, sans `::ffff:`.',
      ],
      hints: [
        'Quel signal annonce un départ, quelle qu’en soit la cause ?',
        'L’adresse et le port du client restent lisibles dans le slot de `disconnected`.',
        'Retenez `const qui = adresse + port` à l’arrivée, tenez un `Set`, et affichez `presents.size` entre parenthèses après l’avoir mis à jour.',
      ],
      file: 'labs/qui-est-qui/exercices/inventaire.ts',
      command: 'npm run lab -- qui-est-qui/exercices/inventaire --port 1234',
    },
    {
      id: 'EX-8.6.1-2',
      title: 'Portes fermées, visites en cours',
      level: 2,
      statement:
        'Quand un client envoie `STOP`, cessez d’écouter mais continuez à servir les présents. Le programme se termine au départ du dernier.',
      criteria: [
        'Après `STOP`, une nouvelle connexion est refusée.',
        'Les clients présents échangent toujours.',
        'Le programme se termine avec le code 0, moins de 500 ms après le dernier départ.',
      ],
      hints: [
        '`terminer` est bien trop radical : qu’est-ce qui ferme seulement l’écoute ?',
        '`serveur.close()` ne touche pas aux conversations ; `isListening()` dit si l’écoute est ouverte.',
        'Dans `disconnected` : `if (!serveur.isListening() && presents.size === 0) terminer(0)`.',
      ],
      file: 'labs/qui-est-qui/exercices/portes-fermees.ts',
      command: 'npm run lab -- qui-est-qui/exercices/portes-fermees --port 1234',
    },
    {
      id: 'EX-8.6.1-3',
      title: 'Port libre',
      level: 2,
      statement:
        'Avec `--port 0`, le système choisit un port : annoncez le vrai numéro, par une ligne qui finit par `port : N`.',
      criteria: [
        'Le port annoncé est joignable.',
        'Deux instances lancées ensemble annoncent deux ports différents.',
      ],
      hints: [
        'Le port demandé et le port obtenu sont deux choses différentes.',
        'Le serveur connaît son port dès que `listen` a réussi.',
        'Affichez `serveur.serverPort()` à la place de `options.port`.',
      ],
      file: 'labs/qui-est-qui/exercices/port-libre.ts',
      command: 'npm run lab -- qui-est-qui/exercices/port-libre --port 0',
    },
  ],
})
