import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('client-serveur-tcp', {
  'Deux encodages pour un fil': {
    edits: {
      'client.ts': [
        ['this.socket.write(toUtf8(message))', 'this.socket.write(toLatin1(message))'],
        ['  toUtf8,\n', '  toLatin1,\n'],
      ],
    },
    async play(hands) {
      await hands.sees('serveur', /Reçu : "Bonjour/)
      hands.type('client', 'été 5 €')
      await hands.sees('serveur', /(?:Reçu : [\s\S]*){2}/)
    },
  },
  'Deux secondes d’attente': {
    edits: {
      'client.ts': [
        ['    this.EnvoyerMessage(this.message)\n', ''],
        [
          'client.ConnecterAuServeur(options.hote, options.port)',
          'client.ConnecterAuServeur(options.hote, options.port)\nsetTimeout(() => client.EnvoyerMessage(options.message), 2000)',
        ],
      ],
    },
    play: (hands) => hands.sees('client', /Message envoyé/),
  },
  'Oublier d’accueillir': {
    edits: {
      'serveur.ts': [
        ['    if (this.client) return // la place', '    return\n    if (this.client) return // la place'],
      ],
    },
    async play(hands) {
      await hands.sees('client', hands.made ? /Message envoyé/ : /Reçu/)
      hands.press('client', '\x04')
      await hands.ends('client')
    },
  },
})
