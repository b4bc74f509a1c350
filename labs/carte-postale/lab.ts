import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'La carte postale',
  section: '8.4.1',
  goal: "Voir qu'un envoi fait une réception, et que l'émetteur ne sait pas s'il est entendu.",
  variantsNote:
    'Avec Qt, un tampon trop petit perd vraiment la fin du datagramme ; Node lit toujours le datagramme entier, la variante Node imite donc la coupe.',
  systems:
    "Sous Windows, lire dans un tampon trop petit est signalé par une erreur (WSAEMSGSIZE) que Qt absorbe ; un envoi vers un port fermé peut y provoquer une erreur à la lecture suivante. Sous macOS, la taille d'un envoi est limitée à 9216 octets par défaut.",
  relay: { lab: 'relais', on: ['emetteur.port'] },
  parameters: {
    port: { kind: 'port', label: 'Port', default: 12345 },
    tampon: {
      kind: 'integer',
      label: 'Tampon de lecture (0 : assez grand)',
      default: 0,
      min: 0,
      max: 65_535,
      unit: 'octets',
    },
    hote: { kind: 'host', label: 'Destinataire', default: '127.0.0.1' },
    taille: {
      kind: 'integer',
      label: 'Un seul envoi de cette taille (0 : au clavier)',
      default: 0,
      min: 0,
      max: 70_000,
      unit: 'octets',
    },
  },
  roles: [
    {
      id: 'recepteur',
      title: 'Récepteur',
      program: 'recepteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'tampon'],
      ready: /prêt, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
    },
    {
      id: 'emetteur',
      title: 'Émetteur',
      program: 'emetteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port', 'taille'],
      takes: { port: 'recepteur.port' },
    },
  ],
  scenario: [
    {
      role: 'recepteur',
      action: 'start',
      order: true,
      parameters: { port: 0 },
      expect: { output: /Récepteur prêt, port : \d+/ },
      say: "Le récepteur s'attache à un port et attend. N'importe qui peut lui écrire.",
    },
    {
      role: 'emetteur',
      action: 'start',
      expect: { output: /Émetteur prêt/ },
      say: "L'émetteur n'ouvre aucune connexion : il connaît une adresse et un port, rien de plus.",
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'A',
      expect: { role: 'recepteur', output: /taille 1 : "A"/ },
      say: 'Un premier datagramme, un octet.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'BB',
      expect: { role: 'recepteur', output: /taille 2 : "BB"/ },
      say: 'Un deuxième, deux octets.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'CCC',
      expect: { role: 'recepteur', output: /taille 3 : "CCC"/, event: { kind: 'receive', bytes: 3 } },
      say: 'Un troisième : trois envois, trois réceptions, chacune entière.',
      predict: {
        question: 'Après « A » et « BB », un troisième envoi, « CCC ». Que montre le récepteur ?',
        options: [
          {
            text: 'Les trois à la suite, taille 6',
            because: "Coller les messages est l'affaire de TCP ; UDP garde les frontières.",
          },
          { text: 'CCC, taille 3', right: true, because: 'Un envoi fait une réception, entière ou nulle.' },
          {
            text: 'CCC, en trois lectures',
            because: "Un datagramme n'arrive jamais en morceaux au programme.",
          },
        ],
      },
    },
    {
      role: 'emetteur',
      action: 'type',
      text: '',
      expect: { role: 'recepteur', output: /taille 0 : ""/ },
      say: 'Une ligne vide : un datagramme vide voyage et se reçoit.',
      predict: {
        question: "L'émetteur envoie une ligne vide. Que se passe-t-il ?",
        options: [
          {
            text: 'Rien ne part',
            because: 'Un datagramme peut ne rien contenir : il a quand même une adresse et un port.',
          },
          {
            text: 'Une réception de taille 0',
            right: true,
            because: 'La carte postale est blanche, mais elle arrive.',
          },
          { text: 'Une erreur', because: "0 est une taille permise : l'appel réussit." },
        ],
      },
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'Message à envoyer',
      expect: { role: 'recepteur', output: /taille 18 : "Message à envoyer"/ },
      say: '17 caractères tapés, 18 octets reçus : le « à » en occupe deux en UTF-8.',
    },
    {
      role: 'recepteur',
      action: 'stop',
      say: "Le récepteur s'arrête. Plus personne n'est attaché à ce port.",
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'Personne ?',
      expect: { output: /taille 10 : accepté par le système/ },
      say: "L'envoi réussit encore : il signifie seulement que le système a pris la carte.",
      predict: {
        question: "Plus personne n'est attaché au port. Que dit l'émetteur après un nouvel envoi ?",
        options: [
          {
            text: 'Connexion refusée',
            because: "Il n'y a pas de connexion à refuser : ce socket n'apprend rien du destinataire.",
          },
          {
            text: 'Envoyé, accepté par le système',
            right: true,
            because: 'Le système a pris le datagramme ; il ne promet rien de plus.',
          },
          { text: 'Il attend le récepteur', because: 'Un datagramme part tout de suite, entendu ou non.' },
        ],
      },
    },
    {
      role: 'emetteur',
      action: 'eof',
      expect: { exit: 0 },
      say: "L'émetteur termine : il n'a rien à fermer chez l'autre.",
    },
    {
      role: 'recepteur',
      action: 'start',
      parameters: { port: 0, tampon: 4 },
      expect: { output: /Récepteur prêt, port : \d+/ },
      say: 'Le récepteur revient, avec un tampon de lecture de 4 octets.',
    },
    {
      role: 'emetteur',
      action: 'start',
      parameters: { taille: 10 },
      expect: {
        role: 'recepteur',
        output: /taille 10, lus 4 : "xxxx"[\s\S]*le reste de ce datagramme est perdu/,
      },
      say: 'Un datagramme de 10 octets : 4 sont lus, les 6 autres sont perdus pour toujours.',
    },
    {
      role: 'emetteur',
      action: 'start',
      parameters: { taille: 65_508 },
      expect: { output: /Datagramme trop grand : 65507 octets au plus/, exit: 1 },
      say: "65 508 octets : un de trop pour un datagramme IPv4, l'envoi échoue sur place.",
    },
  ],
})
