import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Qui habite à ce numéro ?',
  section: '8.1',
  goal: 'Voir que le numéro de port désigne un programme, pour un transport donné.',
  variantsNote:
    'Ce labo existe en Node seulement : il montre ce que fait le système, avant que les classes de Qt soient présentées.',
  systems:
    "Sous Windows, le second programme lancé sur le même port échoue de la même façon ; le refus d'un port fermé peut mettre deux secondes à s'afficher, car Windows réessaie. Sous macOS, l'adresse 127.0.0.2 n'existe pas tant qu'elle n'est pas ajoutée : la viser donne un silence, là où Linux et Windows donnent un refus.",
  parameters: {
    port: { kind: 'port', label: 'Port', default: 8080 },
    adresse: { kind: 'host', label: "Adresse d'écoute", default: '127.0.0.1' },
    hote: { kind: 'host', label: 'Hôte visé', default: '127.0.0.1' },
    transport: {
      kind: 'choice',
      label: 'Transport',
      default: 'tcp',
      choices: { tcp: 'TCP', udp: 'UDP' },
    },
    question: { kind: 'text', label: 'Question', default: 'GET / HTTP/1.1', maxLength: 200 },
  },
  roles: [
    {
      id: 'mini-web',
      title: 'Mini-web',
      program: 'mini-web',
      variants: ['node'],
      parameters: ['port', 'adresse'],
      ready: /prêt, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'fausse-base',
      title: 'Fausse base',
      program: 'fausse-base',
      variants: ['node'],
      parameters: ['adresse'],
      fixed: { port: 0 },
      ready: /prête, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'service-udp',
      title: 'Service UDP',
      program: 'service-udp',
      variants: ['node'],
      parameters: ['port', 'adresse'],
      ready: /prêt, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
      takes: { port: 'fausse-base.port' },
    },
    {
      id: 'second-web',
      title: 'Second mini-web',
      program: 'mini-web',
      variants: ['node'],
      parameters: ['port', 'adresse'],
      opens: { port: 'port', over: 'tcp' },
      takes: { port: 'mini-web.port' },
      later: true,
    },
    {
      id: 'client',
      title: 'Client',
      program: 'client',
      variants: ['node'],
      parameters: ['port', 'hote', 'transport', 'question'],
      takes: { port: { by: 'transport', tcp: 'mini-web.port', udp: 'service-udp.port' } },
    },
  ],
  scenario: [
    {
      role: 'mini-web',
      action: 'start',
      order: true,
      parameters: { port: 0 },
      expect: { output: /Mini-web prêt, port : \d+/ },
      say: 'Un premier programme prend un numéro de port. Le port 0 demande au système de choisir un numéro libre.',
    },
    {
      role: 'client',
      action: 'start',
      expect: [
        { output: /Connecté : .*→[\s\S]*HTTP\/1\.1 200 OK/, event: { kind: 'fin' }, exit: 0 },
        { role: 'mini-web', output: /Demande de/ },
      ],
      say: 'Le client vise ce numéro : le mini-web répond. Le client a lui aussi un port, choisi par son système.',
      predict: {
        question: 'De combien de ports cette conversation a-t-elle besoin ?',
        options: [
          {
            text: "D'un seul, celui du serveur",
            because: 'Le client doit aussi pouvoir recevoir la réponse : il a son propre port.',
          },
          {
            text: 'De deux, un à chaque extrémité',
            right: true,
            because: 'La ligne « Connecté » montre les deux : celui du client a été choisi par son système.',
          },
          {
            text: 'De trois, car accepter ouvre un nouveau port',
            because: 'Accepter une connexion crée un socket, jamais un port : le serveur garde le sien.',
          },
        ],
      },
    },
    {
      role: 'fausse-base',
      action: 'start',
      expect: { output: /Fausse base prête, port : \d+/ },
      say: 'Un second programme, sur la même machine, prend un autre numéro.',
    },
    {
      role: 'client',
      action: 'start',
      takes: { port: 'fausse-base.port' },
      expect: { output: /8\.0-demo[\s\S]*demande incomprise/, exit: 0 },
      say: "Même adresse, autre numéro : c'est la base qui répond, et elle ne comprend pas une question posée au web.",
    },
    {
      role: 'service-udp',
      action: 'start',
      expect: { output: /Service UDP prêt, port : \d+/ },
      say: 'Un service UDP prend le numéro de la fausse base, qui le garde en TCP : les deux transports comptent leurs ports chacun de son côté.',
      predict: {
        question: 'La fausse base tient ce numéro en TCP. Un service UDP peut-il prendre le même ?',
        options: [
          {
            text: 'Oui',
            right: true,
            because: 'Un port appartient à un transport : TCP 3306 et UDP 3306 sont deux portes différentes.',
          },
          {
            text: 'Non, le numéro est pris',
            because: "Il est pris en TCP seulement ; personne ne l'occupe en UDP.",
          },
          {
            text: "Oui, avec les droits d'administration",
            because: 'Ces droits ne servent que sous 1024 ; les numéros supérieurs sont à tout le monde.',
          },
        ],
      },
    },
    {
      role: 'client',
      action: 'start',
      parameters: { transport: 'udp' },
      expect: { output: /Ici le service UDP/, exit: 0 },
      say: 'Le client vise le même numéro, en UDP cette fois : un autre programme répond.',
    },
    {
      role: 'second-web',
      action: 'start',
      takes: { port: 'fausse-base.port' },
      expect: { output: /Le port \d+ est déjà pris/, exit: 1 },
      say: 'Un second mini-web demande, en TCP, le numéro de la fausse base : le système refuse.',
      predict: {
        question: 'Un mini-web demande en TCP le numéro que la fausse base tient déjà. Que se passe-t-il ?',
        options: [
          {
            text: 'Il prend la place de la fausse base',
            because: 'Le système protège le premier arrivé : il ne déloge personne.',
          },
          {
            text: 'Les deux se partagent les clients',
            because: 'Un tel partage existe, mais les deux programmes doivent le demander.',
          },
          {
            text: 'Il échoue aussitôt',
            right: true,
            because: 'Le système répond EADDRINUSE, « adresse déjà utilisée ».',
          },
        ],
      },
    },
    {
      role: 'fausse-base',
      action: 'stop',
      say: "La fausse base s'arrête : son numéro redevient libre en TCP.",
    },
    {
      role: 'client',
      action: 'start',
      takes: { port: 'fausse-base.port' },
      expect: { output: /Connexion refusée/, exit: 1 },
      say: "Personne n'habite plus à ce numéro en TCP : le refus est immédiat.",
      predict: {
        question:
          'Le client vise ce numéro en TCP, alors que plus aucun programme ne le tient. Que voit-il ?',
        options: [
          {
            text: 'Un refus immédiat',
            right: true,
            because:
              'La machine existe : son système répond lui-même que la porte est fermée (ECONNREFUSED).',
          },
          {
            text: 'Un long silence',
            because: "Le silence vient d'une machine absente ou d'un pare-feu, pas d'un port fermé.",
          },
          {
            text: 'La réponse du service UDP',
            because: 'Le client frappe en TCP : le service UDP est derrière une autre porte.',
          },
        ],
      },
    },
  ],
})
