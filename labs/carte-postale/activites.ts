import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [{ after: { role: 'emetteur', type: 'BB' }, role: 'recepteur', output: /taille 2 : "BB"/ }],
  predict: [
    {
      question: 'L’émetteur envoie `A`, puis `BB`, puis `CCC`. Combien de réceptions ?',
      options: [
        {
          text: 'Une, de 6 octets',
          because: 'UDP ne colle jamais deux messages : ce serait un flux.',
        },
        {
          text: 'Trois, de 1, 2 et 3 octets',
          right: true,
          because: 'Les frontières sont conservées : un datagramme, une réception.',
        },
        {
          text: 'Six, d’un octet',
          because: 'Un datagramme est lu en une seule fois.',
        },
      ],
    },
    {
      question: 'Le récepteur n’est pas lancé. Que répond l’envoi ?',
      options: [
        {
          text: 'Une erreur « connexion refusée »',
          because: 'Il n’y a pas de connexion : l’envoi ne consulte personne.',
        },
        {
          text: 'La taille envoyée, comme d’habitude',
          right: true,
          because: 'Le noyau local a accepté le datagramme ; il ne promet rien de plus.',
        },
        {
          text: 'Rien : il attend le récepteur',
          because: 'Un envoi UDP n’attend jamais le destinataire.',
        },
      ],
    },
  ],
  order: {
    question: 'Vous tapez `BB` chez l’émetteur. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'recepteur', event: { kind: 'bind' } },
      { role: 'emetteur', event: { kind: 'send' }, text: 'BB' },
      { role: 'recepteur', event: { kind: 'receive' }, text: 'BB' },
      { role: 'recepteur', event: { kind: 'accept' }, never: true },
      { role: 'emetteur', event: { kind: 'receive' }, never: true },
    ],
    because:
      'Une carte postale : le récepteur a sa boîte, le datagramme part, il arrive. Ni connexion à accepter, ni accusé de réception.',
  },
  observe: [
    'Trois envois, trois lignes, tailles 1, 2 et 3, et le même port d’émetteur à chaque fois.',
    'Une ligne vide produit un datagramme de taille 0, reçu comme les autres.',
    '`Message à envoyer` : 17 caractères tapés, 18 octets reçus.',
    'Récepteur arrêté, l’émetteur affiche encore sa taille : envoyé ne veut pas dire arrivé, et sur « Le fil » la flèche s’arrête en chemin.',
    'Avec un tampon de 4 octets, la fin de chaque message disparaît pour de bon.',
  ],
  modify: [
    {
      title: 'La limite exacte',
      statement: 'Envoyez un datagramme de 65 507 octets, puis un de 65 508.',
      file: 'labs/carte-postale/emetteur.ts',
      command: 'npm run lab -- carte-postale/emetteur --port 12345 --taille 65508',
      prints: /Datagramme trop grand/,
      expected:
        'Le premier arrive entier ; le second échoue sur place (`DatagramTooLargeError` dans Qt, `EMSGSIZE` dans Node) : rien n’est parti.',
      seen: [
        { role: 'recepteur', output: /taille 65507 :/ },
        { role: 'emetteur', output: /Datagramme trop grand/ },
      ],
    },
    {
      title: 'Un tampon trop petit',
      statement: 'Relancez le récepteur avec un tampon de 4 octets, puis envoyez deux messages plus longs.',
      file: 'labs/carte-postale/recepteur.ts',
      command: 'npm run lab -- carte-postale/recepteur --port 12345 --tampon 4',
      expected: 'Quatre octets du premier, quatre octets du second : la fin du premier ne revient jamais.',
      seen: [{ role: 'recepteur', output: /taille \d+, lus 4 :[\s\S]*taille \d+, lus 4 :/ }],
    },
    {
      title: 'Répondre à l’expéditeur',
      statement:
        'Dans la lecture, ajoutez `socket.writeDatagram(lu.data, lu.address, lu.port)`, puis reliez aussi `readyRead` dans l’émetteur.',
      file: 'labs/carte-postale/recepteur.ts',
      command: 'npm run lab -- carte-postale/recepteur --port 12345',
      expected: 'Chaque carte revient, alors que le récepteur ne connaissait pas cette adresse d’avance.',
      seen: [
        { role: 'recepteur', copy: true, event: { kind: 'send' } },
        { role: 'emetteur', copy: true, event: { kind: 'receive' } },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.4.1-1',
      title: 'Écho mesureur',
      level: 1,
      statement:
        'À chaque datagramme, répondez `taille:hexa`, où `hexa` est l’écriture hexadécimale des 8 premiers octets au plus.',
      criteria: [
        'La réponse part du port du programme, vers le port de l’émetteur.',
        'Deux émetteurs reçoivent chacun leur réponse.',
        'Un datagramme vide donne `0:`.',
        'Un datagramme de 65 507 octets valant 1 donne `65507:0101010101010101`.',
        'Les octets `00 ff 0a 0d c3` reviennent en `5:00ff0a0dc3`.',
      ],
      hints: [
        'La lecture rend aussi le port de l’émetteur.',
        '`data.subarray(0, 8).toString("hex")` écrit les premiers octets, sans passer par du texte.',
        '`socket.writeDatagram(toUtf8(data.length + ":" + data.subarray(0, 8).toString("hex")), address, port)`.',
      ],
      file: 'labs/carte-postale/exercices/echo-mesureur.ts',
      command: 'npm run lab -- carte-postale/exercices/echo-mesureur --port 12345',
    },
    {
      id: 'EX-8.4.1-2',
      title: 'Remise en ordre',
      level: 2,
      statement:
        'Chaque datagramme contient un numéro écrit en décimal, à partir de 0. Affichez les numéros dans l’ordre, un par ligne. Gardez jusqu’à 8 numéros d’avance ; après 300 ms d’attente, abandonnez un trou par la ligne `TROU n`.',
      criteria: [
        '0, 2, 1, 3 reçus : 0, 1, 2, 3 affichés.',
        '0, 1, 3 puis rien : 0, 1, et 300 ms plus tard `TROU 2`, puis 3.',
        'Un doublon n’est affiché qu’une fois.',
        'Un numéro hors de la fenêtre de 8 est ignoré.',
      ],
      hints: [
        'Une variable dit le prochain numéro attendu, une `Map` ou un `Set` garde ceux qui sont en avance.',
        'Après chaque arrivée, livrez tant que le numéro attendu est en réserve.',
        'S’il reste une réserve, lancez un `QTimer.singleShot(300, …)` ; à son échéance, affichez `TROU` pour le numéro attendu s’il n’a pas bougé, avancez d’un, et livrez la suite.',
      ],
      file: 'labs/carte-postale/exercices/remise-en-ordre.ts',
      command: 'npm run lab -- carte-postale/exercices/remise-en-ordre --port 12345',
    },
    {
      id: 'EX-8.4.1-3',
      title: 'Question et réponse',
      level: 2,
      statement:
        'Le client envoie `essai:question`, attend une réponse `essai:texte` pendant 500 ms, et recommence avec le numéro d’essai suivant, trois essais en tout. Il affiche le texte et finit avec le code 0, ou finit avec le code 1.',
      criteria: [
        'Une réponse au deuxième essai : exactement 2 envois, le texte affiché, puis le code 0.',
        'Une réponse venue d’une autre adresse ou d’un autre port est ignorée.',
        'Une réponse tardive, qui porte le numéro d’un essai précédent, est ignorée.',
        'Silence complet : 3 envois, puis le code 1, entre 1,4 et 2 secondes.',
      ],
      hints: [
        'Trois vérifications avant de croire une réponse : l’adresse, le port, le numéro.',
        '`receiveDatagram()` donne `senderAddress()` et `senderPort()` ; deux adresses se comparent par `equals()`.',
        'Un `QTimer` de 500 ms : à l’échéance, si `essai < 3`, `demander()`, sinon `terminer(1)` ; dans la lecture, `if (!recu.senderAddress().equals(destinataire) || recu.senderPort() !== options.port || !texte.startsWith(essai + ":")) continue`.',
      ],
      file: 'labs/carte-postale/exercices/question.ts',
      command: 'npm run lab -- carte-postale/exercices/question --port 12345',
    },
    {
      id: 'EX-8.4.1-4',
      title: 'Transfert par arrêt-et-attente',
      level: 3,
      statement:
        'Avec `--role emetteur`, envoyez le fichier de `--fichier` ; avec `--role recepteur`, écrivez-le dans le fichier de `--fichier`. Entre les deux, un relais perd 30 % et double 10 % des datagrammes : un bloc de 1000 octets, un accusé, puis le bloc suivant. L’émetteur annonce la fin par un bloc vide.',
      criteria: [
        'Le fichier reçu est identique, octet pour octet.',
        'Cinq envois par bloc au plus, en moyenne.',
        'Un doublon n’est écrit qu’une fois.',
        'Les deux programmes se terminent, même si le dernier accusé se perd.',
      ],
      hints: [
        'Décrivez d’abord les messages : numéro du bloc, données, fin, accusé.',
        'Quatre octets de numéro en tête de chaque bloc ; l’accusé répète le numéro. Un bloc déjà reçu s’acquitte de nouveau, sans être récrit.',
        'Un bloc vide annonce la fin. Le récepteur, après l’avoir acquitté, reste encore une seconde pour acquitter une réémission ; l’émetteur réémet toutes les 100 ms.',
      ],
      file: 'labs/carte-postale/exercices/transfert.ts',
      command: 'npm run lab -- carte-postale/exercices/transfert --port 12345',
    },
  ],
})
