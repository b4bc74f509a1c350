import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Qui est qui ?',
  section: '8.6.1',
  goal: "Compter les sockets d'un serveur et de ses trois clients, et fermer la porte sans couper les conversations.",
  systems:
    'La commande qui liste les connexions change : « ss -tan » sous Linux, « netstat -an -p tcp » sous macOS et « netstat -ano -p TCP » sous Windows. Le compte est le même.',
  parameters: {
    port: { kind: 'port', label: 'Port', default: 1234 },
    hote: { kind: 'host', label: 'Hôte du serveur', default: '127.0.0.1' },
  },
  roles: [
    {
      id: 'serveur',
      title: 'Serveur',
      program: 'serveur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port'],
      ready: /prêt \(.*\), port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'client-1',
      title: 'Client 1',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port'],
      ready: /Connecté : /,
      takes: { port: 'serveur.port' },
    },
    {
      id: 'client-2',
      title: 'Client 2',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port'],
      ready: /Connecté : /,
      takes: { port: 'serveur.port' },
    },
    {
      id: 'client-3',
      title: 'Client 3',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port'],
      ready: /Connecté : /,
      takes: { port: 'serveur.port' },
    },
    {
      id: 'client-4',
      title: 'Client en retard',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port'],
      takes: { port: 'serveur.port' },
      later: true,
    },
  ],
  scenario: [
    {
      role: 'serveur',
      action: 'start',
      order: true,
      parameters: { port: 0 },
      expect: { output: /prêt \(.*\), port : \d+/ },
      say: "Le serveur écoute : un seul socket, qui n'échangera jamais un octet.",
    },
    {
      role: 'client-1',
      action: 'start',
      expect: [
        { output: /Connecté : / },
        { role: 'serveur', output: /Client 1 entré[\s\S]*lignes de ss : 3/ },
      ],
      say: 'Un client entre : le serveur crée pour lui un socket de conversation, sur le même port.',
    },
    {
      role: 'client-2',
      action: 'start',
      expect: [
        { output: /Connecté : / },
        { role: 'serveur', output: /Client 2 entré[\s\S]*lignes de ss : 5/ },
      ],
      say: 'Un deuxième client : un socket de plus chez le serveur, et le sien.',
    },
    {
      role: 'client-3',
      action: 'start',
      expect: [
        { output: /Connecté : / },
        { role: 'serveur', output: /Client 3 entré[\s\S]*lignes de ss : 7/ },
      ],
      say: 'Sept lignes : une écoute, trois extrémités côté serveur, trois côté clients.',
      predict: {
        question:
          'Tout est sur la même machine. Avec trois clients, combien de lignes ss montre-t-il pour ce port ?',
        options: [
          {
            text: '4',
            because: "C'est le compte du serveur seul : il manque les extrémités des trois clients.",
          },
          {
            text: '6',
            because: "Ce sont les conversations, vues des deux bouts ; l'écoute a aussi sa ligne.",
          },
          {
            text: '7',
            right: true,
            because: 'Une écoute, et deux extrémités pour chacune des trois conversations.',
          },
        ],
      },
    },
    {
      role: 'serveur',
      action: 'type',
      text: 'FERMER',
      expect: {
        output: /Écoute fermée[\s\S]*écoute : non, conversations : 3/,
        event: { kind: 'unlisten' },
      },
      say: "Le serveur ferme son écoute. L'inventaire garde les trois conversations.",
    },
    {
      role: 'client-1',
      action: 'type',
      text: 'bonjour',
      expect: [
        { output: /Reçu : "Bien reçu, client 1"/ },
        { role: 'serveur', output: /Client 1 : "bonjour"/ },
      ],
      say: 'La conversation du client 1 continue : elle ne passait pas par le socket d’écoute.',
      predict: {
        question: "L'écoute est fermée. Le client 1 parle : que se passe-t-il ?",
        options: [
          {
            text: 'Le serveur répond',
            right: true,
            because: "Chaque conversation a son propre socket, que fermer l'écoute ne touche pas.",
          },
          {
            text: 'Le client est coupé',
            because: 'Il le serait si le serveur fermait le socket de cette conversation.',
          },
          {
            text: 'Le message attend la réouverture',
            because: "Il n'a rien à attendre : sa conversation est toujours ouverte.",
          },
        ],
      },
    },
    {
      role: 'client-4',
      action: 'start',
      expect: { output: /Connexion refusée/, exit: 1 },
      say: 'Un nouveau client trouve porte close : le refus est immédiat.',
    },
    {
      role: 'client-1',
      action: 'stop',
      expect: { role: 'serveur', output: /Client 1 parti[\s\S]*conversations : 2/ },
      say: 'Le client 1 est arrêté net : son système ferme la conversation pour lui.',
    },
    {
      role: 'client-3',
      action: 'eof',
      expect: [{ exit: 0 }, { role: 'serveur', output: /Client 3 parti[\s\S]*conversations : 1/ }],
      say: 'Le client 3 part poliment. Vu du serveur, les deux départs se ressemblent.',
    },
  ],
})
