import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [{ role: 'client', output: /"Message reçu sur le serveur : Bonjour, serveur !"/ }],
  predict: [
    {
      question:
        'Le client envoie « Bonjour, serveur ! », 18 octets. La réponse est « Message reçu sur le serveur : Bonjour, serveur ! », 48 caractères. Combien d’octets ?',
      options: [
        { text: '48', because: 'Ce serait juste sans le `ç`, qui occupe deux octets en UTF-8.' },
        { text: '49', right: true, because: 'Un seul caractère sort de l’ASCII, le `ç` : un octet de plus.' },
        { text: '66', because: 'La réponse contient déjà le message : il ne compte qu’une fois.' },
      ],
    },
    {
      question: 'Le client est lancé avant le serveur. Que fait-il ?',
      options: [
        {
          text: 'Il affiche « Connexion refusée » et s’arrête aussitôt',
          right: true,
          because: 'Personne n’écoute : le noyau répond par un refus, et ce client ne réessaie pas.',
        },
        {
          text: 'Il attend que le serveur arrive',
          because: 'TCP n’attend pas un serveur absent : le refus est immédiat.',
        },
        {
          text: 'Il se connecte, et le message part plus tard',
          because: 'Sans écoute, il n’y a pas de connexion du tout.',
        },
      ],
    },
  ],
  order: {
    question: '« Tout lancer » démarre le serveur, puis le client. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'serveur', event: { kind: 'listen' } },
      { role: 'client', event: { kind: 'connect' }, with: 'serveur' },
      { role: 'client', event: { kind: 'send' }, text: 'Bonjour, serveur !' },
      { role: 'serveur', event: { kind: 'receive' }, text: 'Bonjour, serveur !' },
      { role: 'client', event: { kind: 'receive' }, text: 'Message reçu' },
      { role: 'client', event: { kind: 'refused' }, never: true },
    ],
    because:
      'Le serveur écoute avant que le client n’arrive : la connexion aboutit. Le client parle le premier, le serveur répond à ce qu’il a lu.',
  },
  observe: [
    'L’ordre des états du client, de `HostLookupState` à `ConnectedState`, puis « Connecté ».',
    'Tapez `été 5 €` dans le client : le serveur l’affiche sans altération, les deux bouts parlent UTF-8.',
    'Arrêtez le serveur : l’erreur vient d’abord, « Déconnecté » ensuite.',
    'Fermez plutôt par Ctrl+D dans le client : aucune erreur de son côté ; sur « Le fil », la fin part de lui.',
    'Lancez un second client dans un autre terminal : il est connecté, mais personne ne lui répond avant le départ du premier.',
  ],
  modify: [
    {
      title: 'Deux encodages pour un fil',
      statement:
        'Dans `EnvoyerMessage`, remplacez `toUtf8` par `toLatin1` (importez-le aussi), puis envoyez `été 5 €`.',
      file: 'labs/client-serveur-tcp/client.ts',
      command: 'npm run lab -- client-serveur-tcp/client --port 1234',
      expected: 'Le serveur affiche `�t� 5 ?` : les `é` sont illisibles, et l’euro a été perdu au départ.',
      seen: [
        { role: 'client', copy: true },
        { role: 'serveur', output: /Reçu : "[^"\n]*\uFFFD/ },
      ],
    },
    {
      title: 'Deux secondes d’attente',
      statement:
        'Envoyez le message par `setTimeout(…, 2000)` après `ConnecterAuServeur`, au lieu du slot de `connected`. Essayez avec le serveur, puis sans.',
      file: 'labs/client-serveur-tcp/client.ts',
      command: 'npm run lab -- client-serveur-tcp/client --port 1234',
      expected:
        'Avec le serveur, deux secondes perdues ; sans lui, le programme est déjà terminé et le message n’est jamais parti.',
      seen: [
        {
          role: 'client',
          copy: true,
          apart: { from: { kind: 'connected' }, to: { kind: 'send' }, ms: 1500 },
        },
      ],
    },
    {
      title: 'Un port déjà pris',
      statement: 'Lancez deux serveurs sur le même port.',
      file: 'labs/client-serveur-tcp/serveur.ts',
      command: 'npm run lab -- client-serveur-tcp/serveur --port 1234',
      prints: /Le port \d+ est déjà pris/,
      expected: 'Le second dit que le port est pris et se termine ; `ss -tlnp` nomme le premier.',
    },
    {
      title: 'Oublier d’accueillir',
      statement: 'Mettez en commentaire le corps du slot de `newConnection`, puis lancez un client.',
      file: 'labs/client-serveur-tcp/serveur.ts',
      command: 'npm run lab -- client-serveur-tcp/serveur --port 1234',
      expected: 'Le client se dit connecté, envoie son message, et n’obtient jamais de réponse.',
      seen: [
        { role: 'serveur', copy: true },
        { role: 'client', output: /Message envoyé/, never: /Reçu/ },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.6.3-1',
      title: 'Sans minuteur',
      level: 1,
      statement:
        'Envoyez le message dès la connexion, affichez la réponse complète quand le serveur a fermé, puis terminez avec le code 0. Si le serveur est absent, terminez avec un autre code.',
      criteria: [
        'Le serveur reçoit le message moins de 200 ms après avoir accepté, une seule fois.',
        'Une réponse arrivée en trois morceaux, puis une fermeture : le texte complet s’affiche, une seule fois.',
        'Serveur absent : un code différent de 0 en moins d’une seconde.',
      ],
      hints: [
        'Quel événement dit que la connexion est prête ?',
        'Gardez les morceaux reçus dans un tableau ; `disconnected` dit qu’il n’en viendra plus.',
        'Dans `connected`, `write` ; dans `readyRead`, `morceaux.push(socket.readAll())` ; dans `disconnected`, `console.log(Buffer.concat(morceaux).toString())` ; dans l’erreur, `terminer(1)`, sauf pour `RemoteHostClosedError`, qui est la fin normale.',
      ],
      file: 'labs/client-serveur-tcp/exercices/sans-minuteur.ts',
      command: 'npm run lab -- client-serveur-tcp/exercices/sans-minuteur --port 1234',
    },
    {
      id: 'EX-8.6.3-2',
      title: 'Accents',
      level: 2,
      statement:
        'Envoyez le texte de `--message` en UTF-8, et affichez sans faute une réponse qui peut arriver coupée au milieu d’un caractère.',
      criteria: [
        '`été 5 €` part en `c3 a9 74 c3 a9 20 35 20 e2 82 ac`.',
        'Un emoji, sur quatre octets, arrive intact.',
        'Une réponse coupée au milieu de `€` s’affiche correctement.',
      ],
      hints: [
        'Un caractère peut occuper deux, trois ou quatre octets.',
        'Décoder chaque morceau séparément abîme le caractère coupé : assemblez d’abord.',
        '`Buffer.concat(morceaux)`, puis un seul `fromUtf8`, à la fin.',
      ],
      file: 'labs/client-serveur-tcp/exercices/accents.ts',
      command: 'npm run lab -- client-serveur-tcp/exercices/accents --port 1234 --message "été 5 €"',
    },
    {
      id: 'EX-8.6.3-3',
      title: 'Client interactif',
      level: 3,
      statement:
        'Chaque ligne tapée part au serveur, chaque ligne reçue s’affiche. Ctrl+D ferme seulement le sens d’émission : le client lit encore jusqu’à la fin, puis se termine avec le code 0. Qt n’a pas de demi-fermeture, le programme de départ emploie donc `node:net` seul.',
      criteria: [
        'Trois lignes tapées, trois réponses affichées, dans l’ordre.',
        'Les réponses arrivées après Ctrl+D s’affichent.',
        'Si le serveur ferme pendant la saisie, le programme se termine avec le code 12 en moins de 500 ms.',
        'Mille lignes envoyées d’un coup arrivent toutes.',
      ],
      hints: [
        'Quelle différence entre `end()` et `destroy()` sur un `net.Socket` ?',
        '`end()` envoie un FIN et laisse lire ; `allowHalfOpen` laisse le programme décider du reste.',
        'Un booléen `finSaisie` distingue les deux fins : dans `end` du socket, `terminer(finSaisie ? 0 : 12)`.',
      ],
      file: 'labs/client-serveur-tcp/exercices/interactif.ts',
      command: 'npm run lab -- client-serveur-tcp/exercices/interactif --port 1234',
    },
    {
      id: 'EX-8.6.4-1',
      title: 'Serveur d’heure',
      level: 1,
      statement: 'À chaque connexion, envoyez `HH:MM:SS\\n`, l’heure du serveur, puis fermez.',
      criteria: [
        'La ligne a exactement la forme `HH:MM:SS`, à deux secondes près de l’heure réelle.',
        'La connexion se ferme après la ligne.',
        'Dix clients successifs sont tous servis.',
        'Un client qui envoie des données avant de lire reçoit quand même la ligne, et son socket ne reste pas ouvert.',
      ],
      hints: [
        'Écrire puis fermer : laquelle des fermetures laisse partir ce qui est écrit ?',
        '`disconnectFromHost()` vide le tampon avant de fermer ; `abort()` le jetterait.',
        '`new Date().toTimeString().slice(0, 8)`, puis `write`, `disconnectFromHost()`, et `deleteLater()` dans `disconnected`.',
      ],
      file: 'labs/client-serveur-tcp/exercices/heure.ts',
      command: 'npm run lab -- client-serveur-tcp/exercices/heure --port 1234',
    },
    {
      id: 'EX-8.6.4-2',
      title: 'Ouverture surveillée',
      level: 2,
      statement:
        'Écoutez sur l’adresse de `--adresse`. Si le port est pris, affichez `ERREUR PORT_OCCUPE` et terminez avec le code 3.',
      criteria: [
        'Port pris : `ERREUR PORT_OCCUPE`, code 3, en moins d’une seconde.',
        'Avec `--adresse 127.0.0.1`, le serveur n’est joignable par aucune autre adresse de la machine.',
        'Avec `--adresse 0.0.0.0`, il l’est par une autre adresse de la machine aussi.',
        'Relancé aussitôt après avoir servi des clients, il écoute en moins d’une seconde.',
      ],
      hints: [
        '`listen` répond par un booléen ; la cause de l’échec est ailleurs.',
        '`serverError()` se compare à `QAbstractSocket.SocketError.AddressInUseError`.',
        '`new QHostAddress(options.adresse)` au lieu de `AnyIPv4`, puis un test sur `serverError()` et `terminer(3)`.',
      ],
      file: 'labs/client-serveur-tcp/exercices/ouverture.ts',
      command: 'npm run lab -- client-serveur-tcp/exercices/ouverture --port 1234 --adresse 127.0.0.1',
    },
    {
      id: 'EX-8.6.4-3',
      title: 'Salve d’arrivées',
      level: 2,
      statement: 'Envoyez à chaque client son numéro d’arrivée, `1\\n`, `2\\n`, et ainsi de suite.',
      criteria: [
        'Cinquante connexions simultanées reçoivent cinquante numéros différents, de 1 à 50.',
        'Aucun client ne reste muet.',
      ],
      hints: [
        'Plusieurs clients peuvent attendre pour un seul signal traité.',
        '`nextPendingConnection()` rend `null` quand la file est vide.',
        '`for (let client = serveur.nextPendingConnection(); client; client = serveur.nextPendingConnection())`.',
      ],
      file: 'labs/client-serveur-tcp/exercices/salve.ts',
      command: 'npm run lab -- client-serveur-tcp/exercices/salve --port 1234',
    },
  ],
})
