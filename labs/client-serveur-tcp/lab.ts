import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Le client bavard',
  section: '8.6.3',
  goal: 'Suivre une conversation TCP complète, du premier état au dernier, et lire les erreurs que le client peut rencontrer.',
  roles: [
    {
      id: 'serveur',
      title: 'Serveur',
      program: 'serveur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port'],
      ready: /Serveur lancé sur le port : (?<port>\d+)/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'client',
      title: 'Client',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'message'],
      takes: { port: 'serveur.port' },
    },
  ],
  parameters: {
    port: { kind: 'port', label: 'Port du serveur', default: 1234 },
    hote: { kind: 'host', label: 'Adresse ou nom du serveur', default: '127.0.0.1' },
    message: {
      kind: 'text',
      label: 'Message envoyé dès la connexion',
      default: 'Bonjour, serveur !',
      maxLength: 200,
    },
  },
  relay: { lab: 'relais', on: ['client.port'] },
  systems:
    'Quand personne n’écoute, Linux et macOS refusent en moins d’une milliseconde ; Windows retente et met environ deux secondes à le dire. Le nom `localhost` peut désigner `::1` avant `127.0.0.1` : ce serveur écoute les deux.',
  scenario: [
    {
      role: 'serveur',
      action: 'start',
      order: true,
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Le serveur écoute : `listen` a rendu vrai.',
    },
    {
      role: 'client',
      action: 'start',
      predict: {
        question: 'À quel moment le client peut-il envoyer son message ?',
        options: [
          {
            text: 'Deux secondes après le lancement.',
            because: 'Deux secondes ne veulent rien dire : trop ici, trop peu ailleurs.',
          },
          {
            text: 'Dans le slot du signal `connected`.',
            right: true,
            because: '`connected` dit exactement que la connexion est établie.',
          },
          { text: 'Avant `connectToHost`.', because: '`write` rend -1 sur un socket jamais ouvert.' },
        ],
      },
      expect: [
        {
          output:
            /HostLookupState[\s\S]*ConnectingState[\s\S]*ConnectedState[\s\S]*Connecté au serveur[\s\S]*Message envoyé : "Bonjour, serveur !"/,
        },
        {
          role: 'serveur',
          output: /Nouveau client, port : \d+[\s\S]*Reçu : "Bonjour, serveur !"/,
          event: { kind: 'accept' },
        },
        { output: /Reçu : "Message reçu sur le serveur : Bonjour, serveur !"/ },
      ],
      say: 'Recherche, connexion, connecté : le message part du slot de `connected`, et la réponse revient par `readyRead`.',
    },
    {
      role: 'client',
      action: 'type',
      text: 'été 5 €',
      expect: [
        { role: 'serveur', output: /Reçu : "été 5 €"/ },
        { output: /Reçu : "Message reçu sur le serveur : été 5 €"/ },
      ],
      say: 'Les accents et le symbole € passent : les deux bouts parlent UTF-8.',
    },
    {
      role: 'serveur',
      action: 'stop',
      predict: {
        question: 'Le serveur s’arrête. Quelle est la première chose que le client affiche ?',
        options: [
          {
            text: 'Une erreur : l’hôte distant a fermé la connexion.',
            right: true,
            because:
              '`errorOccurred` vient d’abord, l’état est encore `ConnectedState` ; `disconnected` vient en dernier.',
          },
          {
            text: '« Déconnecté du serveur ».',
            because: '`disconnected` vient bien, mais après l’erreur et les changements d’état.',
          },
          {
            text: 'Rien : il ne s’en aperçoit pas.',
            because: 'Le système du serveur ferme la connexion pour lui : un FIN arrive.',
          },
        ],
      },
      expect: {
        role: 'client',
        output:
          /L'hôte distant a fermé la connexion[\s\S]*ClosingState[\s\S]*UnconnectedState[\s\S]*Déconnecté du serveur/,
        exit: 1,
      },
      say: 'L’erreur, puis la fermeture, puis `disconnected` : dans cet ordre. Ce n’est pas une panne, c’est la fin.',
    },
    {
      role: 'client',
      action: 'start',
      predict: {
        question: 'Le client repart, sans serveur. Verra-t-il « Déconnecté du serveur » ?',
        options: [
          { text: 'Oui.', because: '`disconnected` ne concerne qu’une connexion qui a existé.' },
          {
            text: 'Non, seulement l’erreur.',
            right: true,
            because: 'Jamais connecté, donc jamais déconnecté : `errorOccurred` est seul à le dire.',
          },
        ],
      },
      expect: { output: /ConnectingState[\s\S]*UnconnectedState[\s\S]*Connexion refusée/, exit: 1 },
      say: 'Refusée tout de suite : la machine répond que personne n’écoute ce port.',
    },
    {
      role: 'serveur',
      action: 'start',
      expect: { output: /Serveur lancé sur le port : \d+/ },
      say: 'Le serveur repart.',
    },
    {
      role: 'client',
      action: 'start',
      parameters: { hote: 'localhost' },
      expect: { output: /Reçu : "Message reçu sur le serveur : Bonjour, serveur !"/ },
      say: 'Avec un nom au lieu d’une adresse : l’état `HostLookupState` a maintenant un vrai travail.',
    },
    {
      role: 'client',
      action: 'eof',
      expect: [
        { output: /ClosingState[\s\S]*UnconnectedState[\s\S]*Déconnecté du serveur/, exit: 0 },
        { role: 'serveur', output: /Le client a fermé la connexion[\s\S]*Client déconnecté/ },
      ],
      say: 'Cette fois c’est le client qui ferme : aucune erreur pour lui, code 0.',
    },
  ],
})
