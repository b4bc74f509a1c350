import { testModifications } from '../../tests/labs/modifying.ts'

await testModifications('ports', {
  'Deux programmes, une porte': {
    async play(hands) {
      await hands.start('second-web', hands.made ? { port: hands.port('mini-web') } : { port: 0 })
      await hands.sees('second-web', /déjà pris|prêt/)
    },
  },
  'Changer le contenu de la page': {
    edits: { 'mini-web.node.ts': [['Bonjour du mini-web', 'Nouvelle page']] },
    play: (hands) => hands.ends('client'),
  },
  'Une attache trop étroite': {
    on: ['linux'],
    async play(hands) {
      await hands.start('client', {
        port: hands.port('mini-web'),
        hote: hands.made ? '127.0.0.2' : '127.0.0.1',
      })
      await hands.ends('client')
    },
  },
})
