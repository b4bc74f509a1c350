import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('refus', {
  'Oublier de libérer la place': {
    edits: {
      'serveur.ts': [['    this.client = null // la place', '    // this.client = null // la place']],
    },
    async play(hands) {
      hands.press('client-1', '\x04')
      await hands.sees('serveur', /Client déconnecté/)
      await hands.start('client-2', { port: hands.port('serveur') })
      await hands.sees('client-2', /BIENVENUE|OCCUPÉ/)
    },
  },
  'Libérer la place au départ d’un refusé': {
    edits: {
      'serveur.ts': [
        [
          '    nouveau.disconnected.connect(nouveau, nouveau.deleteLater)\n',
          '    nouveau.disconnected.connect(this, this.onQTcpSocket_Disconnected)\n    nouveau.disconnected.connect(nouveau, nouveau.deleteLater)\n',
        ],
      ],
    },
    async play(hands) {
      await hands.ends('client-2')
      if (hands.made) await hands.ends('client-1')
      else {
        hands.press('client-1', '\x04')
        await hands.ends('client-1')
      }
      await hands.sees('serveur', /Client déconnecté/)
      await hands.start('client-2', { port: hands.port('serveur') })
      await hands.sees('client-2', /BIENVENUE/)
    },
  },
  'Raccrocher avec abort': {
    edits: { 'serveur.ts': [['nouveau.disconnectFromHost()', 'nouveau.abort()']] },
    play: (hands) => hands.ends('client-2'),
  },
})
