import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [{ role: 'recepteur', output: /Taille : 18 "Message à envoyer"/ }],
  predict: [
    {
      question:
        'Le récepteur est attaché à `AnyIPv4`. Comment s’affiche l’adresse de l’émetteur, lancé sur la même machine ?',
      options: [
        {
          text: '`127.0.0.1`',
          right: true,
          because: 'Un socket purement IPv4 montre une adresse IPv4, sans habillage.',
        },
        {
          text: '`::ffff:127.0.0.1`',
          because: 'C’est ce qu’afficherait `QHostAddress::Any`, qui est une double pile.',
        },
        {
          text: '`0.0.0.0`',
          because: 'C’est l’adresse à laquelle le récepteur s’est attaché, pas celle de l’émetteur.',
        },
      ],
    },
    {
      question:
        'Le message est envoyé 5 fois de suite. Combien de fois le slot de `readyRead` est-il appelé sous Qt ?',
      options: [
        {
          text: 'Cinq fois, une par datagramme',
          because: 'Un signal n’est pas un datagramme : il annonce que la file n’est plus vide.',
        },
        {
          text: 'Le plus souvent une seule fois',
          right: true,
          because: 'Le slot vide la file avec `while` : les cinq sont lus en un seul appel.',
        },
        {
          text: 'Jamais, il faut interroger le socket',
          because: 'Le signal existe précisément pour éviter d’interroger.',
        },
      ],
    },
  ],
  order: {
    question:
      '« Tout lancer » démarre le récepteur, puis l’émetteur. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'recepteur', event: { kind: 'bind' } },
      { role: 'emetteur', event: { kind: 'send' }, text: 'Message à envoyer' },
      { role: 'recepteur', event: { kind: 'receive' }, text: 'Message à envoyer' },
      { role: 'emetteur', event: { kind: 'connect' }, never: true },
      { role: 'emetteur', event: { kind: 'receive' }, never: true },
    ],
    because: 'Un socket attaché, un envoi, une réception : ni connexion, ni réponse.',
  },
  observe: [
    'Le port affiché par le récepteur pour l’émetteur change à chaque lancement de l’émetteur : c’est un port éphémère, prêté par le système.',
    'La taille de `Message à envoyer` : 17 caractères, 18 octets, à cause du `à`.',
    'Une ligne vide envoyée par l’émetteur : un datagramme de taille 0, reçu comme les autres.',
    'Le récepteur arrêté, l’émetteur annonce encore sa taille habituelle : envoyé ne veut pas dire arrivé, et sur « Le fil » la flèche s’arrête en chemin.',
  ],
  modify: [
    {
      title: 'Ouvrir aussi à IPv6',
      statement:
        'Remplacez `QHostAddress.AnyIPv4` par `QHostAddress.Any` dans le récepteur, relancez-le, puis envoyez un message.',
      file: 'labs/udp/recepteur.ts',
      command: 'npm run lab -- udp/recepteur --port 12345',
      expected: 'L’émetteur s’affiche `::ffff:127.0.0.1` : son adresse IPv4 est habillée en IPv6.',
      seen: [{ role: 'recepteur', copy: true, output: /Reçu de "::ffff:/ }],
    },
    {
      title: 'Un seul datagramme par signal',
      statement:
        'Remplacez le `while` de la lecture par un `if`, et comptez les appels du slot. Envoyez ensuite le message 5 fois.',
      file: 'labs/udp/recepteur.ts',
      command: 'npm run lab -- udp/emetteur --port 12345 --fois 5',
      expected:
        'Les cinq datagrammes sont lus, mais en cinq appels : lire au moins un datagramme suffit à réarmer le signal.',
      seen: [{ role: 'recepteur', copy: true, output: /(?:Reçu de[\s\S]*){5}/ }],
    },
    {
      title: 'Ne rien lire',
      statement:
        'Videz le corps du slot en ne gardant qu’un affichage, puis envoyez plusieurs messages, lentement.',
      file: 'labs/udp/recepteur.ts',
      command: 'npm run lab -- udp/recepteur --port 12345',
      expected: 'Un seul affichage, puis le silence : sans lecture, `readyRead` ne revient plus.',
      seen: [
        {
          role: 'recepteur',
          copy: true,
          output: /attaché au port : \d+\s+[^\n]+/,
          never: /Reçu de|attaché au port[^\n]*\n[^\n]+\n[^\n]+\n/,
        },
        { role: 'emetteur', output: /(?:Datagramme envoyé[\s\S]*){2}/ },
      ],
    },
    {
      title: 'Un tampon de quatre octets',
      statement:
        'Appelez `readDatagram(4)` au lieu de lui passer la taille en attente, puis envoyez deux messages.',
      file: 'labs/udp/recepteur.ts',
      command: 'npm run lab -- udp/recepteur --port 12345',
      expected:
        'Chaque message est coupé à quatre octets ; la fin du premier n’apparaît jamais, le second commence proprement.',
      seen: [{ role: 'recepteur', copy: true, output: /Taille : 4 "[\s\S]*Taille : 4 "/ }],
    },
  ],
  create: [
    {
      id: 'EX-8.5.1-1',
      title: 'Expéditeur',
      level: 1,
      statement:
        'Écrivez un programme qui envoie une seule fois le texte de `--message`, en UTF-8, vers `--hote` et `--port`, puis se termine avec le code 0. Si l’envoi est impossible, il affiche `ERREUR TAILLE` et se termine avec le code 1.',
      criteria: [
        'Le destinataire reçoit exactement un datagramme, jamais deux.',
        '`Message à envoyer` arrive en 18 octets, avec `c3 a0` pour le `à`.',
        'Un message vide envoie un datagramme de 0 octet.',
        'Un message de 70 000 caractères n’envoie rien : le programme affiche `ERREUR TAILLE` et son code n’est pas 0.',
      ],
      hints: [
        '`writeDatagram` répond par un nombre : que vaut-il quand rien n’est parti ?',
        '`toUtf8(texte)` donne les octets à envoyer ; `0` est une réponse normale, pour un message vide.',
        'Un seul appel : `const taille = udpSocket.writeDatagram(toUtf8(options.message), adresse, options.port)`, puis un test `taille < 0`.',
      ],
      file: 'labs/udp/exercices/expediteur.ts',
      command: 'npm run lab -- udp/exercices/expediteur --port 12345 --message "Message à envoyer"',
    },
    {
      id: 'EX-8.5.1-2',
      title: 'Récepteur journalisé',
      level: 2,
      statement:
        'Complétez le récepteur pour qu’il affiche une ligne JSON par datagramme reçu : `{"de":"127.0.0.1","port":50345,"taille":2,"hexa":"00ff"}`.',
      criteria: [
        'Un datagramme reçu, une ligne affichée ; `de` vaut `127.0.0.1`, sans `::ffff:`.',
        'Un datagramme vide donne une ligne, avec une taille de 0 et un `hexa` vide.',
        'Les octets `00 ff` sont rendus exactement, sans passer par du texte.',
        'Soixante datagrammes envoyés d’affilée donnent soixante lignes, dans l’ordre.',
        'Des datagrammes de 1472, 9000 et 65 507 octets sont lus en entier.',
      ],
      hints: [
        'Le slot de départ lit un datagramme par signal et ne connaît pas sa taille : que dit `pendingDatagramSize` ?',
        "Un `while` sur `hasPendingDatagrams()` vide la file ; `data.toString('hex')` écrit les octets en hexadécimal.",
        "Attachez le socket à `QHostAddress.AnyIPv4`, puis `console.log(JSON.stringify({ de: address.toString(), port, taille: size, hexa: data.toString('hex') }))`.",
      ],
      file: 'labs/udp/exercices/journal.ts',
      command: 'npm run lab -- udp/exercices/journal --port 12345',
    },
    {
      id: 'EX-8.5.1-3',
      title: 'Deux abonnés, un port',
      level: 2,
      statement:
        'Permettez à deux instances du programme de s’attacher au même port. Quand `bind` échoue malgré tout, le programme se termine avec le code 3.',
      criteria: [
        'Deux instances lancées sur le même port restent en vie toutes les deux.',
        'Un message envoyé à `127.255.255.255` arrive aux deux.',
        'Un message envoyé à `127.0.0.1` arrive à une seule, exactement.',
        'Face à un programme qui ne partage pas son port, la seconde instance se termine avec le code 3.',
      ],
      hints: [
        '`bind` accepte un troisième argument : une combinaison de drapeaux.',
        'Les deux instances doivent demander le partage ; une seule ne suffit pas.',
        '`QAbstractSocket.BindFlag.ShareAddress | QAbstractSocket.BindFlag.ReuseAddressHint`, et `terminer(3)` quand `bind` rend `false`.',
      ],
      file: 'labs/udp/exercices/partage.ts',
      command: 'npm run lab -- udp/exercices/partage --port 12345',
    },
    {
      id: 'EX-8.5.1-4',
      title: 'Tableau de bord de capteurs',
      level: 3,
      statement:
        'Des capteurs envoient `id;valeur`. À la question `ETAT`, le programme répond à celui qui la pose par la liste `id=valeur` de la dernière valeur de chaque capteur, triée par identifiant, une par ligne, suivie de `rejets=n`. Un capteur muet depuis 2 secondes y figure comme `id=PERIME`.',
      criteria: [
        'Trois capteurs entrelacés : chacun garde sa dernière valeur.',
        'Un message mal formé ne change rien à la liste et augmente `rejets` de 1.',
        'Un capteur qui se tait 2 secondes apparaît `PERIME`, puis revient dès qu’il reparle.',
        'Quatre-vingts datagrammes envoyés d’affilée sont tous comptés.',
        'Un identifiant accentué est rendu sans altération.',
      ],
      hints: [
        'Une `Map` associe à chaque identifiant sa valeur et l’instant de réception.',
        'Nul besoin de minuteur : l’âge d’une mesure se calcule au moment de répondre à `ETAT`.',
        'Découpez au premier `;`, rejetez un identifiant vide ou une valeur qui n’est pas un nombre, et répondez par `writeDatagram` à l’adresse et au port rendus par `readDatagram`.',
      ],
      file: 'labs/udp/exercices/tableau-de-bord.ts',
      command: 'npm run lab -- udp/exercices/tableau-de-bord --port 12345',
    },
  ],
})
