import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Accusé de réception',
  section: '8.5.2',
  goal: 'Lire un datagramme comme un objet qui connaît son expéditeur, et lui répondre avec `makeReply`.',
  roles: [
    {
      id: 'recepteur',
      title: 'Récepteur',
      program: 'recepteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port'],
      ready: /port : (?<port>\d+)/,
      opens: { port: 'port', over: 'udp' },
    },
    {
      id: 'emetteur',
      title: 'Émetteur',
      program: 'emetteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'message'],
      takes: { port: 'recepteur.port' },
    },
  ],
  parameters: {
    port: { kind: 'port', label: 'Port du récepteur', default: 12345 },
    hote: { kind: 'host', label: 'Adresse du récepteur', default: '127.0.0.1' },
    message: {
      kind: 'text',
      label: 'Message envoyé au départ',
      default: 'Message à envoyer',
      maxLength: 200,
    },
  },
  relay: { lab: 'relais', on: ['emetteur.port'] },
  systems:
    'Sous Windows, répondre à un émetteur déjà parti fait revenir une erreur (WSAECONNRESET) sur le socket du récepteur ; sous Linux et macOS, la réponse se perd sans bruit.',
  scenario: [
    {
      role: 'recepteur',
      action: 'start',
      order: true,
      expect: { output: /Récepteur attaché au port : \d+/ },
      say: 'Le récepteur attend ; il répondra à qui lui écrit.',
    },
    {
      role: 'emetteur',
      action: 'start',
      predict: {
        question: 'La réponse revient chez l’émetteur. De quel port vient-elle ?',
        options: [
          {
            text: 'Du port du récepteur, celui auquel on a écrit.',
            right: true,
            because: '`makeReply` échange source et destination, et la réponse part du même socket.',
          },
          {
            text: 'D’un nouveau port, choisi par le système.',
            because: 'Ce serait le cas si le récepteur répondait avec un autre socket.',
          },
          {
            text: 'Du port de l’émetteur.',
            because: 'Celui-là est la destination de la réponse, pas son origine.',
          },
        ],
      },
      expect: [
        {
          role: 'recepteur',
          output: /Données : "Message à envoyer"[\s\S]*Adresse source : "127\.0\.0\.1" Port source : \d+/,
        },
        {
          output: /Réponse de "127\.0\.0\.1" : \d+ "Reçu : Message à envoyer"/,
          event: { kind: 'receive' },
        },
      ],
      say: 'Un seul objet contient tout : les données, l’adresse et le port de l’expéditeur.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'ça marche',
      expect: { output: /Réponse de "127\.0\.0\.1" : \d+ "Reçu : ça marche"/ },
      say: 'Chaque datagramme reçoit sa réponse, sans aucune connexion entre les deux.',
    },
    {
      role: 'recepteur',
      action: 'stop',
      say: 'Le récepteur s’arrête.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'et maintenant',
      predict: {
        question: 'L’émetteur envoie encore un message. Qu’affiche-t-il ?',
        options: [
          {
            text: 'Une erreur.',
            because: 'Rien ne revient jusqu’au programme : un socket UDP ordinaire n’apprend rien.',
          },
          {
            text: 'L’envoi, et rien d’autre.',
            right: true,
            because: 'L’absence de réponse est le seul indice ; à l’émetteur de fixer un délai.',
          },
          { text: 'La même réponse qu’avant.', because: 'Plus personne n’est là pour répondre.' },
        ],
      },
      expect: { output: /Datagramme envoyé, taille : 13/ },
      say: 'Le silence n’est pas une erreur : avec UDP, c’est à l’émetteur de décider quand renoncer.',
    },
    {
      role: 'emetteur',
      action: 'eof',
      expect: { exit: 0 },
      say: 'Ctrl+D : l’émetteur se termine.',
    },
  ],
})
