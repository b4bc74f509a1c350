import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('client-vole', {
  'Ne réparer qu’une faute': {
    edits: {
      'serveur.ts': [['this.client.disconnect() //', 'this.client.disconnectFromHost() //']],
    },
    async play(hands) {
      hands.press('client-a', '\x04')
      await hands.ends('client-a')
      await hands.sees('serveur', /Client déconnecté/)
      await hands.start('client-a', { port: hands.port('serveur') })
      await hands.sees('serveur', /(?:Nouveau client[\s\S]*){3}/)
      hands.press('client-a', '\x04')
      await hands.ends('client-a')
      await hands.sees('serveur', /(?:Erreur client[\s\S]*){2}/)
    },
  },
  'Capturer au lieu de demander': {
    edits: {
      'serveur-repare.ts': [
        [
          'client.disconnected.connect(this, this.onQTcpSocket_Disconnected)',
          "client.disconnected.connect(() => {\n      qDebug('Client déconnecté')\n      client.deleteLater()\n    })",
        ],
      ],
    },
    alike: true,
    async play(hands) {
      await hands.start('serveur-repare')
      await hands.start('client-a', { port: hands.port('serveur-repare') })
      hands.type('client-a', 'un')
      await hands.sees('client-a', /Reçu : /)
      hands.press('client-a', '\x04')
      await hands.sees('serveur-repare', /Client déconnecté/)
    },
  },
})
