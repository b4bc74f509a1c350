import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [{ role: 'client', output: /signal readyRead, données : "BONJOUR"/ }],
  predict: [
    {
      question: 'Le client vise un port où rien n’écoute. Que se passe-t-il, et quand ?',
      options: [
        {
          text: '`ConnectionRefusedError`, en quelques millisecondes',
          right: true,
          because: 'La machine répond aussitôt par un RST : c’est une réponse.',
        },
        {
          text: '`SocketTimeoutError`, au bout d’une minute',
          because: 'Ce serait le cas d’une machine qui ne répond pas du tout.',
        },
        {
          text: '`disconnected`, puis rien',
          because: 'Ce signal ne suit jamais une connexion qui n’a pas abouti.',
        },
      ],
    },
    {
      question: 'Le serveur raccroche. Quel est le premier signal reçu par le client ?',
      options: [
        {
          text: '`disconnected`',
          because: 'Il vient en dernier, une fois l’état revenu à `UnconnectedState`.',
        },
        {
          text: '`errorOccurred(RemoteHostClosedError)`',
          right: true,
          because: 'Qt annonce ainsi la fin du pair, alors que l’état est encore `ConnectedState`.',
        },
        {
          text: '`stateChanged(ClosingState)`',
          because: 'Le changement d’état suit l’annonce de la fin.',
        },
      ],
    },
  ],
  order: {
    question:
      '« Tout lancer » démarre le correspondant, puis le client. Que font leurs sockets, et dans quel ordre ?',
    cards: [
      { role: 'serveur', event: { kind: 'listen' } },
      { role: 'client', event: { kind: 'connect' }, with: 'serveur' },
      { role: 'serveur', event: { kind: 'accept' }, with: 'client' },
      { role: 'serveur', event: { kind: 'send' }, text: 'BONJOUR' },
      { role: 'client', event: { kind: 'receive' }, text: 'BONJOUR' },
      { role: 'client', event: { kind: 'refused' }, never: true },
    ],
    because:
      'Le correspondant décroche, et parle le premier : chaque signal du client suit l’un de ces faits.',
  },
  observe: [
    'L’ordre : `stateChanged` précède toujours le signal qui annonce le nouvel état.',
    'Le refus : aucun `connected`, aucun `disconnected`, une erreur et c’est tout.',
    'Le nom inconnu : la recherche échoue avant le moindre segment TCP.',
    'La fin par le serveur (tapez `fin` dans le client) : une erreur d’abord, alors que rien n’a mal tourné : sur « Le fil », ce n’est qu’une fin.',
  ],
  modify: [
    {
      title: 'Deux liaisons pour un signal',
      statement: 'Recopiez une seconde fois la ligne qui relie `connected`, puis lancez le client.',
      file: 'labs/signaux/client.ts',
      command: 'npm run lab -- signaux/client --port 1234',
      expected: '« signal connected » s’affiche deux fois : chaque `connect` ajoute une liaison.',
      seen: [{ role: 'client', copy: true, output: /signal connected[\s\S]*signal connected/ }],
    },
    {
      title: 'Sans minuteur',
      statement:
        'Dans le slot de `stateChanged`, remplacez `this.minuteur.start()` par `this.minuteur.stop()`, lancez le correspondant en trou noir, puis le client.',
      file: 'labs/signaux/client.ts',
      command: 'npm run lab -- signaux/serveur --port 1234 --mode trou-noir',
      expected: 'Le client attend une minute environ avant `SocketTimeoutError`, au lieu de deux secondes.',
      seen: [{ role: 'client', copy: true, output: /SocketTimeoutError/ }],
    },
  ],
  create: [
    {
      id: 'EX-8.6.2-1',
      title: 'Bonjour',
      level: 1,
      statement:
        'Connectez-vous, envoyez `Bonjour\\n`, affichez la première ligne reçue, fermez la connexion et terminez avec le code 0.',
      criteria: [
        'Le serveur reçoit exactement 8 octets.',
        'Une réponse arrivée en deux morceaux, `Sa` puis `lut\\n`, s’affiche `Salut`, une seule fois.',
        'Le serveur voit une fermeture propre.',
        'Un serveur qui parle avant qu’on ne lui écrive est accepté aussi.',
      ],
      hints: [
        'Quel signal garantit que la connexion existe ?',
        '`canReadLine()` dit si une ligne entière est arrivée ; sinon, il suffit d’attendre le signal suivant.',
        'Dans `readyRead` : `if (socket.canReadLine()) { … socket.disconnectFromHost() }`, et `terminer(0)` dans `disconnected`.',
      ],
      file: 'labs/signaux/exercices/bonjour.ts',
      command: 'npm run lab -- signaux/exercices/bonjour --port 1234',
    },
    {
      id: 'EX-8.6.2-2',
      title: 'Diagnostic',
      level: 2,
      statement:
        'Quand la connexion échoue, affichez `ERREUR REFUS`, `ERREUR HOTE`, `ERREUR DELAI` ou `ERREUR FERME`, et terminez avec le code 10, 11, 12 ou 13.',
      criteria: [
        'Port fermé : `REFUS`, en moins de 500 ms.',
        'Hôte `x.invalid` : `HOTE`.',
        'Trou noir, qui ne répond pas à la demande de connexion : `DELAI`, au bout de 2 secondes, à une demi-seconde près.',
        'Serveur qui accepte puis ferme sans répondre : `FERME`.',
      ],
      hints: [
        'Le slot d’erreur reçoit un code : c’est lui qui distingue les cas.',
        'Le délai ne vient d’aucun signal : il faut un minuteur, et le désarmer à la connexion.',
        'Comparez l’argument à `QAbstractSocket.SocketError.ConnectionRefusedError`, `HostNotFoundError`, `RemoteHostClosedError` ; le minuteur appelle `abort()`, puis `terminer(12)`.',
      ],
      file: 'labs/signaux/exercices/diagnostic.ts',
      command: 'npm run lab -- signaux/exercices/diagnostic --port 1234',
    },
    {
      id: 'EX-8.6.2-3',
      title: 'Journal d’états',
      level: 2,
      statement:
        'Affichez une ligne par changement d’état, dans l’ordre : `RECHERCHE`, `CONNEXION`, `CONNECTE`, `FERMETURE`, `DECONNECTE`.',
      criteria: [
        'Une connexion suivie d’une fermeture affiche les cinq lignes, dans cet ordre.',
        'Un refus n’affiche jamais `CONNECTE`.',
        'Aucun état n’apparaît deux fois de suite.',
      ],
      hints: [
        'Le signal `stateChanged` apporte le nouvel état en argument.',
        'Une `Map` associe chaque état à son mot.',
        '`QAbstractSocket.SocketState.HostLookupState` vaut `RECHERCHE`, `ConnectingState` vaut `CONNEXION`, et ainsi de suite.',
      ],
      file: 'labs/signaux/exercices/journal-etats.ts',
      command: 'npm run lab -- signaux/exercices/journal-etats --port 1234',
    },
    {
      id: 'EX-8.6.2-4',
      title: 'Client tenace',
      level: 3,
      statement:
        'Affichez `ESSAI n` avant chaque tentative, la première comprise. Si le serveur est absent, réessayez après 200, 400, 800 puis 1600 ms. Le message part une seule fois, quand la connexion réussit enfin.',
      criteria: [
        'Un serveur ouvert après `ESSAI 3` reçoit une seule connexion et un seul message.',
        'Les délais entre les essais doublent, à 30 % près.',
        'Après `ESSAI 5`, le programme abandonne avec le code 14.',
        'Une coupure après l’envoi ne fait pas renvoyer le message.',
      ],
      hints: [
        'Réessayer directement dans le slot d’erreur produirait une tempête.',
        'Un tableau de délais et un rang d’essai suffisent ; un booléen retient que le message est parti.',
        '`QTimer.singleShot(delais[essai++], () => socket.connectToHost(…))` ; quand il n’y a plus de délai, `terminer(14)`.',
      ],
      file: 'labs/signaux/exercices/tenace.ts',
      command: 'npm run lab -- signaux/exercices/tenace --port 1234',
    },
  ],
})
