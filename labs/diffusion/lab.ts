import { defineLab } from '../lab.ts'

export default defineLab({
  title: 'À qui parlé-je ?',
  section: '8.4.2',
  goal: "Comparer l'envoi à un seul programme et la diffusion à tous, sur une seule machine.",
  variantsNote:
    "Qt permet la diffusion d'office ; Node la refuse (EACCES) tant que setBroadcast(true) n'a pas été appelé.",
  systems:
    "Sous Linux, un envoi à un seul destinataire va au programme attaché à l'adresse exacte, sinon au dernier attaché. Windows ne promet pas lequel des programmes qui partagent un port reçoit. Sous macOS, le partage vaut aussi pour la diffusion, mais 127.255.255.255 peut être refusée : viser alors l'adresse de diffusion du réseau local.",
  parameters: {
    port: { kind: 'port', label: 'Port', default: 12345 },
    hote: { kind: 'host', label: 'Destinataire', default: '127.255.255.255' },
  },
  roles: [
    {
      id: 'recepteur-1',
      title: 'Récepteur 1 (toutes les adresses)',
      program: 'recepteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port'],
      fixed: { adresse: '0.0.0.0' },
      ready: /prêt sur 0\.0\.0\.0, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
    },
    {
      id: 'recepteur-2',
      title: 'Récepteur 2 (toutes les adresses)',
      program: 'recepteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port'],
      fixed: { adresse: '0.0.0.0' },
      ready: /prêt sur 0\.0\.0\.0, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
      takes: { port: 'recepteur-1.port' },
    },
    {
      id: 'recepteur-3',
      title: 'Récepteur 3 (127.0.0.1 seulement)',
      program: 'recepteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['port'],
      fixed: { adresse: '127.0.0.1' },
      ready: /prêt sur 127\.0\.0\.1, port : (?<port>\d+)\s/,
      opens: { port: 'port', over: 'udp' },
      takes: { port: 'recepteur-1.port' },
    },
    {
      id: 'emetteur',
      title: 'Émetteur',
      program: 'emetteur',
      variants: ['ts', 'node', 'qt'],
      parameters: ['hote', 'port'],
      takes: { port: 'recepteur-1.port' },
    },
  ],
  scenario: [
    {
      role: 'recepteur-1',
      action: 'start',
      order: true,
      parameters: { port: 0 },
      expect: { output: /prêt sur 0\.0\.0\.0, port : \d+/ },
      say: "Le récepteur 1 s'attache à toutes les adresses de la machine.",
    },
    {
      role: 'recepteur-2',
      action: 'start',
      expect: { output: /prêt sur 0\.0\.0\.0, port : \d+/ },
      say: 'Le récepteur 2 prend le même port : tous deux ont demandé le partage.',
    },
    {
      role: 'recepteur-3',
      action: 'start',
      expect: { output: /prêt sur 127\.0\.0\.1, port : \d+/ },
      say: 'Le récepteur 3 prend encore ce port, mais pour la seule adresse 127.0.0.1.',
    },
    {
      role: 'emetteur',
      action: 'start',
      parameters: { hote: '127.255.255.255' },
      expect: { output: /Émetteur prêt/ },
      say: "L'émetteur vise 127.255.255.255, l'adresse de diffusion de la boucle locale.",
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'à tous',
      expect: [
        { role: 'recepteur-1', output: /Reçu n° 1 de .* : "à tous"/, event: { kind: 'receive' } },
        { role: 'recepteur-2', output: /Reçu n° 1 de .* : "à tous"/, event: { kind: 'receive' } },
      ],
      say: 'Un seul envoi, deux réceptions : chaque récepteur attaché à toutes les adresses a sa copie.',
      predict: {
        question:
          'Trois récepteurs tiennent le port : 1 et 2 sur toutes les adresses, 3 sur 127.0.0.1. Qui reçoit la diffusion ?',
        options: [
          {
            text: 'Les trois',
            because:
              "Le récepteur 3 s'est attaché à 127.0.0.1 : un datagramme adressé à 127.255.255.255 n'est pas pour lui.",
          },
          {
            text: 'Les récepteurs 1 et 2',
            right: true,
            because: 'Attachés à toutes les adresses, ils reçoivent aussi celle de diffusion.',
          },
          {
            text: 'Le dernier attaché seulement',
            because: "C'est vrai d'un envoi à un seul destinataire, pas d'une diffusion.",
          },
        ],
      },
    },
    {
      role: 'emetteur',
      action: 'eof',
      expect: { exit: 0 },
      say: "L'émetteur s'arrête.",
    },
    {
      role: 'emetteur',
      action: 'start',
      parameters: { hote: '127.0.0.1' },
      expect: { output: /Émetteur prêt/ },
      say: 'Il revient en visant 127.0.0.1 : un seul destinataire.',
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'Bonjour toi',
      expect: { role: 'recepteur-3', output: /Reçu n° 1 de .* : "Bonjour toi"/ },
      say: "Le récepteur 3 reçoit son premier message : il n'avait donc pas reçu la diffusion.",
      predict: {
        question: 'Le message part vers 127.0.0.1. Qui le reçoit ?',
        options: [
          {
            text: 'Les trois récepteurs',
            because: 'Partager un port ne copie pas un envoi à un seul destinataire.',
          },
          {
            text: 'Le récepteur 3',
            right: true,
            because: "Son adresse d'attache est exactement celle visée : le système le préfère.",
          },
          {
            text: 'Le récepteur 1, arrivé le premier',
            because: "L'ancienneté ne donne aucun droit ; l'adresse la plus précise l'emporte.",
          },
        ],
      },
    },
    {
      role: 'recepteur-3',
      action: 'stop',
      say: "Le récepteur 3 s'arrête. Il reste deux récepteurs attachés à toutes les adresses.",
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'Et maintenant ?',
      expect: { role: 'recepteur-2', output: /Reçu n° 2 de .* : "Et maintenant \?"/ },
      say: 'Sous Linux, le dernier attaché reçoit seul : le récepteur 1 ne voit rien passer.',
    },
    {
      role: 'recepteur-2',
      action: 'stop',
      say: "Le récepteur 2 s'arrête à son tour.",
    },
    {
      role: 'emetteur',
      action: 'type',
      text: 'Enfin seul',
      expect: { role: 'recepteur-1', output: /Reçu n° 2 de .* : "Enfin seul"/ },
      say: "Le récepteur 1 reçoit son deuxième message : il n'a vu que la diffusion et celui-ci.",
    },
  ],
})
