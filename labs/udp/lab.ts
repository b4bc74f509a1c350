import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'La boîte aux lettres',
  section: '8.5.1',
  goal: 'Attacher un socket UDP à un port, lire tout ce qui y arrive, et constater qu’émettre ne demande l’accord de personne.',
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
      parameters: ['hote', 'port', 'message', 'fois'],
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
    fois: { kind: 'integer', label: 'Nombre d’envois de ce message', default: 1, min: 0, max: 80 },
  },
  relay: { lab: 'relais', on: ['emetteur.port'] },
  systems:
    'Sous Windows, un envoi vers un port fermé revient au socket de l’émetteur sous forme d’erreur à la lecture suivante (WSAECONNRESET) ; sous Linux et macOS, un socket ordinaire n’en sait rien. Le tampon de réception par défaut change aussi de taille d’un système à l’autre : 212 992 octets sous Linux.',
  scenario: [
    {
      role: 'recepteur',
      action: 'start',
      order: true,
      expect: { output: /Récepteur attaché au port : \d+/ },
      say: 'Le récepteur attache son socket à un port, puis attend. `bind` a répondu tout de suite : vrai, ou faux.',
    },
    {
      role: 'emetteur',
      action: 'start',
      predict: {
        question: '« Message à envoyer » compte 17 caractères. Combien d’octets arrivent au récepteur ?',
        options: [
          {
            text: '17',
            because: 'Ce serait juste si chaque caractère tenait sur un octet ; en UTF-8, `à` en prend deux.',
          },
          { text: '18', right: true, because: 'En UTF-8, `à` s’écrit sur deux octets : `c3 a0`.' },
          {
            text: '34',
            because:
              'Deux octets par caractère, c’est UTF-16 ; sur le réseau, le message voyage ici en UTF-8.',
          },
        ],
      },
      expect: [
        { output: /Datagramme envoyé, taille : 18/ },
        {
          role: 'recepteur',
          output: /Reçu de "127\.0\.0\.1" : \d+ Taille : 18 "Message à envoyer"/,
        },
      ],
      say: 'L’émetteur n’a attaché aucun port : le système lui en a choisi un, que le récepteur affiche.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'été',
      expect: { role: 'recepteur', output: /Taille : 5 "été"/ },
      say: 'Une ligne tapée, un datagramme. Trois caractères, cinq octets.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: '',
      predict: {
        question: 'On envoie une ligne vide. Que voit le récepteur ?',
        options: [
          {
            text: 'Rien : il n’y a rien à envoyer.',
            because: 'Un datagramme porte aussi des en-têtes : il part, même sans données.',
          },
          {
            text: 'Un datagramme de taille 0.',
            right: true,
            because:
              'Un datagramme vide est un datagramme : `pendingDatagramSize` vaut 0 et il faut le lire.',
          },
          {
            text: 'Une erreur.',
            because: '`writeDatagram` rend 0, le nombre d’octets envoyés : ce n’est pas une erreur.',
          },
        ],
      },
      expect: { role: 'recepteur', output: /Taille : 0 ""/, event: { kind: 'receive', bytes: 0 } },
      say: 'Le datagramme vide est arrivé. Il compte comme les autres.',
    },
    {
      role: 'recepteur',
      action: 'stop',
      say: 'Le récepteur s’arrête. Plus personne n’est attaché à ce port.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'Il y a quelqu’un ?',
      predict: {
        question: 'L’émetteur envoie encore un message. Que lui répond `writeDatagram` ?',
        options: [
          { text: '-1 : la connexion est perdue.', because: 'Il n’y a jamais eu de connexion à perdre.' },
          {
            text: 'La taille du message, comme avant.',
            right: true,
            because:
              'UDP n’attend aucun accord : le datagramme est parti, voilà tout ce que l’émetteur sait.',
          },
          { text: 'Il attend que quelqu’un lise.', because: 'UDP n’attend personne et ne renvoie rien.' },
        ],
      },
      expect: { output: /Datagramme envoyé, taille : 20/, event: { kind: 'send', bytes: 20 } },
      say: 'L’émetteur croit avoir bien travaillé. Aucun signal ne lui dira le contraire.',
    },
    {
      role: 'emetteur',
      action: 'eof',
      expect: { exit: 0 },
      say: 'Ctrl+D : la saisie est finie, l’émetteur se termine avec le code 0.',
    },
  ],
})
