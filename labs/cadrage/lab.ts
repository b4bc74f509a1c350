import { defineLab } from '../lab.ts'

const CADRAGES = { lignes: 'Une ligne par message', longueur: 'Longueur puis message', aucun: 'Aucun' }

export default defineLab({
  title: 'Le train de wagons',
  section: '8.7',
  goal: "Retrouver les messages dans un flux d'octets, quelle que soit la façon dont le réseau l'a coupé.",
  variantsNote:
    "Le serveur et le client existent en trois variantes ; le relais, qui n'est pas une leçon sur Qt, en Node seulement.",
  systems:
    "Le découpage d'un flux n'est le même ni d'un système à l'autre, ni d'une fois à l'autre : c'est ce que montre le labo. Le nombre de messages retrouvés, lui, ne change pas.",
  parameters: {
    port: { kind: 'port', label: 'Port', default: 1234 },
    vers: { kind: 'port', label: 'Port du serveur', default: 1234 },
    hote: { kind: 'host', label: 'Hôte du serveur', default: '127.0.0.1' },
    cadrage: { kind: 'choice', label: 'Cadrage', default: 'lignes', choices: CADRAGES },
    max: {
      kind: 'integer',
      label: 'Taille maximale',
      default: 1024,
      min: 1,
      max: 1_000_000,
      unit: 'octets',
    },
    message: { kind: 'text', label: 'Message', default: 'été €', maxLength: 500 },
    nombre: { kind: 'integer', label: "Messages envoyés d'un coup", default: 5, min: 0, max: 1000 },
    decoupe: {
      kind: 'integer',
      label: 'Découpe',
      default: 3,
      min: 0,
      max: 65_535,
      unit: 'octets',
      live: true,
    },
    retard: { kind: 'integer', label: 'Retard', default: 0, min: 0, max: 2000, unit: 'ms', live: true },
    graine: { kind: 'integer', label: 'Graine', default: 42, min: 0, max: 999_999_999 },
  },
  framing: { lengthBytes: 4, max: 1_000_000 },
  roles: [
    {
      id: 'serveur',
      title: 'Serveur',
      program: 'serveur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'cadrage', 'max'],
      ready: /Serveur prêt.*, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'relais',
      title: 'Relais (recoupe les octets)',
      program: 'relais',
      variants: ['node'],
      parameters: ['vers', 'decoupe', 'retard', 'graine'],
      fixed: { transport: 'tcp', port: 0 },
      ready: /Relais prêt.*, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'tcp' },
      takes: { vers: 'serveur.port' },
    },
    {
      id: 'client',
      title: 'Client',
      program: 'client',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'cadrage', 'message', 'nombre'],
      takes: { port: 'relais.port' },
    },
  ],
  scenario: [
    {
      role: 'serveur',
      action: 'start',
      parameters: { port: 0, cadrage: 'aucun' },
      expect: { output: /Serveur prêt, cadrage aucun, port : \d+/ },
      say: 'Le serveur ne connaît aucun cadrage : il prend chaque lecture pour un message.',
    },
    {
      role: 'client',
      action: 'start',
      parameters: { cadrage: 'aucun', message: 'message.', nombre: 5 },
      takes: { port: 'serveur.port' },
      expect: { role: 'serveur', output: /Message n° 1 : "message\./ },
      say: 'Cinq écritures à la suite. Le serveur montre ses lectures : le plus souvent une seule, où tout est collé.',
      predict: {
        question: 'Le client écrit cinq messages à la suite. Combien de lectures fait le serveur ?',
        options: [
          { text: 'Cinq', because: 'Possible, jamais garanti : TCP ne garde aucune frontière.' },
          { text: 'Une', because: "C'est le plus fréquent ici, mais rien ne le garantit non plus." },
          {
            text: 'Impossible à dire',
            right: true,
            because: "Le flux garde l'ordre des octets, pas leur découpage.",
          },
        ],
      },
    },
    {
      role: 'client',
      action: 'eof',
      expect: [{ exit: 0 }, { role: 'serveur', output: /Bilan, cadrage aucun/ }],
      say: 'Le bilan compare les messages comptés aux cinq envoyés.',
    },
    {
      role: 'relais',
      action: 'start',
      parameters: { decoupe: 1 },
      expect: { output: /Relais prêt/ },
      say: 'Un relais recoupe maintenant le flux, octet par octet, comme un réseau peut le faire.',
    },
    {
      role: 'client',
      action: 'start',
      parameters: { cadrage: 'aucun', message: 'été €', nombre: 3 },
      expect: [
        { role: 'relais', event: { kind: 'send', bytes: 1 } },
        { role: 'serveur', output: /\uFFFD/ },
      ],
      say: 'Décoder chaque lecture séparément coupe les caractères en deux : le « é » devient illisible.',
      predict: {
        question:
          'Le message « été € » arrive octet par octet, et chaque lecture est décodée à part. Que devient le « é » ?',
        options: [
          {
            text: 'Il arrive intact',
            because: "Il occupe deux octets en UTF-8 : une lecture peut n'en contenir que la moitié.",
          },
          {
            text: 'Il est remplacé par le signe �',
            right: true,
            because: "Une moitié de caractère n'a pas de sens seule : le décodage la remplace.",
          },
          {
            text: 'La connexion est coupée',
            because: 'TCP transporte des octets ; il ne sait rien des caractères.',
          },
        ],
      },
    },
    {
      role: 'client',
      action: 'eof',
      expect: { exit: 0 },
      say: 'Le client termine. Il faut dire au serveur où finit un message.',
    },
    {
      role: 'serveur',
      action: 'start',
      parameters: { port: 0, cadrage: 'lignes' },
      expect: { output: /Serveur prêt, cadrage lignes, port : \d+/ },
      say: 'Premier cadrage : une fin de ligne termine chaque message.',
    },
    {
      role: 'relais',
      action: 'start',
      parameters: { decoupe: 1 },
      expect: { output: /Relais prêt/ },
      say: 'Le même relais, toujours octet par octet.',
    },
    {
      role: 'client',
      action: 'start',
      parameters: { cadrage: 'lignes', message: 'été €', nombre: 5 },
      expect: { role: 'serveur', output: /Message n° 5 : "été €"/ },
      say: "Cinq messages, tous entiers : le serveur garde les octets jusqu'à la fin de ligne, puis décode.",
      predict: {
        question: 'Même relais, mais le serveur attend une fin de ligne avant de décoder. Que compte-t-il ?',
        options: [
          { text: 'Un message par octet', because: 'Un octet reçu seul attend la suite dans le tampon.' },
          {
            text: 'Cinq messages, tous lisibles',
            right: true,
            because: 'Le décodeur rassemble les octets : leur découpage ne compte plus.',
          },
          { text: 'Un seul message, très long', because: 'Chaque fin de ligne en termine un.' },
        ],
      },
    },
    {
      role: 'client',
      action: 'eof',
      expect: [{ exit: 0 }, { role: 'serveur', output: /Bilan, cadrage lignes, messages : 5, / }],
      say: 'Le bilan : cinq messages, en beaucoup plus de lectures.',
    },
    {
      role: 'serveur',
      action: 'start',
      parameters: { port: 0, cadrage: 'longueur', max: 20 },
      expect: { output: /Serveur prêt, cadrage longueur, port : \d+/ },
      say: 'Second cadrage : quatre octets annoncent la longueur. Le serveur refuse au-delà de 20 octets.',
    },
    {
      role: 'relais',
      action: 'start',
      parameters: { decoupe: 3 },
      expect: { output: /Relais prêt/ },
      say: 'Le relais peut couper au milieu de la longueur elle-même.',
    },
    {
      role: 'client',
      action: 'start',
      parameters: { cadrage: 'longueur', message: 'été €', nombre: 5 },
      expect: { role: 'serveur', output: /Message n° 5 : "été €"/ },
      say: 'Cinq messages encore. Avec une longueur, un message peut contenir une fin de ligne.',
    },
    {
      role: 'client',
      action: 'type',
      text: 'Ce message dépasse largement la taille permise',
      expect: [
        { role: 'serveur', output: /Message refusé : plus de 20 octets/ },
        { output: /Conversation terminée/, exit: 0 },
      ],
      say: 'Trop long : le serveur juge la longueur annoncée sans attendre la suite, et coupe. Sans cette limite, un client pourrait remplir sa mémoire.',
    },
  ],
})
