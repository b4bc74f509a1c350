import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Chacun sa réponse',
  section: '8.6.6',
  goal: 'Servir plusieurs clients à la fois : les garder dans une liste, répondre à celui qui a parlé, oublier celui qui part.',
  roles: [
    {
      id: 'serveur',
      title: 'Serveur',
      program: 'serveur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'max', 'calcul'],
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
    {
      id: 'client-3',
      title: 'Client 3',
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
    max: { kind: 'integer', label: 'Nombre de clients au plus', default: 10, min: 1, max: 500 },
    calcul: { kind: 'flag', label: 'Calculs dans un autre fil', default: false },
  },
  relay: { lab: 'relais', on: ['client-1.port', 'client-2.port', 'client-3.port'] },
  systems:
    'Le nombre de connexions qu’un programme peut tenir dépend du système : 1024 descripteurs par défaut sous Linux, 256 sous macOS, davantage sous Windows.',
  scenario: [
    {
      role: 'serveur',
      action: 'start',
      order: true,
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Un seul serveur, un seul fil d’exécution.',
    },
    {
      role: 'client-1',
      action: 'start',
      expect: [
        { output: /Connecté au serveur/ },
        { role: 'serveur', output: /Nouveau client, port : \d+ Clients : 1/ },
      ],
      say: 'Le premier entre dans la liste.',
    },
    {
      role: 'client-2',
      action: 'start',
      expect: [
        { output: /Connecté au serveur/ },
        { role: 'serveur', output: /Nouveau client, port : \d+ Clients : 2/ },
      ],
      say: 'Le deuxième aussi : la liste a deux éléments.',
    },
    {
      role: 'client-3',
      action: 'start',
      expect: [
        { output: /Connecté au serveur/ },
        { role: 'serveur', output: /Nouveau client, port : \d+ Clients : 3/ },
      ],
      say: 'Trois clients, trois sockets, et toujours un seul slot `readyRead` pour tous.',
    },
    {
      role: 'client-1',
      action: 'type',
      text: 'bonjour de un',
      predict: {
        question: 'Le client 1 parle alors que le client 3 est arrivé le dernier. Qui reçoit la réponse ?',
        options: [
          {
            text: 'Le client 1.',
            right: true,
            because: '`sender()` rend le socket qui a émis `readyRead` : celui du client 1.',
          },
          {
            text: 'Le client 3.',
            because: 'Ce serait le cas avec un pointeur unique vers le dernier arrivé.',
          },
          { text: 'Les trois.', because: 'Il faudrait écrire dans chaque socket de la liste.' },
        ],
      },
      expect: [
        {
          role: 'serveur',
          output: /Reçu du client, port : \d+ "bonjour de un"/,
          event: { kind: 'receive', bytes: 13 },
        },
        { output: /Reçu : "Message reçu : bonjour de un"/ },
      ],
      say: 'La réponse va à celui qui a parlé, et à lui seul.',
    },
    {
      role: 'client-3',
      action: 'type',
      text: 'et de trois',
      expect: { output: /Reçu : "Message reçu : et de trois"/ },
      say: 'Chacun la sienne.',
    },
    {
      role: 'client-2',
      action: 'stop',
      predict: {
        question: 'Le client 2 est arrêté brutalement. Combien de clients reste-t-il dans la liste ?',
        options: [
          {
            text: '3 : il n’a pas dit au revoir.',
            because: 'Son système ferme la connexion pour lui : `disconnected` est émis.',
          },
          { text: '2', right: true, because: 'Le slot `disconnected` l’a retiré de la liste.' },
          { text: '0 : le serveur s’arrête.', because: 'Le départ d’un client ne regarde que son socket.' },
        ],
      },
      expect: { role: 'serveur', output: /Client déconnecté, port : \d+ Clients : 2/ },
      say: 'Retiré de la liste, puis détruit par `deleteLater` : rien ne reste.',
    },
    {
      role: 'client-1',
      action: 'eof',
      expect: [{ exit: 0 }, { role: 'serveur', output: /Client déconnecté, port : \d+ Clients : 1/ }],
      say: 'Le client 1 se déconnecte proprement ; le client 3 n’a rien vu.',
    },
    {
      role: 'serveur',
      action: 'stop',
      expect: { role: 'client-3', exit: 1 },
      say: 'On recommence avec un maximum.',
    },
    {
      role: 'serveur',
      action: 'start',
      parameters: { max: 2, calcul: true },
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Deux clients au plus, et les calculs dans un autre fil.',
    },
    {
      role: 'client-1',
      action: 'start',
      expect: { role: 'serveur', output: /Clients : 1/ },
      say: 'Un.',
    },
    {
      role: 'client-2',
      action: 'start',
      expect: { role: 'serveur', output: /Clients : 2/ },
      say: 'Deux : la limite est atteinte.',
    },
    {
      role: 'client-3',
      action: 'start',
      expect: { output: /Connecté au serveur[\s\S]*"COMPLET"[\s\S]*Déconnecté du serveur/, exit: 1 },
      say: 'Le troisième apprend que c’est complet, puis la connexion se ferme.',
    },
    {
      role: 'client-1',
      action: 'type',
      text: 'calcule 3000000',
      expect: { role: 'serveur', output: /Reçu du client, port : \d+ "calcule 3000000"/ },
      say: 'Un long calcul part dans un autre fil : la boucle d’événements reste libre.',
    },
    {
      role: 'client-2',
      action: 'type',
      text: 'et moi',
      predict: {
        question: 'Le calcul du client 1 dure. Le client 2 doit-il attendre la fin ?',
        options: [
          {
            text: 'Oui : il n’y a qu’un serveur.',
            because: 'Ce serait vrai si le calcul se faisait dans le slot.',
          },
          {
            text: 'Non.',
            right: true,
            because: 'Le calcul occupe un autre fil ; celui des sockets continue de servir.',
          },
        ],
      },
      expect: { output: /Reçu : "Message reçu : et moi"/ },
      say: 'Servi sans attendre. Sans l’option `--calcul`, il aurait patienté.',
    },
    {
      role: 'client-1',
      action: 'type',
      text: 'calcule 1000',
      expect: { output: /Nombres premiers : 168/ },
      say: 'Les résultats arrivent quand ils sont prêts, chez celui qui les a demandés.',
    },
    {
      role: 'client-1',
      action: 'eof',
      expect: { exit: 0 },
      say: 'Le client 1 s’en va.',
    },
  ],
})
