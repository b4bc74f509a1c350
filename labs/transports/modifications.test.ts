import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('transports', {
  'Une autre graine, un autre sort': {
    given: { graine: 7, perte: 50 },
    play: (hands) => hands.sees('recepteur-udp', /Bilan UDP/),
  },
  'Des écritures plus longues': {
    async play(hands) {
      await hands.start('emetteur', {
        transport: 'tcp',
        port: hands.port('recepteur-tcp'),
        taille: hands.made ? 1000 : 0,
      })
      await hands.sees('recepteur-tcp', /Bilan TCP/)
    },
  },
  'Perdre sans relais': {
    async play(hands) {
      const [tampon, gel] = hands.made ? [8192, 500] : [0, 0]
      await hands.start('recepteur-udp', { port: 0, nombre: 200, tampon, gel })
      await hands.start('emetteur', { nombre: 200, port: hands.port('recepteur-udp') })
      await hands.sees('recepteur-udp', /Bilan UDP/)
    },
  },
})
