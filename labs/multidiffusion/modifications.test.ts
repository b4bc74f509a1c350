import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('multidiffusion', {
  'Le groupe refusé': {
    edits: { 'recepteur.ts': [['socket.bind(QHostAddress.AnyIPv4', 'socket.bind(QHostAddress.Any']] },
    async play(hands) {
      hands.type('membre', 'REJOINDRE')
      await hands.sees('membre', /rejoint/)
    },
  },
  'Un groupe de contrôle': {
    given: { groupe: '224.0.0.1' },
    on: ['linux'],
    async play(hands) {
      await hands.sees('emetteur', /Émetteur prêt/)
      hands.type('emetteur', 'avant')
      await hands.sees('emetteur', /Envoyé au groupe/)
    },
  },
  'Pas plus loin que la machine': {
    edits: { 'emetteur.ts': [['setMulticastTtl(1)', 'setMulticastTtl(0)']] },
    alike: true,
    async play(hands) {
      hands.type('membre', 'REJOINDRE')
      await hands.sees('membre', /rejoint/)
      await hands.sees('emetteur', /Émetteur prêt/)
      hands.type('emetteur', 'ici')
      await hands.sees('membre', /Reçu n° 1/)
    },
  },
})
