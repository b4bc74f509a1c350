import { type Ctx, defineCheck, type Program } from '../../check.ts'

const STATE = /^(RECHERCHE|CONNEXION|CONNECTE|FERMETURE|DECONNECTE)$/

async function states(program: Program): Promise<string[]> {
  await program.exit()
  return program.lines.map(({ text }) => text).filter((text) => STATE.test(text))
}

async function connected(c: Ctx): Promise<string[]> {
  const listener = await c.listen('le serveur')
  const program = await c.launch({ port: listener.port })
  const server = await listener.next()
  await server.getsEnd(2000)
  server.fin()
  return states(program)
}

export default defineCheck({
  exercise: 'EX-8.6.2-3',
  ready: 'none',
  criteria: [
    {
      id: 'cinq-lignes',
      say: 0,
      hint: 2,
      async run(c) {
        const seen = (await connected(c)).join(', ')
        const wanted = 'RECHERCHE, CONNEXION, CONNECTE, FERMETURE, DECONNECTE'
        if (seen !== wanted) c.fail(`le programme a affiché ${seen || 'aucun état'}`, wanted)
      },
    },
    {
      id: 'refus',
      say: 1,
      async run(c) {
        const program = await c.launch({ port: await c.freePort() })
        const seen = await states(program)
        if (seen.includes('CONNECTE')) c.fail('CONNECTE s’affiche après un refus', 'jamais CONNECTE')
        if (seen.join() !== 'RECHERCHE,CONNEXION,DECONNECTE') {
          c.fail(
            `le programme a affiché ${seen.join(', ') || 'aucun état'}`,
            'RECHERCHE, CONNEXION, DECONNECTE',
          )
        }
      },
    },
    {
      id: 'sans-repetition',
      say: 2,
      async run(c) {
        const seen = await connected(c)
        const repeated = seen.find((state, i) => state === seen[i - 1])
        if (repeated) c.fail(`${repeated} s’affiche deux fois de suite`, 'un changement par ligne')
      },
    },
  ],
  mutants: [
    {
      name: 'sans-fermeture',
      idea: 'oublier un état',
      rejectedBy: 'cinq-lignes',
      edits: [["  [QAbstractSocket.SocketState.ClosingState, 'FERMETURE'],\n", '']],
    },
    {
      name: 'toujours-tout',
      idea: 'afficher les cinq lignes sans regarder',
      rejectedBy: ['cinq-lignes', 'refus'],
      edits: [
        [
          'socket.errorOccurred.connect(() => terminer(1))',
          "socket.errorOccurred.connect(() => {\n  console.log('CONNECTE')\n  terminer(1)\n})",
        ],
      ],
    },
    {
      name: 'deux-fois',
      idea: 'relier le slot deux fois',
      rejectedBy: 'cinq-lignes',
      edits: [
        [
          'socket.connected.connect',
          'socket.stateChanged.connect((etat) => console.log(MOTS.get(etat)))\nsocket.connected.connect',
        ],
      ],
    },
  ],
})
