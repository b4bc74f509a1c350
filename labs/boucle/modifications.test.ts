import { type Hands, testModifications } from '../../tests/labs/modifying.ts'

async function speakTwice(hands: Hands): Promise<void> {
  await hands.sees('emetteur', /Émetteur prêt/)
  for (const rank of [1, 2]) {
    hands.type('emetteur', `message ${rank}`)
    await hands.sees('horloge', new RegExp(`(?:Calcul terminé[\\s\\S]*?TIC[\\s\\S]*){${rank}}`))
  }
}

await testModifications('boucle', {
  'Un slot bref': { given: { calcul: 5 }, play: speakTwice },
  'Des tranches trop grosses': {
    edits: { 'horloge.ts': [['const TRANCHE = 10', 'const TRANCHE = 300']] },
    async play(hands) {
      await hands.start('horloge', { tranches: true, port: hands.port('horloge') })
      await speakTwice(hands)
    },
  },
  'Le même gel en Node': { variants: { horloge: 'node' }, play: speakTwice },
})
