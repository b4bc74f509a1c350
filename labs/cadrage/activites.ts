import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'relais', output: /connexion n° 1 relayée/ },
    { role: 'serveur', output: /Message n° 5 : "été €"/ },
  ],
  predict: [
    {
      question:
        'Sans cadrage, le client appelle cinq fois `write`. Combien de lectures le serveur annonce-t-il ?',
      options: [
        { text: 'Cinq, une par envoi', because: 'Rien dans TCP ne relie un envoi à une lecture.' },
        {
          text: 'On ne peut pas le dire d’avance',
          right: true,
          because: 'Le plus souvent une seule ici, mais le découpage dépend des tampons et de la charge.',
        },
        { text: 'Dix', because: 'Rien n’oblige à couper un envoi en deux, et rien ne l’interdit.' },
      ],
    },
    {
      question:
        'Le relais découpe tout octet par octet. Que devient le nombre de messages, avec le cadrage par lignes ?',
      options: [
        {
          text: 'Il ne change pas',
          right: true,
          because: 'Le décodeur assemble jusqu’à la fin de ligne, quel que soit le découpage.',
        },
        {
          text: 'Il y a un message par octet',
          because: 'Ce serait le cas sans cadrage : chaque lecture y passe pour un message.',
        },
        { text: 'Il n’y en a plus aucun', because: 'Les fins de ligne arrivent aussi, à leur tour.' },
      ],
    },
  ],
  order: {
    question:
      'Le client écrit cinq fois « été € », à travers le relais qui recoupe tout. Dans quel ordre cela se passe-t-il ?',
    cards: [
      { role: 'client', event: { kind: 'send' }, text: 'été €' },
      { role: 'relais', event: { kind: 'receive' }, text: 'été €' },
      { role: 'relais', event: { kind: 'send' }, text: 'ét' },
      { role: 'serveur', event: { kind: 'receive' }, text: 'ét' },
      { role: 'client', event: { kind: 'receive' }, never: true },
    ],
    because:
      'Le relais reçoit un message au moins, et n’en transmet d’abord que « ét » : le serveur lit un morceau. Il ne répond rien.',
  },
  observe: [
    'Le nombre de lectures et le nombre de messages : deux comptes différents ; sur « Le fil », les « Octets » montrent où ils ont été coupés.',
    'Avec le cadrage `aucun`, chaque lecture passe pour un message, souvent plusieurs collés.',
    'Le client et le serveur doivent choisir le même cadrage : sinon, essayez, rien n’est reconnu.',
    'Un message plus long que `max` fait couper la conversation.',
  ],
  modify: [
    {
      title: 'Oublier le tampon',
      statement:
        'Dans `lire`, videz le tampon avant d’y ajouter les nouveaux octets, puis tapez des messages à travers le relais qui découpe.',
      file: 'labs/cadrage/cadreur.ts',
      command: 'npm run lab -- cadrage/serveur --port 1234',
      expected:
        'Tout message coupé entre deux lectures est mutilé : son début a été oublié, il n’en reste que la fin.',
      seen: [{ role: 'serveur', copy: true, output: /cadrage lignes[\s\S]*Message n° \d+ : "[^"\n]*\uFFFD/ }],
    },
    {
      title: 'Compter sur la longueur',
      statement:
        'Relancez le serveur et le client avec `--cadrage longueur`, puis envoyez une ligne vide depuis le client.',
      file: 'labs/cadrage/client.ts',
      command: 'npm run lab -- cadrage/serveur --port 1234 --cadrage longueur',
      expected: 'Le message vide est reconnu : quatre octets à zéro, et aucun contenu.',
      seen: [{ role: 'serveur', output: /cadrage longueur[\s\S]*Message n° \d+ : ""/ }],
    },
    {
      title: 'Un petit maximum',
      statement:
        'Relancez le serveur avec `--max 4`, puis lancez le client : chacun de ses messages, `été €`, occupe 9 octets.',
      file: 'labs/cadrage/serveur.ts',
      command: 'npm run lab -- cadrage/serveur --port 1234 --max 4',
      expected: 'Le message est refusé et la conversation coupée : la borne se vérifie avant de traiter.',
      seen: [{ role: 'serveur', output: /Message refusé : plus de \d octets/ }],
    },
  ],
  create: [
    {
      id: 'EX-8.7-1',
      title: 'Compter les lignes',
      level: 2,
      statement:
        'Pour chaque ligne reçue, répondez `octets caractères`, fin de ligne non comprise ; un emoji compte pour un caractère. Une ligne de plus de 65 536 octets vaut à son auteur `ERREUR TROP_LONG\\n`, puis la fin de la connexion.',
      criteria: [
        '`abc\\n` reçoit `3 3`.',
        '`un\\ndeux\\n\\ntrois\\n`, envoyé d’un bloc, reçoit quatre réponses.',
        '`coupe\\n`, envoyé octet par octet, reçoit une seule réponse.',
        '`été €\\n`, envoyé octet par octet, reçoit `9 5`.',
        '`fin\\ndeb` reçoit une réponse ; la suite, `ut\\n`, reçoit `5 5`.',
        '100 000 octets sans fin de ligne reçoivent `ERREUR TROP_LONG`, puis la fin.',
      ],
      hints: [
        'Une lecture n’est pas une ligne : où garder ce qui n’est pas encore complet ?',
        'Cherchez l’octet `\\n` dans un `Buffer`, découpez, et ne décodez qu’une ligne entière.',
        'Une boucle : tant que `tampon.indexOf(10)` trouve une fin, retirer la ligne et répondre par sa longueur en octets, puis par `[...texte].length`.',
      ],
      file: 'labs/cadrage/exercices/compteur.ts',
      command: 'npm run lab -- cadrage/exercices/compteur --port 1234',
    },
    {
      id: 'EX-8.7-2',
      title: 'Longueur préfixée',
      level: 3,
      statement:
        'Chaque message est précédé de sa longueur, sur 4 octets gros-boutistes. Renvoyez chaque message entier, cadré de même. Au-delà de 65 536 octets annoncés, fermez aussitôt.',
      criteria: [
        'Un message de longueur 0 est renvoyé, vide.',
        'Une longueur arrivée en deux morceaux est comprise.',
        'Une longueur annoncée de 4 Gio est refusée aussitôt ; les autres clients n’en souffrent pas.',
        'Une fin de flux au milieu d’un message n’est pas renvoyée comme un message.',
      ],
      hints: [
        'Le décodeur a deux états : il attend une longueur, ou il attend un contenu.',
        '`tampon.readUInt32BE(0)` lit la longueur ; encore faut-il que les quatre octets soient là.',
        'Une boucle : moins de 4 octets, sortir ; longueur trop grande, `abort()` ; moins de 4 + n octets, sortir ; sinon renvoyer `tampon.subarray(0, 4 + n)` et avancer.',
      ],
      file: 'labs/cadrage/exercices/longueur.ts',
      command: 'npm run lab -- cadrage/exercices/longueur --port 1234',
    },
  ],
})
