import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('cadrage', {
  'Oublier le tampon': {
    edits: {
      'cadreur.ts': [['Buffer.concat([this.#tampon, octets])', 'Buffer.from(octets)']],
    },
    copies: ['serveur'],
    async play(hands) {
      await hands.sees('serveur', /Message n° \d+/)
    },
  },
  'Compter sur la longueur': {
    given: { cadrage: 'longueur' },
    async play(hands) {
      hands.type('client', '')
      await hands.sees('serveur', /Message n° 6/)
    },
  },
  'Un petit maximum': {
    given: { max: 4 },
    async play(hands) {
      await hands.sees('serveur', /Message refusé|Message n° 5/)
    },
  },
})
