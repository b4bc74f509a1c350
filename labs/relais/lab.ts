import { defineLab } from '../lab.ts'

/** Le relais s'insère dans les autres labos ; il n'a ni page ni démonstration à lui. */
export default defineLab({
  title: 'Relais',
  section: '—',
  goal: 'Maltraiter les échanges entre deux programmes, toujours de la même façon pour une même graine.',
  subgoals: [],
  variantsNote: "Le relais n'est pas une leçon sur Qt : il existe en Node seulement.",
  systems:
    "Il s'attache à 127.0.0.1 et se comporte de même sur tous les systèmes. En TCP il termine deux connexions : le port vu par le serveur est le sien.",
  parameters: {
    transport: { kind: 'choice', label: 'Transport', default: 'udp', choices: { udp: 'UDP', tcp: 'TCP' } },
    hote: { kind: 'host', label: 'Destinataire réel', default: '127.0.0.1' },
    vers: { kind: 'port', label: 'Port du destinataire', default: 12345 },
    port: { kind: 'port', label: 'Port du relais', default: 0 },
    perte: { kind: 'integer', label: 'Pertes (UDP)', default: 20, min: 0, max: 100, unit: '%' },
    retard: { kind: 'integer', label: 'Retard', default: 0, min: 0, max: 5000, unit: 'ms' },
    desordre: { kind: 'integer', label: 'Désordre (UDP)', default: 0, min: 0, max: 100, unit: '%' },
    doublons: { kind: 'integer', label: 'Doublons (UDP)', default: 0, min: 0, max: 100, unit: '%' },
    decoupe: { kind: 'integer', label: 'Découpe (TCP)', default: 0, min: 0, max: 65_535, unit: 'octets' },
    graine: { kind: 'integer', label: 'Graine', default: 42, min: 0, max: 999_999_999 },
  },
  roles: [
    {
      id: 'relais',
      title: 'Relais',
      program: 'relais',
      variants: ['node'],
      parameters: [
        'transport',
        'hote',
        'vers',
        'port',
        'perte',
        'retard',
        'desordre',
        'doublons',
        'decoupe',
        'graine',
      ],
      ready: /Relais prêt.*, port : (?<port>\d+)\s/,
    },
  ],
  scenario: [],
})
