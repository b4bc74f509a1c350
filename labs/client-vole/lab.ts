import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Le client volé',
  section: '8.6.5',
  goal: 'Voir ce que fait vraiment un serveur dont l’unique pointeur désigne le dernier arrivé, puis le même, réparé.',
  roles: [
    {
      id: 'serveur',
      title: 'Serveur à pointeur unique',
      program: 'serveur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port'],
      ready: /Serveur lancé sur le port : (?<port>\d+)/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'client-a',
      title: 'Client A',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'message'],
      ready: /Connecté au serveur/,
      takes: { port: 'serveur.port' },
    },
    {
      id: 'client-b',
      title: 'Client B',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'message'],
      ready: /Connecté au serveur/,
      takes: { port: 'serveur.port' },
    },
    {
      id: 'serveur-repare',
      title: 'Serveur réparé',
      program: 'serveur-repare',
      variants: ['ts', 'node', 'qt'],
      parameters: [],
      // Le système lui choisit un port : il vit à côté de l'autre, et les clients relancés viennent chez lui.
      fixed: { port: 0 },
      ready: /Serveur lancé sur le port : (?<port>\d+)/,
      opens: { port: 'port', over: 'tcp' },
      later: true,
    },
  ],
  parameters: {
    port: { kind: 'port', label: 'Port du serveur', default: 1234 },
    hote: { kind: 'host', label: 'Adresse ou nom du serveur', default: '127.0.0.1' },
    message: { kind: 'text', label: 'Message envoyé dès la connexion', default: '', maxLength: 200 },
  },
  relay: { lab: 'relais', on: ['client-a.port', 'client-b.port'] },
  systems:
    'Le défaut est dans le programme : il se montre de la même façon sous Linux, Windows et macOS. Avec Qt 6.11, un serveur qui détruit sans vérifier le pointeur peut en plus s’arrêter net quand un troisième client s’en mêle ; celui du labo vérifie.',
  scenario: [
    {
      role: 'serveur',
      action: 'start',
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Le serveur garde son client dans un seul attribut, `client`.',
    },
    {
      role: 'client-a',
      action: 'start',
      expect: [{ output: /Connecté au serveur/ }, { role: 'serveur', output: /Nouveau client, port : \d+/ }],
      say: 'A se connecte : `client` désigne A.',
    },
    {
      role: 'client-a',
      action: 'type',
      text: 'un de A',
      expect: { output: /Reçu : "Message reçu sur le serveur : un de A"/ },
      say: 'A parle, A reçoit la réponse. Tout va bien.',
    },
    {
      role: 'client-b',
      action: 'start',
      expect: [{ output: /Connecté au serveur/ }, { role: 'serveur', output: /Nouveau client, port : \d+/ }],
      say: 'B se connecte : `client` désigne maintenant B. A n’est plus nulle part.',
    },
    {
      role: 'client-b',
      action: 'type',
      text: 'un de B',
      expect: { output: /Reçu : "Message reçu sur le serveur : un de B"/ },
      say: 'B parle, B reçoit la réponse.',
    },
    {
      role: 'client-a',
      action: 'type',
      text: 'deux de A',
      predict: {
        question: 'A parle de nouveau. Qui reçoit une réponse ?',
        options: [
          {
            text: 'A, avec son message.',
            because: 'Le slot est bien appelé pour A, mais il lit et écrit dans `client`, donc B.',
          },
          {
            text: 'B, avec un message vide.',
            right: true,
            because: '`client->readAll()` lit le socket de B, où rien n’est arrivé ; la réponse part vers B.',
          },
          {
            text: 'Personne.',
            because: 'Le signal de A appelle toujours le slot : quelqu’un reçoit quelque chose.',
          },
        ],
      },
      expect: [
        { role: 'serveur', output: /Reçu : ""/, event: { kind: 'receive', bytes: 9 } },
        { role: 'client-b', output: /Reçu : "Message reçu sur le serveur : "/ },
      ],
      say: 'A n’a rien reçu, et B reçoit une réponse qu’il n’a pas demandée. Les octets de A ne seront jamais lus.',
    },
    {
      role: 'client-a',
      action: 'eof',
      predict: {
        question: 'A s’en va. Qui est déconnecté ?',
        options: [
          { text: 'A seulement.', because: 'Le slot de A détruit ce que désigne `client` : B.' },
          {
            text: 'A et B.',
            right: true,
            because: 'A ferme, le slot `disconnected` appelle `client->deleteLater()`, et `client` est B.',
          },
          {
            text: 'Personne : `disconnect()` a coupé les signaux.',
            because: 'Il a coupé ceux de B, pas ceux de A.',
          },
        ],
      },
      expect: [
        { exit: 0 },
        { role: 'serveur', output: /Erreur client : Le client a fermé la connexion[\s\S]*Client déconnecté/ },
        {
          role: 'client-b',
          output: /L'hôte distant a fermé la connexion[\s\S]*Déconnecté du serveur/,
          exit: 1,
        },
      ],
      say: 'A part, et c’est B qui est détruit : le client volé entraîne l’autre.',
    },
    {
      role: 'serveur-repare',
      action: 'start',
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Le même serveur, réparé : chaque slot demande à `sender()` quel socket a parlé.',
    },
    {
      role: 'client-a',
      action: 'start',
      takes: { port: 'serveur-repare.port' },
      expect: { role: 'serveur-repare', output: /Nouveau client, port : \d+/ },
      say: 'A revient, chez le serveur réparé.',
    },
    {
      role: 'client-b',
      action: 'start',
      takes: { port: 'serveur-repare.port' },
      expect: { role: 'serveur-repare', output: /Nouveau client, port : \d+/ },
      say: 'B aussi.',
    },
    {
      role: 'client-a',
      action: 'type',
      text: 'trois de A',
      expect: { output: /Reçu : "Message reçu sur le serveur : trois de A"/ },
      say: 'A parle après l’arrivée de B, et A reçoit sa réponse.',
    },
    {
      role: 'client-a',
      action: 'eof',
      expect: [{ exit: 0 }, { role: 'serveur-repare', output: /Client déconnecté/ }],
      say: 'A s’en va : seul son socket est détruit.',
    },
    {
      role: 'client-b',
      action: 'type',
      text: 'toujours là',
      expect: { output: /Reçu : "Message reçu sur le serveur : toujours là"/ },
      say: 'B n’a rien remarqué. La règle : un état par connexion.',
    },
  ],
})
