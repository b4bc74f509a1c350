import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'Le groupe',
  section: '8.4.2',
  goal: 'Rejoindre et quitter un groupe, et savoir ce que le système fait vraiment sur une seule machine.',
  variantsNote:
    "Les trois variantes existent. Qt nomme l'interface, Node donne son adresse : l'option --interface attend l'adresse partout.",
  systems:
    "Sous Linux, un socket attaché à toutes les adresses reçoit ce qui vise un groupe rejoint par n'importe quel programme de la machine (option IP_MULTICAST_ALL) : le voisin non membre reçoit donc aussi. Sous Windows et macOS, il ne reçoit rien, et la dernière étape de la démonstration n'aboutit pas. Sous Windows, l'attache à l'interface 127.0.0.1 peut être refusée : donner alors l'adresse de la carte réseau.",
  parameters: {
    port: { kind: 'port', label: 'Port', default: 12345 },
    groupe: { kind: 'host', label: 'Groupe', default: '239.255.43.21' },
    interface: { kind: 'host', label: "Adresse de l'interface", default: '127.0.0.1' },
  },
  roles: [
    {
      id: 'membre',
      title: 'Récepteur membre',
      program: 'recepteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'groupe', 'interface'],
      ready: /prêt \(.*\), port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
    },
    {
      id: 'voisin',
      title: 'Voisin non membre',
      program: 'recepteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'groupe', 'interface'],
      ready: /prêt \(.*\), port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
      takes: { port: 'membre.port' },
    },
    {
      id: 'emetteur',
      title: 'Émetteur',
      program: 'emetteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port', 'groupe', 'interface'],
      takes: { port: 'membre.port' },
    },
  ],
  scenario: [
    {
      role: 'membre',
      action: 'start',
      order: true,
      parameters: { port: 0 },
      expect: { output: /prêt \(.*\), port : \d+/ },
      say: "Un premier récepteur s'attache au port du groupe. Il n'est encore membre de rien.",
    },
    {
      role: 'voisin',
      action: 'start',
      expect: { output: /prêt \(.*\), port : \d+/ },
      say: 'Un voisin partage le même port. Il ne rejoindra jamais le groupe.',
    },
    {
      role: 'emetteur',
      action: 'start',
      expect: { output: /Émetteur prêt/ },
      say: "L'émetteur vise l'adresse du groupe ; il n'en est pas membre et n'a pas à l'être.",
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'avant',
      expect: { output: /Envoyé au groupe .* taille 5/ },
      say: "Personne n'est membre : le datagramme part, et personne ne le reçoit.",
    },
    {
      role: 'membre',
      action: 'type',
      text: 'REJOINDRE',
      expect: { output: /Groupe [\d.]+ rejoint/, event: { kind: 'join', group: '239.255.43.21' } },
      say: 'Le premier récepteur rejoint le groupe.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'pendant',
      expect: { role: 'membre', output: /Reçu n° 1 de .* : "pendant"/ },
      say: 'Le membre reçoit son message n° 1 : « avant » est bien perdu pour lui.',
      predict: {
        question: 'Le récepteur vient de rejoindre le groupe. Que reçoit-il ?',
        options: [
          {
            text: '« avant » puis « pendant »',
            because: "Un groupe ne garde aucun message : qui n'était pas là n'aura rien.",
          },
          {
            text: '« pendant » seulement',
            right: true,
            because: "L'adhésion vaut à partir de maintenant, sans rattrapage.",
          },
          {
            text: "Rien : l'émetteur doit rejoindre aussi",
            because: 'Seuls les récepteurs rejoignent ; envoyer au groupe suffit.',
          },
        ],
      },
    },
    {
      role: 'membre',
      action: 'type',
      text: 'QUITTER',
      expect: { output: /Groupe [\d.]+ quitté/, event: { kind: 'leave', group: '239.255.43.21' } },
      say: 'Il quitte le groupe.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'après',
      expect: { output: /Envoyé au groupe .* taille 6/ },
      say: 'Plus aucun membre : ce message est perdu lui aussi.',
    },
    {
      role: 'membre',
      action: 'type',
      text: 'REJOINDRE',
      expect: { output: /Groupe [\d.]+ rejoint/ },
      say: 'Il revient.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'de retour',
      expect: { role: 'membre', output: /Reçu n° 2 de .* : "de retour"/ },
      say: 'Message n° 2 : il a manqué « après ».',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'et le voisin ?',
      expect: { role: 'voisin', output: /Reçu n° \d+ de .* : "et le voisin \?"/ },
      say: "Le voisin n'a jamais rejoint, et pourtant il reçoit : sous Linux, un socket attaché à 0.0.0.0 reçoit aussi les groupes rejoints par d'autres programmes. Recevoir ne prouve donc pas que l'on a rejoint.",
      predict: {
        question: "Le voisin, sur la même machine Linux, n'a pas rejoint le groupe. Reçoit-il ?",
        options: [
          {
            text: 'Non, il faut être membre',
            because: "C'est vrai d'une machine à l'autre ; sur une seule machine Linux, non.",
          },
          {
            text: "Oui, parce qu'un autre programme de la machine est membre",
            right: true,
            because:
              "L'adhésion appartient à l'interface ; le système remet ensuite à tout socket attaché à ce port.",
          },
          { text: 'Oui, avec une erreur', because: 'Rien ne distingue ce datagramme à la lecture.' },
        ],
      },
    },
  ],
})
