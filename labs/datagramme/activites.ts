import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [{ role: 'emetteur', output: /Réponse de "127\.0\.0\.1" : \d+ "Reçu : Message à envoyer"/ }],
  predict: [
    {
      question: 'Le récepteur répond avec `makeReply`. Depuis quel port la réponse part-elle ?',
      options: [
        {
          text: 'Depuis le port auquel il est attaché',
          right: true,
          because: 'La réponse part du socket qui a reçu : c’est la même boîte aux lettres.',
        },
        {
          text: 'Depuis un port choisi au hasard',
          because: 'Ce serait vrai d’un second socket, ouvert pour l’occasion.',
        },
        {
          text: 'Depuis le port de l’émetteur',
          because: 'Celui-là est la destination de la réponse.',
        },
      ],
    },
  ],
  order: {
    question:
      'L’émetteur envoie « Message à envoyer » au récepteur, qui répond. Dans quel ordre cela se passe-t-il ?',
    cards: [
      { role: 'recepteur', event: { kind: 'bind' } },
      { role: 'emetteur', event: { kind: 'send' }, text: 'Message à envoyer' },
      { role: 'recepteur', event: { kind: 'receive' }, text: 'Message à envoyer' },
      { role: 'recepteur', event: { kind: 'send' }, text: 'Reçu' },
      { role: 'emetteur', event: { kind: 'receive' }, text: 'Reçu' },
      { role: 'recepteur', event: { kind: 'accept' }, never: true },
    ],
    because:
      'La réponse est un second datagramme, dans l’autre sens : le récepteur l’envoie à l’adresse lue sur le premier. Aucune connexion n’est acceptée.',
  },
  observe: [
    'Le port dans « Réponse de » : c’est celui auquel l’émetteur avait écrit.',
    'Le port source affiché par le récepteur : celui que l’émetteur annonce à chaque envoi.',
    'Deux émetteurs lancés ensemble : chacun ne reçoit que ses propres réponses.',
    'Le récepteur arrêté : l’émetteur envoie toujours, et ne reçoit plus rien : sur « Le fil », la flèche s’arrête en chemin.',
  ],
  modify: [
    {
      title: 'Répondre depuis une autre boîte',
      statement:
        'Dans le récepteur, envoyez la réponse avec un second `QUdpSocket`, créé pour l’occasion, au lieu de `this.udpSocket`.',
      file: 'labs/datagramme/recepteur.ts',
      command: 'npm run lab -- datagramme/recepteur --port 12345',
      expected:
        'La réponse arrive encore, mais d’un port inconnu. Un émetteur qui aurait associé son socket au récepteur ne la verrait pas.',
      seen: [
        { role: 'recepteur', copy: true, event: { kind: 'send', socket: 2 } },
        { role: 'emetteur', output: /Réponse de / },
      ],
    },
    {
      title: 'Une enveloppe vide',
      statement:
        'Retirez la boucle et appelez `receiveDatagram()` deux fois de suite dans le slot, en affichant `isValid()` à chaque fois.',
      file: 'labs/datagramme/recepteur.ts',
      command: 'npm run lab -- datagramme/recepteur --port 12345',
      expected: 'Le premier est valide ; le second, lu sur une file vide, ne l’est pas.',
      seen: [{ role: 'recepteur', copy: true, output: /true[\s\S]*false/ }],
    },
  ],
  create: [
    {
      id: 'EX-8.5.2-1',
      title: 'Répondeur',
      level: 1,
      statement:
        'Répondez à chaque datagramme par `ACK n`, où n est le rang du datagramme pour cet émetteur-là : 1 pour son premier, 2 pour son deuxième.',
      criteria: [
        'La réponse part du port du programme : un émetteur associé à ce port la reçoit.',
        'Le rang augmente de 1 à chaque datagramme d’un même émetteur.',
        'Trois émetteurs entrelacés ont des rangs indépendants.',
        'Un datagramme vide compte comme les autres.',
      ],
      hints: [
        'Qu’est-ce qui distingue deux émetteurs sur la même machine ?',
        'Une `Map` dont la clé réunit l’adresse et le port de l’émetteur.',
        '`const rang = (rangs.get(cle) ?? 0) + 1`, puis `udpSocket.writeDatagram(datagramme.makeReply(…))`.',
      ],
      file: 'labs/datagramme/exercices/repondeur.ts',
      command: 'npm run lab -- datagramme/exercices/repondeur --port 12345',
    },
    {
      id: 'EX-8.5.2-2',
      title: 'Journal des enveloppes',
      level: 2,
      statement:
        'Affichez une ligne `source;destination;taille;saut` par datagramme reçu. Écrivez `?` pour la destination et les sauts restants si votre langage ne les dit pas : c’est le cas de Node. En C++, `destinationAddress()` et `hopLimit()` les donnent.',
      criteria: [
        'Un envoi à `127.0.0.1` donne une source `127.0.0.1`.',
        'Un datagramme vide donne une ligne, avec une taille de 0.',
        'La destination est celle qui était visée, `127.0.0.1`, ou `?` si le langage ne la dit pas.',
        'Chaque datagramme reçu donne une ligne, même en rafale.',
      ],
      hints: [
        'Le premier réflexe : quelles métadonnées l’objet porte-t-il vraiment ?',
        '`destinationAddress()` est nulle quand l’information manque : `isNull()` le dit.',
        "Construisez la ligne par `[source, destination.isNull() ? '?' : destination.toString(), taille, '?'].join(';')`.",
      ],
      file: 'labs/datagramme/exercices/journal.ts',
      command: 'npm run lab -- datagramme/exercices/journal --port 12345',
    },
    {
      id: 'EX-8.5.2-3',
      title: 'Relais UDP',
      level: 3,
      statement:
        'Relayez vers `--hote` et `--vers` ce qui arrive sur `--port`, et rendez à chaque client les réponses qui lui reviennent, et à lui seul. Un client inactif depuis `--oubli` millisecondes, 5000 par défaut, est oublié ; à la question `?`, le relais répond `CLIENTS n`.',
      criteria: [
        'Trois clients simultanés reçoivent chacun leurs réponses, jamais celles des autres.',
        'La cible voit trois ports sources différents.',
        'Après le silence d’un client pendant `--oubli`, `?` répond un de moins.',
        'La cible absente ne fait pas tomber le relais.',
      ],
      hints: [
        'Une réponse de la cible ne dit pas à quel client elle est destinée : par quoi la reconnaître ?',
        'Un `QUdpSocket` par client vers la cible : le port local désigne alors le client.',
        'Une `Map` de clé « adresse et port » vers `{ socket, adresse, port, vu }` ; `close()` et suppression quand `Date.now() - vu > options.oubli`.',
      ],
      file: 'labs/datagramme/exercices/relais.ts',
      command: 'npm run lab -- datagramme/exercices/relais --port 12346 --vers 12345',
    },
  ],
})
