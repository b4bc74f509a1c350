import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('diffusion', {
  'Sans la permission': {
    edits: {
      'emetteur.node.ts': [['socket.bind(0, () => socket.setBroadcast(true))', 'socket.bind(0)']],
    },
    variants: { emetteur: 'node' },
    async play(hands) {
      await hands.sees('emetteur', /Émetteur prêt/)
      hands.type('emetteur', 'bonjour')
      await hands.sees('emetteur', hands.made ? /Accès refusé/ : /Envoyé/)
    },
  },
  'Sans partage du port': {
    edits: { 'recepteur.ts': [[', ShareAddress | ReuseAddressHint))', '))']] },
    async play(hands) {
      if (hands.made) await hands.ends('recepteur-2')
      else await hands.sees('recepteur-2', /prêt/)
    },
  },
  'Un autre port': {
    async play(hands) {
      const port = hands.port('recepteur-1')
      await hands.start('emetteur', { port: hands.made ? (port === 65_535 ? 65_534 : port + 1) : port })
      await hands.sees('emetteur', /Émetteur prêt/)
      hands.type('emetteur', 'quelqu’un ?')
      await hands.sees('emetteur', /Envoyé/)
      if (!hands.made) await hands.sees('recepteur-1', /Reçu/)
      await hands.stop('recepteur-1')
    },
  },
})
