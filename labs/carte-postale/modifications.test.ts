import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('carte-postale', {
  'La limite exacte': {
    // Ailleurs, la limite du système est plus basse.
    on: ['linux'],
    async play(hands) {
      for (const taille of hands.made ? [65_507, 65_508] : [65_507, 65_506]) {
        await hands.start('emetteur', { taille, port: hands.port('recepteur') })
        await hands.ends('emetteur')
        if (taille < 65_508) await hands.sees('recepteur', new RegExp(`taille ${taille} :`))
      }
    },
  },
  'Un tampon trop petit': {
    given: { tampon: 4 },
    async play(hands) {
      for (const text of ['premier', 'deuxième']) hands.type('emetteur', text)
      await hands.sees('recepteur', /(?:taille \d+[\s\S]*){2}/)
    },
  },
  'Répondre à l’expéditeur': {
    edits: {
      'recepteur.ts': [
        [
          '    if (coupe) qDebug',
          '    socket.writeDatagram(lu.data, lu.address, lu.port)\n    if (coupe) qDebug',
        ],
      ],
      'emetteur.ts': [
        [
          '// #region envoi',
          "socket.readyRead.connect(() => {\n  while (socket.hasPendingDatagrams()) qDebug('Revenu :', socket.receiveDatagram().data().length)\n})\n// #region envoi",
        ],
      ],
    },
    async play(hands) {
      hands.type('emetteur', 'carte')
      await hands.sees('recepteur', /taille 5/)
    },
  },
})
