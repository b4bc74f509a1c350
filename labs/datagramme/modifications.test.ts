import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('datagramme', {
  'Répondre depuis une autre boîte': {
    edits: {
      'recepteur.ts': [['this.udpSocket.writeDatagram(datagram', 'new QUdpSocket().writeDatagram(datagram']],
    },
    play: (hands) => hands.sees('emetteur', /Réponse de /),
  },
  'Une enveloppe vide': {
    edits: {
      'recepteur.ts': [
        [
          '      const datagram = this.udpSocket.receiveDatagram()\n      if (!datagram.isValid()) return\n',
          '      const datagram = this.udpSocket.receiveDatagram()\n      qDebug(datagram.isValid(), this.udpSocket.receiveDatagram().isValid())\n',
        ],
      ],
    },
    play: (hands) => hands.sees('emetteur', /Réponse de /),
  },
})
