import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('qui-est-qui', {
  'Écouter sur toutes les interfaces, en double pile': {
    edits: { 'serveur.ts': [['serveur.listen(QHostAddress.AnyIPv4', 'serveur.listen(QHostAddress.Any']] },
    play: (hands) => hands.sees('serveur', /conversations : 3/),
  },
  'Un client tué': {
    async play(hands) {
      hands.type('client-1', 'bonjour')
      await hands.sees('client-1', /Bien reçu/)
      hands.press('client-1', hands.made ? '\x03' : '\x04')
      await hands.ends('client-1')
      await hands.sees('serveur', /Client 1 parti/)
    },
  },
})
