import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('udp', {
  'Ouvrir aussi à IPv6': {
    edits: { 'recepteur.ts': [['bind(QHostAddress.AnyIPv4', 'bind(QHostAddress.Any']] },
    play: (hands) => hands.sees('recepteur', /Reçu de/),
  },
  'Un seul datagramme par signal': {
    edits: { 'recepteur.ts': [['    while (this.udpSocket', '    if (this.udpSocket']] },
    alike: true,
    async play(hands) {
      await hands.start('emetteur', { fois: 5, port: hands.port('recepteur') })
      await hands.sees('recepteur', /(?:Reçu de[\s\S]*){5}/)
    },
  },
  'Ne rien lire': {
    edits: {
      'recepteur.ts': [
        ['    while (this.udpSocket', "    qDebug('Appelé')\n    return\n    while (this.udpSocket"],
      ],
    },
    async play(hands) {
      const line = hands.made ? /Appelé/ : /Reçu de/
      await hands.sees('recepteur', line)
      hands.type('emetteur', 'encore')
      await hands.sees('emetteur', /(?:Datagramme envoyé[\s\S]*){2}/)
      if (!hands.made) await hands.sees('recepteur', /"encore"/)
      hands.press('recepteur', '\x03')
      await hands.ends('recepteur')
    },
  },
  'Un tampon de quatre octets': {
    edits: { 'recepteur.ts': [['readDatagram(taille)', 'readDatagram(4)']] },
    async play(hands) {
      hands.type('emetteur', 'deuxième')
      await hands.sees('recepteur', /(?:Reçu de[\s\S]*){2}/)
    },
  },
})
