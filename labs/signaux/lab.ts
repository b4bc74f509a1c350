import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Quatre coups de téléphone',
  section: '8.6.2',
  goal: 'Lire dans l’ordre les signaux et les états d’un socket selon la façon dont la connexion finit ou échoue.',
  roles: [
    {
      id: 'serveur',
      title: 'Correspondant',
      program: 'serveur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'mode'],
      ready: /port : (?<port>\d+)/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'client',
      title: 'Client',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'delai'],
      takes: { port: 'serveur.port' },
    },
  ],
  parameters: {
    port: { kind: 'port', label: 'Port du correspondant', default: 1234 },
    hote: { kind: 'host', label: 'Adresse ou nom appelé', default: '127.0.0.1' },
    delai: {
      kind: 'integer',
      label: 'Délai de connexion',
      default: 2000,
      min: 100,
      max: 120_000,
      unit: 'ms',
    },
    mode: {
      kind: 'choice',
      label: 'Correspondant',
      default: 'cooperatif',
      choices: {
        cooperatif: 'Coopératif : répond, et ferme sur le mot « fin »',
        ferme: 'Port fermé',
        'trou-noir': 'Trou noir : ne répond jamais',
      },
    },
  },
  systems:
    'Le trou noir tient à la file d’attente du noyau : sous Linux, une file pleine ignore les demandes ; Windows les refuse, et le client y voit `ConnectionRefusedError`. Le refus d’un port fermé est immédiat sous Linux et macOS, et demande environ deux secondes sous Windows.',
  scenario: [
    {
      role: 'serveur',
      action: 'start',
      order: true,
      expect: { output: /Serveur coopératif sur le port : \d+/ },
      say: 'Premier appel : un correspondant qui répond.',
    },
    {
      role: 'client',
      action: 'start',
      predict: {
        question: 'Au retour de `connectToHost`, dans quel état est le socket ?',
        options: [
          {
            text: '`ConnectedState` : l’appel attend la connexion.',
            because: '`connectToHost` rend la main tout de suite.',
          },
          {
            text: '`ConnectingState` : la connexion est en route.',
            right: true,
            because: 'L’adresse est déjà connue ; `connected` viendra plus tard, par la boucle d’événements.',
          },
          {
            text: '`UnconnectedState` : rien n’a commencé.',
            because: 'Deux changements d’état ont déjà été annoncés.',
          },
        ],
      },
      expect: {
        output:
          /HostLookupState[\s\S]*ConnectingState[\s\S]*hostFound[\s\S]*retour de connectToHost, état : QAbstractSocket::ConnectingState[\s\S]*stateChanged : QAbstractSocket::ConnectedState[\s\S]*signal connected[\s\S]*signal readyRead, données : "BONJOUR"/,
      },
      say: 'Recherche, connexion, connecté : chaque état, puis les signaux, dans cet ordre à chaque fois.',
    },
    {
      role: 'client',
      action: 'type',
      text: 'allô',
      expect: { output: /signal bytesWritten : 5[\s\S]*signal readyRead, données : "Message reçu : allô"/ },
      say: '`bytesWritten` : les cinq octets sont confiés au système. Seule la réponse prouve qu’ils sont arrivés.',
    },
    {
      role: 'client',
      action: 'type',
      text: 'fin',
      predict: {
        question: 'Le serveur va fermer. Quel signal le client reçoit-il en premier ?',
        options: [
          { text: '`disconnected`', because: 'Il vient en dernier, quand tout est fini.' },
          {
            text: '`errorOccurred`',
            right: true,
            because: '`RemoteHostClosedError` est émis alors que l’état est encore `ConnectedState`.',
          },
          { text: '`stateChanged` vers `ClosingState`', because: 'L’erreur est annoncée juste avant.' },
        ],
      },
      expect: {
        output:
          /errorOccurred : QAbstractSocket::RemoteHostClosedError[\s\S]*ClosingState[\s\S]*UnconnectedState[\s\S]*signal disconnected/,
        exit: 1,
      },
      say: 'La fin par l’autre : erreur, `ClosingState`, `UnconnectedState`, `disconnected`.',
    },
    {
      role: 'client',
      action: 'start',
      expect: { output: /signal readyRead, données : "BONJOUR"/ },
      say: 'Le client rappelle.',
    },
    {
      role: 'client',
      action: 'eof',
      expect: {
        output:
          /appel disconnectFromHost[\s\S]*ClosingState[\s\S]*UnconnectedState[\s\S]*signal disconnected/,
        exit: 0,
      },
      say: 'Cette fois il raccroche lui-même : les mêmes états, et aucune erreur.',
    },
    {
      role: 'serveur',
      action: 'stop',
      say: 'Deuxième appel : un port où personne n’écoute.',
    },
    {
      role: 'serveur',
      action: 'start',
      parameters: { mode: 'ferme' },
      expect: { output: /Port fermé, plus personne n'écoute, port : \d+/, exit: 0 },
      say: 'Le programme prend un port, puis le libère : le numéro est connu, et plus personne ne répond.',
    },
    {
      role: 'client',
      action: 'start',
      expect: {
        output:
          /ConnectingState[\s\S]*UnconnectedState[\s\S]*errorOccurred : QAbstractSocket::ConnectionRefusedError/,
        event: { kind: 'refused', error: 'ECONNREFUSED' },
        exit: 1,
      },
      say: 'Refusé aussitôt : `UnconnectedState`, puis l’erreur. Jamais connecté, donc pas de `disconnected`.',
    },
    {
      role: 'serveur',
      action: 'start',
      parameters: { mode: 'trou-noir' },
      expect: { output: /Trou noir, aucune réponse à attendre, port : \d+/ },
      say: 'Troisième appel : un port qui ne refuse ni n’accepte.',
    },
    {
      role: 'client',
      action: 'start',
      predict: {
        question:
          'Personne ne répond, pas même pour refuser. Sans minuteur, combien de temps Qt attendrait-il ?',
        options: [
          { text: 'Deux secondes', because: 'C’est le délai de ce client-ci, fixé par son `QTimer`.' },
          {
            text: 'Environ une minute',
            right: true,
            because: 'Deux essais de trente secondes, puis `SocketTimeoutError`.',
          },
          { text: 'Pour toujours', because: 'Qt finit par renoncer, comme le système d’ailleurs.' },
        ],
      },
      expect: { output: /ConnectingState[\s\S]*Délai expiré[\s\S]*UnconnectedState/, exit: 1 },
      say: 'Le silence n’est pas un signal : c’est le minuteur du client qui met fin à l’attente.',
    },
    {
      role: 'client',
      action: 'start',
      parameters: { hote: 'hote.invalid' },
      predict: {
        question: 'Quatrième appel : un nom qui n’existe pas. Par quels états passe le socket ?',
        options: [
          {
            text: '`HostLookupState`, puis `UnconnectedState`.',
            right: true,
            because: 'Sans adresse, il n’y a rien à quoi se connecter : aucun paquet TCP ne part.',
          },
          {
            text: '`HostLookupState`, `ConnectingState`, puis `UnconnectedState`.',
            because: '`ConnectingState` suppose une adresse.',
          },
        ],
      },
      expect: {
        output:
          /HostLookupState[\s\S]*UnconnectedState[\s\S]*errorOccurred : QAbstractSocket::HostNotFoundError/,
        exit: 1,
      },
      say: 'Hôte non trouvé : l’échec vient de la recherche du nom, avant toute connexion.',
    },
  ],
})
