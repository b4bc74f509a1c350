import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Même message, deux transports',
  section: '8.2',
  goal: 'Envoyer les mêmes nombres en UDP et en TCP à travers un relais malicieux, et comparer ce qui arrive.',
  variantsNote:
    'Ce labo existe en Node seulement : il compare deux transports du système, pas deux bibliothèques. Les classes de Qt arrivent à la section 8.5.',
  systems:
    'Les pertes du relais sont les mêmes partout, car elles viennent de la graine. La dernière étape dépend du système : Linux double le tampon demandé et y compte ses propres données, Windows et macOS non ; le nombre de pertes change, pas leur existence.',
  parameters: {
    port: { kind: 'port', label: 'Port', default: 12345 },
    vers: { kind: 'port', label: 'Port du récepteur', default: 12345 },
    transport: { kind: 'choice', label: 'Transport', default: 'udp', choices: { udp: 'UDP', tcp: 'TCP' } },
    hote: { kind: 'host', label: 'Destinataire', default: '127.0.0.1' },
    nombre: { kind: 'integer', label: 'Combien de nombres', default: 50, min: 1, max: 1000 },
    taille: {
      kind: 'integer',
      label: 'Taille de chaque envoi (0 : juste le nombre)',
      default: 0,
      min: 0,
      max: 1400,
      unit: 'octets',
    },
    perte: { kind: 'integer', label: 'Pertes', default: 20, min: 0, max: 100, unit: '%', live: true },
    desordre: { kind: 'integer', label: 'Désordre', default: 10, min: 0, max: 100, unit: '%', live: true },
    doublons: { kind: 'integer', label: 'Doublons', default: 10, min: 0, max: 100, unit: '%', live: true },
    retard: { kind: 'integer', label: 'Retard', default: 20, min: 0, max: 2000, unit: 'ms', live: true },
    decoupe: {
      kind: 'integer',
      label: 'Découpe',
      default: 30,
      min: 0,
      max: 65_535,
      unit: 'octets',
      live: true,
    },
    graine: { kind: 'integer', label: 'Graine', default: 42, min: 0, max: 999_999_999 },
    tampon: {
      kind: 'integer',
      label: 'Tampon de réception (0 : celui du système)',
      default: 0,
      min: 0,
      max: 1_000_000,
      unit: 'octets',
    },
    gel: { kind: 'integer', label: 'Gel au premier nombre', default: 0, min: 0, max: 3000, unit: 'ms' },
  },
  roles: [
    {
      id: 'recepteur-udp',
      title: 'Récepteur UDP',
      program: 'recepteur-udp',
      variants: ['node'],
      parameters: ['port', 'nombre', 'tampon', 'gel'],
      ready: /Récepteur UDP prêt, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
    },
    {
      id: 'relais-udp',
      title: 'Relais UDP',
      program: 'relais',
      variants: ['node'],
      parameters: ['vers', 'perte', 'desordre', 'doublons', 'retard', 'graine'],
      fixed: { transport: 'udp', port: 0 },
      ready: /Relais prêt.*, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
      takes: { vers: 'recepteur-udp.port' },
    },
    {
      id: 'recepteur-tcp',
      title: 'Récepteur TCP',
      program: 'recepteur-tcp',
      variants: ['node'],
      parameters: ['port'],
      ready: /Récepteur TCP prêt, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'relais-tcp',
      title: 'Relais TCP',
      program: 'relais',
      variants: ['node'],
      parameters: ['vers', 'decoupe', 'retard', 'graine'],
      fixed: { transport: 'tcp', port: 0 },
      ready: /Relais prêt.*, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'tcp' },
      takes: { vers: 'recepteur-tcp.port' },
    },
    {
      id: 'emetteur',
      title: 'Émetteur',
      program: 'emetteur',
      variants: ['node'],
      parameters: ['transport', 'hote', 'port', 'nombre', 'taille'],
      takes: { port: { by: 'transport', udp: 'relais-udp.port', tcp: 'relais-tcp.port' } },
    },
  ],
  scenario: [
    {
      role: 'recepteur-udp',
      action: 'start',
      order: true,
      parameters: { port: 0 },
      expect: { output: /Récepteur UDP prêt, port : \d+/ },
      say: 'Le récepteur UDP attend des nombres.',
    },
    {
      role: 'relais-udp',
      action: 'start',
      expect: { output: /Relais prêt/ },
      say: 'Le relais se place devant lui : 20 % de pertes, un peu de désordre, quelques doublons, graine 42.',
    },
    {
      role: 'emetteur',
      action: 'start',
      parameters: { transport: 'udp' },
      expect: [
        { output: /50 datagrammes envoyés/, exit: 0 },
        { role: 'relais-udp', output: /perdu/ },
        {
          role: 'recepteur-udp',
          output: /Bilan UDP, sur 50 attendus : manquants [1-9]/,
          event: { kind: 'receive' },
        },
      ],
      say: "Cinquante envois, tous acceptés par le système de l'émetteur ; le récepteur n'a pourtant pas tout vu.",
      predict: {
        question: 'Cinquante nombres partent en UDP, avec 20 % de pertes en chemin. Que sait l’émetteur ?',
        options: [
          {
            text: 'Quels nombres manquent',
            because: "Rien ne revient à l'émetteur : UDP n'a pas d'accusé de réception.",
          },
          {
            text: 'Que ses cinquante envois ont été acceptés',
            right: true,
            because: 'Son système a pris les cinquante datagrammes ; la suite lui échappe.',
          },
          {
            text: 'Qu’il faut renvoyer dix nombres',
            because: "Personne ne lui demande rien : c'est au programme d'y penser.",
          },
        ],
      },
    },
    {
      role: 'recepteur-tcp',
      action: 'start',
      parameters: { port: 0 },
      expect: { output: /Récepteur TCP prêt, port : \d+/ },
      say: 'Au tour de TCP : un récepteur qui montre chacune de ses lectures.',
    },
    {
      role: 'relais-tcp',
      action: 'start',
      expect: { output: /Relais prêt/ },
      say: 'Son relais termine deux connexions : il ne peut que retarder et recouper.',
    },
    {
      role: 'emetteur',
      action: 'start',
      parameters: { transport: 'tcp' },
      expect: [
        { output: /50 écritures faites/, exit: 0 },
        { role: 'recepteur-tcp', output: /Bilan TCP : 50 nombres en \d+ lectures, complets, en ordre/ },
      ],
      say: 'Cinquante écritures, cinquante nombres, dans l’ordre, mais un autre nombre de lectures : les frontières ont disparu.',
      predict: {
        question: 'Les cinquante mêmes nombres partent en TCP. Que montre le récepteur ?',
        options: [
          {
            text: 'Cinquante lectures, une par écriture',
            because: 'TCP est un flux : il ne garde pas les frontières des écritures.',
          },
          {
            text: 'Tous les nombres, collés ou coupés au hasard',
            right: true,
            because: 'Rien ne manque et rien ne se double, mais le découpage est libre.',
          },
          {
            text: 'Quarante nombres, comme en UDP',
            because: 'En TCP, une perte est réparée par les systèmes ; le programme ne la voit pas.',
          },
        ],
      },
    },
    {
      role: 'recepteur-udp',
      action: 'start',
      parameters: { port: 0, nombre: 200, tampon: 8192, gel: 500 },
      expect: { output: /Récepteur UDP prêt, port : \d+/ },
      say: 'Dernière expérience, sans relais : un petit tampon, et un récepteur qui se fige au premier nombre.',
    },
    {
      role: 'emetteur',
      action: 'start',
      parameters: { transport: 'udp', nombre: 200, taille: 500 },
      takes: { port: 'recepteur-udp.port' },
      expect: { role: 'recepteur-udp', output: /Bilan UDP, sur 200 attendus : manquants 1?\d\d,/ },
      say: 'Aucun relais, aucun câble, et des pertes : le tampon du récepteur figé débordait, le système a jeté la suite.',
      predict: {
        question:
          'Deux cents envois de 500 octets vers un récepteur figé une demi-seconde, tampon de 8 Kio, sans relais. Combien se perdent ?',
        options: [
          {
            text: 'Aucun : tout reste dans la machine',
            because: "Le tampon est petit : ce qui n'y entre pas est jeté, même en local.",
          },
          {
            text: 'La plupart',
            right: true,
            because: 'Une douzaine de datagrammes remplissent le tampon ; le reste est jeté en silence.',
          },
          {
            text: "Aucun : l'émetteur attend",
            because: "UDP n'attend personne ; c'est TCP qui ferait patienter l'émetteur.",
          },
        ],
      },
    },
  ],
})
