import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

/** A server with its first client, served. */
async function served(c: Ctx): Promise<{ program: Program; first: TcpPeer }> {
  const program = await c.launch()
  const first = await c.connect(program, 'le premier client')
  await first.gets('BIENVENUE\n')
  return { program, first }
}

export default defineCheck({
  exercise: 'EX-8.6.7-1',
  ready: 'tcp',
  criteria: [
    {
      id: 'second-refuse',
      say: 0,
      async run(c) {
        const { program, first } = await served(c)
        const second = await c.connect(program, 'le second client')
        await second.gets('OCCUPÉ\n')
        await second.getsEnd()
        second.fin()
        first.send('toujours là')
        await first.gets('toujours là')
      },
    },
    {
      id: 'premier-servi',
      say: 1,
      async run(c) {
        const { program, first } = await served(c)
        const second = await c.connect(program, 'le second client')
        const echo = (n: number) =>
          c.within(300, 'l’écho du premier client, pendant un refus,', async () => {
            first.send(`ping ${n}`)
            await first.gets(`ping ${n}`, 3000)
          })
        await echo(1)
        await second.gets('OCCUPÉ\n')
        // The refused one stays there, and never closes.
        for (const n of [2, 3, 4]) {
          await echo(n)
          await c.absence(20)
        }
      },
    },
    {
      id: 'place-gardee',
      say: 2,
      hint: 1,
      async run(c) {
        const { program, first } = await served(c)
        const second = await c.connect(program, 'le second client')
        await second.gets('OCCUPÉ\n')
        await second.getsEnd()
        second.fin()
        const third = await c.connect(program, 'le troisième client')
        await third.gets('OCCUPÉ\n')
        const brutal = await c.connect(program, 'un refusé brutal')
        brutal.reset()
        first.send('un')
        await first.gets('un')
        const next = await c.connect(program, 'le client d’après')
        await next.gets('OCCUPÉ\n')
      },
    },
    {
      id: 'refuses-bavards',
      say: 1,
      hint: 2,
      async run(c) {
        const { program, first } = await served(c)
        for (let i = 0; i < 5; i++) {
          const talker = await c.connect(program, 'un refusé qui parle')
          talker.send('moi aussi')
          await talker.gets('OCCUPÉ\n')
        }
        first.send('à moi')
        await first.gets('à moi')
        first.nothing('ce que dit un refusé ne regarde pas le premier')
      },
    },
    {
      id: 'place-rendue',
      say: 3,
      hint: 2,
      async run(c) {
        const { program, first } = await served(c)
        first.fin()
        await first.getsEnd()
        const second = await c.connect(program, 'le client suivant')
        await second.gets('BIENVENUE\n')
        second.send('écho')
        await second.gets('écho')
        second.reset()
        await free(c, program)
      },
    },
  ],
  mutants: [
    {
      name: 'muet',
      idea: 'fermer sans rien dire',
      rejectedBy: 'second-refuse',
      edits: [["  nouveau.write('OCCUPÉ\\n')\n", '']],
    },
    {
      name: 'sans-fermer',
      idea: 'écrire OCCUPÉ et garder la connexion',
      rejectedBy: 'second-refuse',
      edits: [['  nouveau.disconnectFromHost()\n', '']],
    },
    {
      name: 'sans-fin-de-ligne',
      idea: 'oublier la fin de ligne',
      rejectedBy: 'second-refuse',
      edits: [["'OCCUPÉ\\n'", "'OCCUPÉ'"]],
    },
    {
      name: 'abort',
      idea: 'couper par abort(), qui jette ce qui restait à envoyer',
      rejectedBy: 'second-refuse',
      edits: [['nouveau.disconnectFromHost()', 'nouveau.abort()']],
    },
    {
      name: 'attente',
      idea: 'attendre le départ du refusé dans le slot',
      rejectedBy: ['second-refuse', 'premier-servi'],
      edits: [
        [
          'nouveau.disconnectFromHost()\n',
          'nouveau.disconnectFromHost()\n  setTimeout(() => {\n    const fin = Date.now() + 2000\n    while (Date.now() < fin);\n  }, 5)\n',
        ],
      ],
    },
    {
      name: 'refuse-libere',
      idea: 'rendre la place au départ de n’importe qui',
      rejectedBy: 'place-gardee',
      edits: [
        ['if (client === parti) client = null', 'client = null'],
        [
          'nouveau.disconnected.connect(() => nouveau.deleteLater())',
          'nouveau.disconnected.connect(() => partir(nouveau))',
        ],
      ],
    },
    {
      name: 'jamais-libre',
      idea: 'ne rien faire au départ du client servi',
      rejectedBy: 'place-rendue',
      edits: [['  if (client === parti) client = null\n', '']],
    },
  ],
})

/** The server learns of a brutal end when it likes: clients come until one of them is served. */
async function free(c: Ctx, program: Program): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const client = await c.connect(program, 'le client d’après la coupure')
    await c.until(() => client.unread.length > 0 || client.ended)
    if (client.unread.at(0) === 'B'.charCodeAt(0) || i === 19) return client.gets('BIENVENUE\n')
    client.reset()
    await c.absence(40)
  }
}
