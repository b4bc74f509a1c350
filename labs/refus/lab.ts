import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Complet !',
  section: '8.6.7',
  goal: 'Refuser un second client sans gêner le premier, et comparer ce que voit le refusé selon la façon de refuser.',
  roles: [
    {
      id: 'serveur',
      title: 'Serveur',
      program: 'serveur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'politique'],
      ready: /Serveur lancé sur le port : (?<port>\d+)/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'client-1',
      title: 'Client 1',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'message'],
      ready: /Connecté au serveur/,
      takes: { port: 'serveur.port' },
    },
    {
      id: 'client-2',
      title: 'Client 2',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'message'],
      ready: /Connecté au serveur/,
      takes: { port: 'serveur.port' },
    },
  ],
  parameters: {
    port: { kind: 'port', label: 'Port du serveur', default: 1234 },
    hote: { kind: 'host', label: 'Adresse ou nom du serveur', default: '127.0.0.1' },
    message: { kind: 'text', label: 'Message envoyé dès la connexion', default: '', maxLength: 200 },
    politique: {
      kind: 'choice',
      label: 'Façon de refuser',
      default: 'message',
      choices: {
        message: 'Un message, puis la fermeture',
        pause: 'La mise en pause : le client attend',
        'ecoute-fermee': 'L’écoute fermée pendant le service',
        muet: 'La fermeture, sans un mot',
      },
    },
  },
  relay: { lab: 'relais', on: ['client-1.port', 'client-2.port'] },
  systems:
    'Avec l’écoute fermée, Linux et macOS refusent aussitôt ; Windows retente pendant environ deux secondes avant de dire « refusée ». Si le refusé écrit pendant qu’on le ferme, Linux lui laisse lire `OCCUPÉ` ; Windows peut jeter ce message avec la remise à zéro.',
  scenario: [
    {
      role: 'serveur',
      action: 'start',
      order: true,
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Le serveur écoute. Il n’a qu’une place.',
    },
    {
      role: 'client-1',
      action: 'start',
      expect: [{ output: /Reçu : "BIENVENUE"/ }, { role: 'serveur', output: /Client accepté, port : \d+/ }],
      say: 'Le premier client prend la place.',
    },
    {
      role: 'client-1',
      action: 'type',
      text: 'bonjour',
      expect: { output: /Reçu : "Message reçu sur le serveur : bonjour"/ },
      say: 'Il est servi.',
    },
    {
      role: 'client-2',
      action: 'start',
      predict: {
        question: 'Un second client se présente. Que voit-il ?',
        options: [
          {
            text: 'Une erreur de connexion.',
            because: 'Le noyau a déjà accepté la connexion quand le programme décide de la refuser.',
          },
          {
            text: 'Il est connecté, puis la connexion se ferme.',
            right: true,
            because: 'Refuser dans `newConnection`, c’est fermer une connexion qui existe déjà.',
          },
          { text: 'Rien : il attend.', because: 'Ce serait la mise en pause, une autre façon de faire.' },
        ],
      },
      expect: [
        { output: /Connecté au serveur[\s\S]*"OCCUPÉ"[\s\S]*Déconnecté du serveur/, exit: 1 },
        { role: 'serveur', output: /Client refusé, port : \d+/, event: { kind: 'accept' } },
      ],
      say: '`connected`, un mot d’explication, puis la fin : le second client sait à quoi s’en tenir.',
    },
    {
      role: 'client-1',
      action: 'type',
      text: 'toujours là',
      expect: { output: /Reçu : "Message reçu sur le serveur : toujours là"/ },
      say: 'Le premier n’a rien remarqué : le serveur n’a rien attendu pour refuser l’autre.',
    },
    {
      role: 'client-1',
      action: 'eof',
      expect: [{ exit: 0 }, { role: 'serveur', output: /Client déconnecté/ }],
      say: 'Le premier client s’en va : le pointeur revient à `nullptr`, la place est libre.',
    },
    {
      role: 'client-2',
      action: 'start',
      expect: { output: /Reçu : "BIENVENUE"/ },
      say: 'Le client 2 revient : cette fois, il est accepté.',
    },
    {
      role: 'serveur',
      action: 'stop',
      expect: { role: 'client-2', output: /Déconnecté du serveur/, exit: 1 },
      say: 'Le serveur s’arrête, pour essayer une autre façon de refuser.',
    },
    {
      role: 'serveur',
      action: 'start',
      parameters: { politique: 'pause' },
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Deuxième façon : `pauseAccepting`. Le serveur cesse de prendre les arrivants.',
    },
    {
      role: 'client-1',
      action: 'start',
      expect: { output: /"BIENVENUE"/ },
      say: 'Le client 1 prend la place.',
    },
    {
      role: 'client-2',
      action: 'start',
      predict: {
        question: 'Le serveur n’accepte plus. Le client 2 sera-t-il connecté ?',
        options: [
          {
            text: 'Non, il sera refusé.',
            because: 'Le port écoute toujours : le noyau répond à la place du programme.',
          },
          {
            text: 'Oui, mais personne ne lui répond.',
            right: true,
            because: 'Le noyau mène la poignée de main à bien et garde la connexion dans sa file.',
          },
          { text: 'Non, il attend de l’être.', because: 'La poignée de main n’attend pas le programme.' },
        ],
      },
      expect: { output: /Connecté au serveur/ },
      say: 'Connecté, et rien : la pause ne refuse pas, elle fait attendre.',
    },
    {
      role: 'client-1',
      action: 'eof',
      expect: [{ exit: 0 }, { role: 'client-2', output: /Reçu : "BIENVENUE"/ }],
      say: 'Le client 1 part : le client 2, qui attendait sans le savoir, est enfin servi.',
    },
    {
      role: 'serveur',
      action: 'stop',
      expect: { role: 'client-2', exit: 1 },
      say: 'Le serveur s’arrête encore.',
    },
    {
      role: 'serveur',
      action: 'start',
      parameters: { politique: 'ecoute-fermee' },
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Troisième façon : fermer l’écoute tant que la place est prise.',
    },
    {
      role: 'client-1',
      action: 'start',
      expect: { output: /"BIENVENUE"/ },
      say: 'Le client 1 prend la place ; le serveur n’écoute plus, mais cette connexion-là vit toujours.',
    },
    {
      role: 'client-2',
      action: 'start',
      expect: { output: /Connexion refusée/, event: { kind: 'refused', error: 'ECONNREFUSED' }, exit: 1 },
      say: 'Cette fois, c’est un vrai refus de TCP : personne n’écoute ce port.',
    },
    {
      role: 'client-1',
      action: 'eof',
      expect: [
        { exit: 0 },
        { role: 'serveur', output: /Client déconnecté[\s\S]*Serveur lancé sur le port : \d+/ },
      ],
      say: 'Le client 1 part, l’écoute reprend sur le même port.',
    },
  ],
})
