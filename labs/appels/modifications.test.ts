import { type Hands, testModifications } from '../../tests/labs/modifying.ts'

async function connect(hands: Hands): Promise<void> {
  for (const call of ['socket', 'bind', 'listen']) hands.type('console-serveur', call)
  await hands.sees('console-serveur', /listen\(\) : réussi/)
  for (const call of ['socket', 'connect']) hands.type('console-client', call)
  await hands.sees('console-client', /connect\(\) : réussi/)
  hands.type('console-serveur', 'accept')
  await hands.sees('console-serveur', /accept\(\) : réussi/)
}

await testModifications('appels', {
  'Oublier d’écouter': {
    async play(hands) {
      for (const call of ['socket', 'bind', ...(hands.made ? [] : ['listen'])]) {
        hands.type('console-serveur', call)
        await hands.sees('console-serveur', new RegExp(`${call}\\(\\) : réussi`))
      }
      for (const call of ['socket', 'connect']) hands.type('console-client', call)
      await hands.sees('console-client', /connect\(\) : /)
    },
  },
  'Changer TIME-WAIT de camp': {
    on: ['linux'],
    async play(hands) {
      await connect(hands)
      const first = hands.made ? 'console-serveur' : 'console-client'
      const second = hands.made ? 'console-client' : 'console-serveur'
      hands.type(first, 'close')
      await hands.sees(first, /close\(\) : réussi/)
      await hands.sees('etats', /FIN-WAIT-2|CLOSE-WAIT/)
      hands.type(second, 'close')
      await hands.sees('etats', /TIME-WAIT/)
    },
  },
  'Finir d’émettre, continuer à lire': {
    async play(hands) {
      await connect(hands)
      if (hands.made) hands.type('console-client', 'shutdown')
      hands.type('console-client', 'recv')
      hands.type('console-serveur', 'send encore')
      await hands.sees('console-client', /recv\(\) = 6/)
    },
  },
})
