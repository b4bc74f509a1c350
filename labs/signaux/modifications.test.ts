import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('signaux', {
  'Deux liaisons pour un signal': {
    edits: {
      'client.ts': [
        [
          "    this.socket.connected.connect(() => qDebug('signal connected'))\n",
          "    this.socket.connected.connect(() => qDebug('signal connected'))\n    this.socket.connected.connect(() => qDebug('signal connected'))\n",
        ],
      ],
    },
    play: (hands) => hands.sees('client', /BONJOUR/),
  },
  'Sans minuteur': {
    edits: { 'client.ts': [['this.minuteur.start()', 'this.minuteur.stop()']] },
    on: ['linux'],
    async play(hands) {
      await hands.start('serveur', { mode: 'trou-noir', port: 0 })
      await hands.start('client', { port: hands.port('serveur') })
      await hands.ends('client')
    },
  },
})
