import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { after: { role: 'emetteur', type: 'avant' }, role: 'emetteur', output: /Envoyé au groupe .* taille 5/ },
    { after: { role: 'membre', type: 'REJOINDRE' }, role: 'membre', output: /Groupe [\d.]+ rejoint/ },
    { after: { role: 'emetteur', type: 'pendant' }, role: 'membre', output: /Reçu n° 1 de .* : "pendant"/ },
  ],
  predict: [
    {
      question: 'L’émetteur envoie à `239.255.43.21` sans avoir rejoint le groupe. Que se passe-t-il ?',
      options: [
        {
          text: 'Le système refuse l’envoi',
          because: 'Aucune adhésion n’est exigée pour émettre.',
        },
        {
          text: 'Les membres du groupe reçoivent',
          right: true,
          because: 'Seuls les récepteurs ont à rejoindre.',
        },
        {
          text: 'Personne ne reçoit',
          because: 'L’adhésion de l’émetteur ne change rien pour les récepteurs.',
        },
      ],
    },
    {
      question: 'Un message est envoyé juste avant que le récepteur ne rejoigne. L’aura-t-il ensuite ?',
      options: [
        {
          text: 'Oui, à son arrivée',
          because: 'Personne ne garde les messages pour les futurs membres.',
        },
        {
          text: 'Non, il est perdu pour lui',
          right: true,
          because: 'Un datagramme passe une fois ; il n’y a ni file, ni rattrapage.',
        },
        {
          text: 'Oui, s’il demande une réémission',
          because: 'UDP n’a pas de réémission ; il faudrait la programmer.',
        },
      ],
    },
  ],
  order: {
    question:
      'Vous tapez `avant` chez l’émetteur, `REJOINDRE` chez le membre, puis `pendant` chez l’émetteur. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'emetteur', event: { kind: 'send' }, text: 'avant' },
      { role: 'membre', event: { kind: 'join', group: '239.255.43.21' } },
      { role: 'emetteur', event: { kind: 'send' }, text: 'pendant' },
      { role: 'membre', event: { kind: 'receive' }, text: 'pendant' },
      { role: 'membre', event: { kind: 'receive' }, text: 'avant', never: true },
      { role: 'emetteur', event: { kind: 'join' }, never: true },
    ],
    because:
      'Un groupe ne garde rien : « avant » est perdu pour qui n’était pas membre. L’émetteur, lui, n’a pas à rejoindre.',
  },
  observe: [
    'Les numéros de réception du membre : « avant » et « après » n’y figurent pas, et aucune flèche, sur « Le fil », ne les lui apporte.',
    'L’émetteur n’est membre de rien, et ses messages arrivent.',
    'Sous Linux, le voisin reçoit sans avoir rejoint, dès qu’un programme de la machine est membre.',
    'Avec un outil de capture, un rapport IGMP part vers `224.0.0.22` à chaque adhésion, sauf sur la boucle locale.',
  ],
  modify: [
    {
      title: 'Le groupe refusé',
      statement: 'Remplacez `QHostAddress.AnyIPv4` par `QHostAddress.Any`, puis tapez `REJOINDRE`.',
      file: 'labs/multidiffusion/recepteur.ts',
      command: 'npm run lab -- multidiffusion/membre --port 12345',
      expected: 'L’adhésion est refusée : un socket en double pile ne rejoint pas un groupe IPv4.',
      seen: [{ role: 'recepteur', copy: true, output: /Groupe [\d.]+ non rejoint/ }],
    },
    {
      title: 'Un groupe de contrôle',
      statement: 'Lancez le récepteur et l’émetteur avec le groupe `224.0.0.1`.',
      file: 'labs/multidiffusion/emetteur.ts',
      command: 'npm run lab -- multidiffusion/emetteur --port 12345 --groupe 224.0.0.1',
      expected:
        'Le récepteur reçoit avant même de rejoindre : toute machine est membre de ce groupe. C’est une mauvaise idée pour un TP : 224.0.0.0/24 est réservé au contrôle du lien.',
      seen: [
        { role: 'recepteur', output: /^(?![\s\S]*rejoint)[\s\S]*Reçu n° 1/ },
        { role: 'emetteur', output: /Envoyé au groupe 224\.0\.0\.1:/ },
      ],
    },
    {
      title: 'Pas plus loin que la machine',
      statement: 'Remplacez `setMulticastTtl(1)` par `setMulticastTtl(0)`.',
      file: 'labs/multidiffusion/emetteur.ts',
      command: 'npm run lab -- multidiffusion/emetteur --port 12345',
      expected:
        'Les membres de la même machine reçoivent encore ; aucun datagramme ne sort par la carte réseau.',
      seen: [
        { role: 'emetteur', copy: true },
        { role: 'membre', output: /rejoint[\s\S]*Reçu n° 1/ },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.4.2-3',
      title: 'Abonné',
      level: 2,
      statement:
        'Le programme lit `REJOINDRE g`, `QUITTER g` et `FIN` au clavier ; il confirme par `REJOINT g` et `QUITTE g`, et affiche `RECU g taille` pour chaque datagramme, où `g` est le groupe visé. Une adresse qui n’est pas un groupe donne la ligne `ERREUR`.',
      criteria: [
        'Avant l’adhésion, rien n’est reçu ; après, tout l’est ; après le départ, plus rien.',
        'Deux groupes rejoints sur le même port : le bon groupe est nommé.',
        '`REJOINDRE 192.168.1.1` affiche `ERREUR`, et le programme continue.',
        'Rejoindre deux fois le même groupe ne gêne pas.',
      ],
      hints: [
        'Un datagramme reçu ne dit pas, dans Node, à quel groupe il était adressé.',
        'Un socket par groupe, attaché à l’adresse du groupe (`bind(port, groupe)`), ne reçoit que ce groupe sous Linux.',
        'Une `Map` de groupe à socket : `REJOINDRE` crée, attache et appelle `addMembership` dans un `try`, `QUITTER` ferme et retire ; un groupe déjà présent est ignoré.',
      ],
      file: 'labs/multidiffusion/exercices/abonne.ts',
      command: 'npm run lab -- multidiffusion/exercices/abonne --port 12345',
    },
    {
      id: 'EX-8.4.2-4',
      title: 'Découverte de services',
      level: 3,
      statement:
        'Chaque instance rejoint `--groupe`, et répond `SERVICE nom service`, les valeurs de `--nom` et de `--service`, en unicast, à toute question `QUI?` reçue, après une attente au hasard de 0 à 200 ms.',
      criteria: [
        'Trois instances : trois réponses, reçues par le seul questionneur.',
        'Le questionneur n’est pas membre du groupe.',
        'Toute autre question reste sans réponse.',
        'Les attentes d’une instance sont de plus de 30 ms en moyenne, et étalées sur plus de 20 ms.',
        'Une instance ne répond pas à ce qui n’est pas une question, même venu d’elle.',
      ],
      hints: [
        'L’adresse et le port de l’émetteur accompagnent la question.',
        'L’attente au hasard évite que cent services répondent ensemble.',
        '`setTimeout(() => socket.send("SERVICE " + options.nom + " " + options.service, emetteur.port, emetteur.address, rappel), Math.random() * 200)`, après `addMembership(options.groupe, options.interface)`.',
      ],
      file: 'labs/multidiffusion/exercices/decouverte.ts',
      command: 'npm run lab -- multidiffusion/exercices/decouverte --port 12345 --nom imprimante',
    },
  ],
})
