import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'serveur', output: /Nouveau client[\s\S]*Nouveau client/ },
    { role: 'client-a', output: /Connecté au serveur/ },
    { role: 'client-b', output: /Connecté au serveur/ },
    { after: { role: 'client-a', type: 'deux de A' }, role: 'serveur', output: /Reçu : ""/ },
  ],
  predict: [
    {
      question: 'A puis B sont connectés. A envoie « deux de A ». Qui reçoit la réponse ?',
      options: [
        {
          text: 'A, qui a posé la question',
          because: 'Le slot répond au dernier arrivé, pas à celui qui a parlé.',
        },
        {
          text: 'B, et elle est vide',
          right: true,
          because: 'L’attribut `client` désigne B : le slot lit B, qui n’a rien dit, et répond à B.',
        },
        { text: 'Personne', because: 'Une réponse part bien ; elle se trompe de destinataire.' },
        { text: 'A et B', because: 'Un `write` s’adresse à un seul socket.' },
      ],
    },
    {
      question: 'A raccroche. Qui est coupé ?',
      options: [
        { text: 'A seulement', because: 'Le slot de déconnexion détruit `client`, qui désigne B.' },
        {
          text: 'B, qui n’avait rien demandé',
          right: true,
          because: 'Le départ de A déclenche le slot, et le slot détruit le socket de B.',
        },
        { text: 'Personne', because: 'Le slot appelle bien `deleteLater()`, mais sur le mauvais socket.' },
      ],
    },
  ],
  order: {
    question: 'A et B sont connectés. Vous tapez `deux de A` chez A. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'serveur', event: { kind: 'accept' }, with: 'client-a' },
      { role: 'serveur', event: { kind: 'accept' }, with: 'client-b' },
      { role: 'client-a', event: { kind: 'send' }, text: 'deux de A' },
      { role: 'serveur', event: { kind: 'send' }, with: 'client-b' },
      { role: 'client-b', event: { kind: 'receive' }, text: 'Message reçu' },
      { role: 'client-a', event: { kind: 'receive' }, never: true },
    ],
    because:
      'L’attribut `client` désigne le dernier accepté, B : c’est à lui que le serveur répond. A attend une réponse qui ne viendra pas.',
  },
  observe: [
    'Quand A reparle après l’arrivée de B : les données reçues sont vides, et c’est B qui lit une réponse : suivez la flèche sur « Le fil ».',
    'Quand A part : c’est B qui voit la connexion se fermer.',
    'Relancez A, seul cette fois, puis faites-le partir : « Client déconnecté » n’apparaît pas.',
    'Les octets que A avait envoyés ne sont jamais affichés nulle part.',
  ],
  modify: [
    {
      title: 'Ne réparer qu’une faute',
      statement:
        'Remplacez l’appel à `disconnect()` par `disconnectFromHost()`, puis rejouez : A et B, le départ de A, et de nouveau A seul.',
      file: 'labs/client-vole/serveur.ts',
      command: 'npm run lab -- client-vole/serveur --port 1234',
      expected:
        '« Client déconnecté » revient, mais A est toujours volé et B toujours coupé : il y avait deux fautes.',
      seen: [
        {
          role: 'serveur',
          copy: true,
          output:
            /Client déconnecté\s+Nouveau client, port : \d+\s+(?:Reçu[^\n]*\n)*Erreur client[^\n]*\s+Client déconnecté/,
        },
      ],
    },
    {
      title: 'Capturer au lieu de demander',
      statement:
        'Le serveur réparé interroge `sender()`. Reliez plutôt, dans l’accueil, des lambdas qui se servent de la constante `client`. Pointez ensuite A et B vers la valeur saisie 1235.',
      file: 'labs/client-vole/serveur-repare.ts',
      command: 'npm run lab -- client-vole/serveur-repare --port 1235',
      expected: 'Même résultat : chacun reçoit sa réponse, et le départ de A ne touche que A.',
      seen: [{ role: 'serveur-repare', copy: true, output: /Reçu : "[^"][\s\S]*Client déconnecté/ }],
    },
  ],
  create: [
    {
      id: 'EX-8.6.5-1',
      title: 'Enquête',
      level: 1,
      statement:
        'Quatre lignes suspectes sont marquées ① à ④. Corrigez-les, une correction par ligne : plus de réponse volée, de victime coupée, de départ muet ni de panne annoncée à tort. Le quiz de la section demande quelle ligne cause quel symptôme.',
      criteria: [
        '« deux de A » reçoit sa réponse chez A, et B ne reçoit rien.',
        'Le départ de A ne coupe pas B.',
        '« Client déconnecté » s’affiche une fois à chaque départ.',
        'Un départ ordinaire ne s’affiche plus comme une erreur.',
      ],
      hints: [
        'Qui parle, et à qui le slot s’adresse-t-il ? Posez la question ligne par ligne.',
        '`disconnect()` et `disconnectFromHost()` n’ont en commun que leur début.',
        'Remplacez `client` par une constante capturée dans l’accueil, et retirez les lignes ③ et ④ : il n’y a rien à mettre à la place.',
      ],
      file: 'labs/client-vole/exercices/enquete.ts',
      command: 'npm run lab -- client-vole/exercices/enquete --port 1234',
    },
    {
      id: 'EX-8.6.5-2',
      title: 'Mono-client juste',
      level: 2,
      statement:
        'Un seul client servi à la fois : le premier garde le service, les suivants attendent leur tour sans jamais recevoir ce qui ne leur est pas destiné.',
      criteria: [
        'A et B connectés : « deux de A » est répondu à A, et B ne reçoit rien.',
        'Au départ de A, B n’est pas coupé ; il est servi à son tour.',
        '« Client déconnecté » s’affiche exactement une fois par départ, même après 200 départs.',
      ],
      hints: [
        'Rien n’oblige à retirer un client de la file dès son arrivée.',
        'Tant que la place est prise, le slot de `newConnection` peut simplement ne rien faire.',
        'Au départ du client servi, remettez l’attribut à `null`, puis rappelez vous-même le slot d’accueil ; ce que le suivant avait déjà envoyé attend dans `bytesAvailable()`.',
      ],
      file: 'labs/client-vole/exercices/mono-client.ts',
      command: 'npm run lab -- client-vole/exercices/mono-client --port 1234',
    },
    {
      id: 'EX-8.6.5-3',
      title: 'Endurance',
      level: 3,
      statement:
        'Le serveur renvoie ce qu’il reçoit et affiche `Client déconnecté` à chaque départ. Il doit survivre à 5000 clients successifs, dont un sur dix coupe brutalement, sans grossir ni oublier un départ.',
      criteria: [
        'Après 5000 clients, le serveur vit et a affiché 5000 lignes de départ.',
        'Du millième au dernier client, la mémoire du programme, mesurée du dehors, ne grandit pas de plus de 40 Mo.',
        'Le client suivant est servi en moins de 200 ms.',
      ],
      hints: [
        'Ce qui s’accumule n’est pas forcément un descripteur ouvert.',
        'Cherchez tout ce qui garde une référence vers un client parti : un tableau, un journal, un objet enfant.',
        'Dans `disconnected` : retirer de la liste, `deleteLater()`, et ne rien garder d’autre que le compte.',
      ],
      file: 'labs/client-vole/exercices/endurance.ts',
      command: 'npm run lab -- client-vole/exercices/endurance --port 1234',
    },
  ],
})
