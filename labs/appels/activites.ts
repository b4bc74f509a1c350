import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    {
      after: { role: 'console-serveur', type: 'socket' },
      role: 'console-serveur',
      output: /socket\(\) : réussi/,
    },
    {
      after: { role: 'console-serveur', type: 'bind' },
      role: 'console-serveur',
      output: /bind\(\) : réussi/,
    },
    { after: { role: 'console-serveur', type: 'listen' }, role: 'etats', output: /LISTEN/ },
    {
      after: { role: 'console-client', type: 'socket' },
      role: 'console-client',
      output: /socket\(\) : réussi/,
    },
    {
      after: { role: 'console-client', type: 'connect' },
      role: 'etats',
      output: /ESTABLISHED[^\n]*\n\s+ESTABLISHED/,
    },
  ],
  predict: [
    {
      question:
        'Le serveur a fait `listen()`, pas encore `accept()`. Le client appelle `connect()`. Que se passe-t-il ?',
      options: [
        {
          text: '`connect()` attend que le serveur accepte',
          because: 'Le noyau du serveur répond lui-même : il n’attend pas le programme.',
        },
        {
          text: '`connect()` est refusé',
          because: 'Un refus vient d’un port que personne n’écoute.',
        },
        {
          text: '`connect()` réussit',
          right: true,
          because:
            'Les deux noyaux terminent la poignée de main ; `accept()` prendra la connexion plus tard.',
        },
      ],
    },
    {
      question:
        'Le client appelle `send()` avant que le serveur n’ait appelé `accept()`. Où vont les octets ?',
      options: [
        {
          text: 'Dans le tampon du serveur, où ils attendent',
          right: true,
          because: 'La connexion existe, donc son tampon aussi : `recv()` les rendra aussitôt.',
        },
        {
          text: 'Nulle part : ils sont perdus',
          because: 'TCP ne perd rien en silence.',
        },
        {
          text: 'Ils restent chez le client jusqu’à `accept()`',
          because: 'Rien ne retient le client : pour lui, la connexion est établie.',
        },
      ],
    },
  ],
  order: {
    question:
      'Faites écouter le serveur (`socket`, `bind`, `listen`), puis connectez le client (`socket`, `connect`). Dans quel ordre cela se passe-t-il ?',
    cards: [
      { role: 'console-serveur', event: { kind: 'listen' } },
      { role: 'console-client', event: { kind: 'connect' } },
      { role: 'console-client', event: { kind: 'send' }, never: true },
      { role: 'console-client', event: { kind: 'refused' }, never: true },
    ],
    because:
      'Un port qu’on écoute ne refuse pas : `connect()` réussit, avant tout `accept()`, et n’envoie aucun octet du programme.',
  },
  observe: [
    'Après `listen()`, une ligne LISTEN ; après `connect()`, deux lignes ESTABLISHED, avant tout `accept()`.',
    '`accept()` ne change rien à la table : aucun segment n’a circulé.',
    'La connexion acceptée garde le port du serveur ; seul le port du client la distingue.',
    'Après `shutdown()` du client, `recv()` rend 0 chez le serveur, qui peut encore envoyer : « Le fil » montre sa réponse après la fin.',
    'TIME-WAIT reste du côté qui a fini le premier, une minute environ sous Linux.',
  ],
  modify: [
    {
      title: 'Oublier d’écouter',
      statement: 'Côté serveur, tapez `socket` puis `bind`, sans `listen`. Connectez ensuite le client.',
      file: 'labs/appels/console-serveur.node.ts',
      command: 'npm run lab -- appels/console-serveur --port 1234',
      expected: '`ECONNREFUSED` : un port attaché n’est pas un port ouvert.',
      seen: [
        { role: 'console-serveur', output: /^(?![\s\S]*listen\(\) : réussi)[\s\S]*bind\(\) : réussi/ },
        { role: 'console-client', output: /connect\(\) : ECONNREFUSED/ },
      ],
    },
    {
      title: 'Changer TIME-WAIT de camp',
      statement:
        'Établissez une connexion, acceptez-la, puis fermez d’abord côté serveur, ensuite côté client. Regardez la table.',
      file: 'labs/appels/etats.node.ts',
      command: 'npm run lab -- appels/etats --port 1234',
      expected: 'TIME-WAIT porte maintenant le port du serveur : c’est lui qui a fermé le premier.',
      seen: [{ role: 'etats', output: /port (\d+) :[\s\S]*TIME-WAIT\s+\S+:\1\s/ }],
    },
    {
      title: 'Finir d’émettre, continuer à lire',
      statement:
        'Établissez une connexion et acceptez-la. Côté client, tapez `shutdown`, puis `recv`. Côté serveur, tapez `send encore`.',
      file: 'labs/appels/console-client.node.ts',
      command: 'npm run lab -- appels/console-client --port 1234',
      expected: 'Le client reçoit `encore` : un seul sens était fermé. Un `send` du client échouerait.',
      seen: [{ role: 'console-client', output: /shutdown\(\) : réussi[\s\S]*recv\(\) = [1-9]/ }],
    },
  ],
  create: [
    {
      id: 'EX-8.3-1',
      title: 'Remettre les appels dans l’ordre',
      level: 1,
      statement:
        'Les appels du serveur et du client sont mélangés, et chaque liste contient un intrus. Remettez-les dans l’ordre ; le programme affiche les deux listes, `SERVEUR …` et `CLIENT …`.',
      criteria: [
        'Le serveur crée, attache, écoute, accepte, reçoit, envoie, ferme.',
        'Le client crée, se connecte, envoie, reçoit, ferme.',
        'Les appels qui n’ont rien à faire d’un côté en ont disparu.',
        '`bind` côté client est permis, mais facultatif : tout ordre compatible convient.',
      ],
      hints: [
        'Commencez par l’appel que les deux côtés ont en commun.',
        'Chaque appel en exige un autre avant lui : `listen` exige `bind`, `accept` exige `listen`.',
        'Serveur : `socket`, `bind`, `listen`, `accept`, `recv`, `send`, `close`. Le client, lui, n’accepte personne.',
      ],
      file: 'labs/appels/exercices/ordre.ts',
      command: 'npm run lab -- appels/exercices/ordre',
    },
    {
      id: 'EX-8.3-2',
      title: 'Écho',
      level: 2,
      statement:
        'Le serveur renvoie à chaque client exactement ce qu’il en reçoit, jusqu’à la fin de flux, puis ferme à son tour.',
      criteria: [
        '`bonjour` revient en `bonjour` ; les octets de 0 à 255 reviennent identiques.',
        'Cinq clients simultanés reçoivent chacun leur propre réponse.',
        '1 Mio suivi d’une fin de flux : 1 Mio revient, puis la fin de flux.',
        'La coupure brutale d’un client n’arrête pas le serveur.',
      ],
      hints: [
        'Trois fautes au départ : une variable partagée, un passage par du texte, une fermeture trop brusque.',
        'Chaque connexion a déjà son objet : le paramètre de la fonction suffit. Des octets se renvoient sans `toString`.',
        '`createServer({ allowHalfOpen: true }, (client) => { client.on("data", (octets) => client.write(octets)); client.on("end", () => client.end()); client.on("error", () => client.destroy()) })`.',
      ],
      file: 'labs/appels/exercices/echo.ts',
      command: 'npm run lab -- appels/exercices/echo --port 12345',
    },
    {
      id: 'EX-8.3-3',
      title: 'Un client qui sait finir',
      level: 2,
      statement:
        'Le client envoie trois lignes, annonce qu’il n’émettra plus, lit jusqu’à la fin de flux, puis affiche `TOTAL` et le nombre d’octets reçus.',
      criteria: [
        'Face à un serveur qui ne répond qu’après la fin de flux du client : total exact.',
        'Face à une réponse qui arrive octet par octet : total exact, affiché une seule fois.',
        'Face à une coupure brutale : un code de sortie différent de 0.',
        'Jamais plus de 5 secondes d’attente face à un serveur muet.',
      ],
      hints: [
        'Une lecture n’est pas une réponse : quel événement annonce la fin du flux ?',
        '`socket.end()` ferme le sens d’émission et laisse lire ; `end` est aussi le nom de l’événement de fin.',
        'Après les trois `write`, `socket.end()` ; dans `data`, `total += octets.length` seulement ; dans `end`, afficher ; `socket.setTimeout(5000, …)` pour le serveur muet.',
      ],
      file: 'labs/appels/exercices/client-fini.ts',
      command: 'npm run lab -- appels/exercices/client-fini --port 12345',
    },
    {
      id: 'EX-8.3-4',
      title: 'Somme d’entiers',
      level: 3,
      statement:
        'Le client envoie `n` sur 4 octets, puis `n` entiers de 32 bits, gros-boutistes. Le serveur répond leur somme sur 4 octets, modulo 2³², puis ferme. Écrivez les deux rôles, `--role serveur` et `--role client` ; le client envoie les entiers de `--nombres` et affiche `SOMME s`.',
      criteria: [
        'n = 0 donne 0 ; n = 4 donne la bonne somme.',
        '100 000 entiers, livrés en fragments de tailles quelconques : somme exacte.',
        'Un entier coupé entre deux lectures est bien recollé ; la somme déborde modulo 2³².',
        'Une fin de flux prématurée : le serveur ferme sans répondre.',
        'Des octets en trop ne provoquent jamais une deuxième réponse.',
        'Le client envoie la demande exacte et affiche `SOMME s`, même si la réponse arrive octet par octet.',
      ],
      hints: [
        'Gardez tout ce qui est arrivé, et ne décidez que lorsque la demande est complète.',
        'Complète veut dire : au moins 4 octets, puis au moins `4 + 4 * n`.',
        '`recu = Buffer.concat([recu, octets])` ; si `recu.length >= 4 + 4 * n`, sommer avec `readUInt32BE(4 + 4 * i)`, réduire par `>>> 0`, écrire par `writeUInt32BE`, puis `client.end(reponse)` et ne plus lire.',
      ],
      file: 'labs/appels/exercices/somme.ts',
      command: 'npm run lab -- appels/exercices/somme --port 12345',
    },
  ],
})
