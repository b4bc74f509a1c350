import { defineActivities } from '../activities.ts'

export default defineActivities({
  shown: [
    { role: 'client-1', output: /"BIENVENUE"/ },
    { role: 'client-2', output: /Connecté au serveur[\s\S]*"OCCUPÉ"[\s\S]*Déconnecté du serveur/, exit: 1 },
  ],
  predict: [
    {
      question: 'Le serveur est pris et refuse avec un message. Que voit le second client, dans l’ordre ?',
      options: [
        {
          text: 'Une erreur « connexion refusée »',
          because: 'Le noyau a accepté la connexion avant que le programme ne soit prévenu.',
        },
        {
          text: '« Connecté », `OCCUPÉ`, puis la déconnexion',
          right: true,
          because: 'Refuser dans le slot, c’est raccrocher une ligne déjà ouverte.',
        },
        {
          text: 'Rien, jusqu’au départ du premier',
          because: 'Ce serait la mise en pause, l’une des autres politiques.',
        },
      ],
    },
    {
      question: 'L’écoute est fermée pendant le service. Que devient le premier client, déjà servi ?',
      options: [
        {
          text: 'Il est coupé en même temps',
          because: 'Le socket d’écoute et celui de la conversation sont deux objets distincts.',
        },
        {
          text: 'Il continue comme avant',
          right: true,
          because: '`close()` ne ferme que l’écoute ; seuls les nouveaux venus sont refusés.',
        },
        {
          text: 'Il reste connecté, mais muet',
          because: 'Sa connexion est intacte : il échange normalement.',
        },
      ],
    },
  ],
  order: {
    question:
      'Le serveur n’a qu’une place. Le client 1 la prend, puis le client 2 se présente. Que se passe-t-il, et dans quel ordre ?',
    cards: [
      { role: 'client-1', event: { kind: 'connect' } },
      { role: 'client-2', event: { kind: 'connect' } },
      { role: 'serveur', event: { kind: 'accept' }, with: 'client-2' },
      { role: 'client-2', event: { kind: 'receive' }, text: 'OCCUPÉ' },
      { role: 'client-2', event: { kind: 'fin' } },
      { role: 'client-2', event: { kind: 'refused' }, never: true },
    ],
    because:
      'Refuser, c’est ici accepter, dire `OCCUPÉ`, puis raccrocher. Une connexion refusée n’aurait pas été acceptée du tout.',
  },
  observe: [
    'Politique « message » : le second client affiche « Connecté », puis `OCCUPÉ`, puis la fin.',
    'Politique « mise en pause » : il affiche « Connecté », et plus rien ; il est servi quand la place se libère.',
    'Politique « écoute fermée » : « Connexion refusée » aussitôt, comme si personne n’habitait là.',
    'Politique « fermeture sans un mot » : il est connecté puis coupé, sans savoir pourquoi.',
    'Dans les quatre cas, le premier client ne remarque rien : sur « Le fil », sa connexion continue.',
  ],
  modify: [
    {
      title: 'Oublier de libérer la place',
      statement:
        'Mettez en commentaire la ligne `this.client = null`, relancez le serveur, puis faites partir le premier client et revenir un autre.',
      file: 'labs/refus/serveur.ts',
      command: 'npm run lab -- refus/serveur --port 1234',
      expected: 'Tous les clients suivants reçoivent `OCCUPÉ`, pour toujours : la place n’est jamais rendue.',
      seen: [
        {
          role: 'serveur',
          copy: true,
          output: /Client déconnecté(?:(?!Client accepté)[\s\S])*Client refusé/,
        },
      ],
    },
    {
      title: 'Libérer la place au départ d’un refusé',
      statement:
        'Dans le refus, reliez aussi `disconnected` du refusé à `onQTcpSocket_Disconnected`, puis présentez trois clients l’un après l’autre, le premier restant connecté.',
      file: 'labs/refus/serveur.ts',
      command: 'npm run lab -- refus/serveur --port 1234',
      expected: 'Le départ du deuxième coupe le premier et libère sa place : le troisième la prend.',
      seen: [
        { role: 'serveur', copy: true, output: /Client refusé[\s\S]*Client déconnecté[\s\S]*Client accepté/ },
        { role: 'client', output: /BIENVENUE[\s\S]*Déconnecté du serveur/, exit: 1 },
      ],
    },
    {
      title: 'Raccrocher avec abort',
      statement:
        'Remplacez `disconnectFromHost()` par `abort()` dans le refus, puis présentez un second client.',
      file: 'labs/refus/serveur.ts',
      command: 'npm run lab -- refus/client --port 1234',
      expected: 'Le mot `OCCUPÉ` n’arrive plus : `abort` jette ce qui restait à envoyer.',
      seen: [
        { role: 'serveur', copy: true, given: { politique: 'message' }, output: /Client refusé/ },
        { role: 'client', output: /Connecté au serveur/, never: /BIENVENUE|OCCUPÉ/ },
      ],
    },
  ],
  create: [
    {
      id: 'EX-8.6.7-0',
      title: 'Remettre le refus en ordre',
      level: 1,
      statement:
        'Les lignes du slot de refus sont mélangées, et deux d’entre elles sont de trop : une attente et une coupure brutale. Retirez-les et remettez les autres dans l’ordre, jusqu’à satisfaire les critères de « Refus poli ».',
      criteria: [
        'Le premier client reçoit `BIENVENUE`, puis l’écho de ce qu’il envoie.',
        'Le second reçoit exactement `OCCUPÉ`, suivi d’une fin de ligne, puis la fin de la connexion.',
        'Pendant le refus, le premier est servi sans attendre.',
        'Après le départ du premier, un nouveau client est accepté.',
      ],
      hints: [
        'Qui attend dans un slot fait attendre tout le monde.',
        'Un message mis en tampon ne part que si la fermeture lui en laisse le temps.',
        'L’ordre : retirer la connexion de la file, tester la place, relier `disconnected`, écrire, `disconnectFromHost()`.',
      ],
      file: 'labs/refus/exercices/parsons.ts',
      command: 'npm run lab -- refus/exercices/parsons --port 1234',
    },
    {
      id: 'EX-8.6.7-1',
      title: 'Refus poli',
      level: 2,
      statement:
        'Le premier client reçoit `BIENVENUE\\n`, puis l’écho de tout ce qu’il envoie. Tant qu’il est là, tout autre client reçoit `OCCUPÉ\\n`, puis la connexion se ferme.',
      criteria: [
        'Le second client reçoit exactement `OCCUPÉ\\n`, puis la fin de la connexion.',
        'Pendant un refus, le premier client reçoit son écho en moins de 300 ms.',
        'Le départ d’un refusé ne libère rien : le troisième est refusé lui aussi.',
        'Le départ du premier, normal ou brutal, libère la place : le suivant est accepté.',
      ],
      hints: [
        'Le programme de départ remplace le client courant par le nouveau : par quoi faut-il remplacer cette ligne ?',
        'La remise à `null` ne doit réagir qu’au départ du client servi.',
        'Comparez dans le slot : `if (client === parti) client = null`, et n’y reliez `disconnected` qu’à l’acceptation.',
      ],
      file: 'labs/refus/exercices/poli.ts',
      command: 'npm run lab -- refus/exercices/poli --port 1234',
    },
    {
      id: 'EX-8.6.7-2',
      title: 'Refusés hostiles',
      level: 2,
      statement:
        'Reprenez le refus poli, et résistez à trois visiteurs : celui qui écrit sans jamais fermer sa connexion, celui qui envoie 10 Mo après avoir été refusé, et une foule de cinquante clients simultanés.',
      criteria: [
        'Un refusé qui ne ferme pas est coupé : une seconde plus tard au plus, ce qu’il écrit est rejeté (RST).',
        'Pendant qu’un refusé envoie 10 Mo, le premier reçoit son écho en moins de 300 ms.',
        'Cinquante refus simultanés : cinquante fois `OCCUPÉ`, et le premier toujours servi.',
      ],
      hints: [
        'Rien n’oblige un client à fermer : c’est au serveur de raccrocher, sans attendre.',
        '`disconnectFromHost()` ferme dès que le message est parti, que le refusé ferme ou non. En Node nu, `end()` ne ferme qu’un sens : il faut un délai, puis `destroy()`.',
        'Après `write`, `disconnectFromHost()` ; et ne lisez pas ce que le refusé envoie : le système rejette la suite.',
      ],
      file: 'labs/refus/exercices/hostiles.ts',
      command: 'npm run lab -- refus/exercices/hostiles --port 1234',
    },
    {
      id: 'EX-8.6.7-3',
      title: 'File d’attente',
      level: 3,
      statement:
        'Au lieu de refuser, faites patienter : chaque client en attente reçoit `PLACE n\\n`, son rang, à chaque changement ; quand son tour vient, `BIENVENUE\\n`, puis l’écho.',
      criteria: [
        'L’ordre d’arrivée est respecté.',
        'Un abandon au milieu de la file met à jour les rangs suivants, et chacun l’apprend.',
        'Deux départs dans le même instant ne font sauter le tour de personne.',
        'La file vidée, le client suivant est servi aussitôt.',
      ],
      hints: [
        'Un tableau de sockets suffit : le rang est la position plus un.',
        'Un seul endroit annonce les rangs : appelez-le après chaque arrivée, chaque abandon, chaque service.',
        'Au départ de n’importe qui : s’il était servi, `servir(file.shift())` ; sinon, retirez-le du tableau ; puis annoncez.',
      ],
      file: 'labs/refus/exercices/file-attente.ts',
      command: 'npm run lab -- refus/exercices/file-attente --port 1234',
    },
  ],
})
