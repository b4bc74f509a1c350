import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.6.2-4',
  ready: 'none',
  criteria: [
    {
      id: 'un-seul-message',
      say: 0,
      hint: 1,
      async run(c) {
        const port = await c.freePort()
        const program = await c.launch({ port, message: 'coucou' })
        await program.line(/^ESSAI 3$/, 4000)
        await c.pause(150)
        const listener = await c.listen('le serveur', { port })
        const server = await listener.next(4000)
        await server.gets('coucou\n', 2000)
        await server.getsEnd(2000)
        server.fin()
        await program.ends(0)
        await c.absence(300)
        if (listener.accepted.length !== 1)
          c.fail(`le serveur a vu ${listener.accepted.length} connexions`, 'une seule')
      },
    },
    {
      id: 'delais-doubles',
      say: 1,
      hint: 2,
      async run(c) {
        const program = await c.launch({ port: await c.freePort() })
        let { at: previous } = await program.line(/^ESSAI 1$/, 4000)
        for (const [i, wait] of [200, 400, 800, 1600].entries()) {
          const { at } = await program.line(new RegExp(`^ESSAI ${i + 2}$`), 4000)
          c.between(wait * 0.7, wait * 1.3, previous, at, `l’attente entre les essais ${i + 1} et ${i + 2}`)
          previous = at
        }
      },
    },
    {
      id: 'abandon',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch({ port: await c.freePort() })
        await program.ends(14, 9000)
        const tries = program.lines.filter(({ text }) => /^ESSAI \d+$/.test(text)).length
        if (tries !== 5) c.fail(`${tries} essais affichés`, '5 essais : le premier, puis 4 reprises')
      },
    },
    {
      id: 'pas-de-renvoi',
      say: 3,
      hint: 1,
      async run(c) {
        const listener = await c.listen('le serveur')
        const program = await c.launch({ port: listener.port, message: 'unique' })
        const server = await listener.next(4000)
        await server.gets('unique\n', 2000)
        server.reset()
        await program.exit(6000)
        await c.absence(100)
        const again = listener.accepted.length - 1
        if (again > 0)
          c.fail(
            `après la coupure, le serveur a vu ${again} autre connexion`,
            'aucune : le message est parti',
          )
      },
    },
  ],
  mutants: [
    {
      name: 'tempete',
      idea: 'réessayer aussitôt',
      rejectedBy: ['un-seul-message', 'delais-doubles'],
      edits: [['QTimer.singleShot(delai, essayer)', 'QTimer.singleShot(1, essayer)']],
    },
    {
      name: 'constant',
      idea: 'attendre 200 ms à chaque fois',
      rejectedBy: 'delais-doubles',
      edits: [['QTimer.singleShot(delai, essayer)', 'QTimer.singleShot(200, essayer)']],
    },
    {
      name: 'code-1',
      idea: 'abandonner avec un autre code',
      rejectedBy: 'abandon',
      edits: [['terminer(14)', 'terminer(1)']],
    },
    {
      name: 'renvoie',
      idea: 'oublier que le message est parti',
      rejectedBy: 'pas-de-renvoi',
      edits: [
        ['  if (estParti) return\n', ''],
        ['  socket.disconnectFromHost()\n', '  setTimeout(() => socket.disconnectFromHost(), 300)\n'],
        [
          'socket.disconnected.connect(() => terminer(0))\n',
          'socket.disconnected.connect(() => setTimeout(terminer, 1500, 0))\n',
        ],
      ],
    },
    {
      name: 'trois-reprises',
      idea: 'compter le premier essai parmi les reprises',
      rejectedBy: 'delais-doubles',
      edits: [['[200, 400, 800, 1600]', '[200, 400, 800]']],
    },
  ],
})
