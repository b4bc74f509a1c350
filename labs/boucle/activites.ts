import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'horloge', output: /TIC 3\s/ },
    {
      after: { role: 'emetteur', type: 'compte' },
      role: 'horloge',
      output: /Calcul commencé\s+Calcul terminé[\s\S]*en retard de/,
    },
  ],
  predict: [
    {
      question:
        'L’horloge écrit `TIC` toutes les 100 ms. Un datagramme arrive, et le slot calcule pendant 1 seconde. Que deviennent les TIC ?',
      options: [
        {
          text: 'Ils continuent : le slot tourne à côté',
          because: 'Il n’y a qu’un fil : le slot et l’horloge se partagent la même boucle.',
        },
        {
          text: 'Ils s’arrêtent une seconde, puis reprennent',
          right: true,
          because: 'La boucle ne peut rien distribuer tant que le slot n’a pas rendu la main.',
        },
        {
          text: 'Dix TIC sont rattrapés d’un coup à la fin',
          because: 'Un minuteur en retard ne se déclenche qu’une fois, pas une fois par période manquée.',
        },
      ],
    },
    {
      question: 'Trois datagrammes arrivent pendant ce calcul. Où sont-ils ?',
      options: [
        {
          text: 'Perdus',
          because: 'Le noyau les garde tant que son tampon n’est pas plein.',
        },
        {
          text: 'Dans le tampon du noyau',
          right: true,
          because: 'Ils seront lus quand le slot aura rendu la main.',
        },
        {
          text: 'Chez l’émetteur, qui attend',
          because: 'UDP n’attend jamais le destinataire.',
        },
      ],
    },
  ],
  order: {
    question: 'Vous tapez `compte` chez l’émetteur. Que font les deux sockets, et dans quel ordre ?',
    cards: [
      { role: 'horloge', event: { kind: 'bind' } },
      { role: 'emetteur', event: { kind: 'send' }, text: 'compte' },
      { role: 'horloge', event: { kind: 'receive' }, text: 'compte' },
      { role: 'emetteur', event: { kind: 'receive' }, never: true },
    ],
    because:
      'L’horloge est lancée la première, attachée à son port ; elle reçoit, puis calcule. UDP ne renvoie aucun accusé : l’émetteur n’apprend rien du calcul.',
  },
  observe: [
    'Aucun TIC entre « Calcul commencé » et « Calcul terminé » ; sur « Le fil », un message envoyé entre les deux attend d’être lu.',
    'Le premier TIC après le calcul avoue son retard.',
    'Trois messages envoyés de suite : trois calculs d’affilée ; à peine un TIC se glisse-t-il parfois entre deux.',
    'En tranches, les TIC s’intercalent, et le calcul se termine un peu plus tard.',
  ],
  modify: [
    {
      title: 'Un slot bref',
      statement: 'Relancez l’horloge avec un calcul de 5 ms, et envoyez plusieurs messages.',
      file: 'labs/boucle/horloge.ts',
      command: 'npm run lab -- boucle/horloge --port 12345 --calcul 5',
      expected: 'Les TIC restent réguliers : un slot bref ne se remarque pas.',
      seen: [{ role: 'horloge', output: /(?:Calcul commencé\s+Calcul terminé\s+TIC \d+\s*\n[\s\S]*){2}/ }],
    },
    {
      title: 'Des tranches trop grosses',
      statement: 'Portez `TRANCHE` à 300 ms, puis lancez l’horloge avec `--tranches`.',
      file: 'labs/boucle/horloge.ts',
      command: 'npm run lab -- boucle/horloge --port 12345 --tranches',
      expected: 'Les TIC sont de nouveau en retard : une tranche doit rester plus courte que le battement.',
      seen: [
        {
          role: 'horloge',
          copy: true,
          given: { tranches: true },
          // The first three of a computation: a busy machine has one late now and then.
          output: /Calcul commencé\s+(?:TIC \d+ \(en retard de \d+ ms\)\s+){3}/,
        },
      ],
    },
    {
      title: 'Le même gel en Node',
      statement: 'Lancez la variante Node et comparez.',
      file: 'labs/boucle/horloge.node.ts',
      command: 'npm run lab -- boucle/horloge --variante node --port 12345',
      expected: 'Le gel est identique : Node possède la même boucle, sans `exec()` pour la lancer.',
      seen: [
        {
          role: 'horloge',
          variant: 'node',
          output: /Calcul commencé\s+Calcul terminé\s+TIC \d+ \(en retard de/,
        },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.5-1',
      title: 'Battement',
      level: 1,
      statement:
        'Le programme écrit `TIC`, seul sur sa ligne, toutes les 100 ms et répond à chaque datagramme par son rang d’arrivée (1, 2, 3…). Corrigez celui du départ, qui gèle.',
      criteria: [
        'Pendant 3 secondes, sous 20 datagrammes par seconde, jamais plus de 250 ms entre deux TIC.',
        'Les rangs reçus valent 1 à n, sans trou ni doublon.',
        'Une rafale de 5 datagrammes reçoit 5 réponses.',
      ],
      hints: [
        'Que fait la boucle d’événements pendant que le slot attend ?',
        'Retirez l’attente, puis videz la file : `while (socket.hasPendingDatagrams())`.',
        'Dans le `while` : lire, `rang += 1`, répondre. Rien d’autre ne doit rester dans le slot.',
      ],
      file: 'labs/boucle/exercices/battement.ts',
      command: 'npm run lab -- boucle/exercices/battement --port 12345',
    },
    {
      id: 'EX-8.5-2',
      title: 'Calcul long sans gel',
      level: 2,
      statement:
        'À `PREMIER n`, répondez le nombre premier de rang n ; à `PING`, répondez `PONG`. Un calcul en cours ne doit jamais retarder un `PING`.',
      criteria: [
        'Pendant `PREMIER 20000`, cinq `PING` reçoivent leur réponse en moins de 200 ms chacun.',
        'Le résultat de `PREMIER 20000` est `224737`.',
        'Deux calculs demandés en même temps donnent deux réponses exactes, chacune à son demandeur.',
      ],
      hints: [
        'Deux voies : rendre le calcul plus rapide, et surtout le couper.',
        'Une tranche de 10 ms, puis `QTimer.singleShot(0, suite)` pour rendre la main.',
        'L’état du calcul (nombre courant, premiers trouvés, adresse et port du demandeur) vit dans un objet par demande ; la fonction `suite` travaille 10 ms, puis se reprogramme ou répond.',
      ],
      file: 'labs/boucle/exercices/premiers.ts',
      command: 'npm run lab -- boucle/exercices/premiers --port 12345',
    },
    {
      id: 'EX-8.5-3',
      title: 'Échec d’attache',
      level: 2,
      statement:
        'Attachez-vous à l’adresse `--adresse` et au port `--port`. Si l’attache échoue, affichez `ERREUR PORT_OCCUPE` ou `ERREUR ADRESSE`, puis finissez avec le code 3. Si elle réussit, affichez `PRET` et le port obtenu.',
      criteria: [
        'Port déjà pris : `ERREUR PORT_OCCUPE`, et le code 3.',
        'Adresse étrangère à la machine (`192.0.2.77`) : `ERREUR ADRESSE`, et le code 3.',
        'Port 0 : `PRET` suivi du port choisi par le système, où un datagramme arrive vraiment.',
      ],
      hints: [
        '`bind` rend `true` ou `false` ; `error()` dit pourquoi.',
        'Comparez `socket.error()` à `QAbstractSocket.SocketError.AddressInUseError` et à `SocketAddressNotAvailableError`.',
        'Après un succès, `socket.localPort()` donne le vrai port ; après un échec, afficher puis `terminer(3)`.',
      ],
      file: 'labs/boucle/exercices/attache.ts',
      command: 'npm run lab -- boucle/exercices/attache --port 0',
    },
  ],
})
