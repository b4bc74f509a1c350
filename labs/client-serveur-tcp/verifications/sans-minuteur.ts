import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

async function start(c: Ctx): Promise<{ program: Program; server: TcpPeer }> {
  const listener = await c.listen('le serveur')
  const program = await c.launch({ port: listener.port, message: 'Hello' })
  return { program, server: await listener.next() }
}

export default defineCheck({
  exercise: 'EX-8.6.3-1',
  ready: 'none',
  criteria: [
    {
      id: 'des-la-connexion',
      say: 0,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets('Hello', 5000)
        c.between(0, 200, server.since, performance.now(), 'l’attente du message')
        await c.absence()
        server.nothing('le message part une seule fois')
        server.fin()
        await program.ends(0)
      },
    },
    {
      id: 'trois-morceaux',
      say: 1,
      hint: 1,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets('Hello', 5000)
        await server.trickle('Bonjour, client !', 6)
        server.fin()
        await program.ends(0)
        const shown = program.lines.filter(({ text }) => text === 'Bonjour, client !').length
        if (shown !== 1) {
          const lines = program.lines.map(({ text }) => text).join(' / ')
          c.fail(`le programme a affiché « ${lines} »`, 'une ligne « Bonjour, client ! »')
        }
      },
    },
    {
      id: 'absent',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch({ port: await c.freePort(), message: 'Hello' })
        await program.ends(null)
        c.between(0, 1000, program.startedAt, performance.now(), 'la fin du programme, serveur absent,')
      },
    },
  ],
  mutants: [
    {
      name: 'minuteur',
      idea: 'garder un minuteur',
      rejectedBy: 'des-la-connexion',
      edits: [
        [
          'socket.connected.connect(() => socket.write(toUtf8(options.message)))',
          'setTimeout(() => socket.write(toUtf8(options.message)), 1500)',
        ],
      ],
    },
    {
      name: 'par-morceau',
      idea: 'afficher chaque morceau',
      rejectedBy: 'trois-morceaux',
      edits: [['morceaux.push(socket.readAll())', 'console.log(fromUtf8(socket.readAll()))']],
    },
    {
      name: 'code-0',
      idea: 'finir par 0 quand le serveur est absent',
      rejectedBy: 'absent',
      edits: [['terminer(1)', 'terminer(0)']],
    },
    {
      name: 'fermeture-erreur',
      idea: 'prendre la fermeture du serveur pour une panne',
      rejectedBy: 'des-la-connexion',
      edits: [['  if (erreur === QAbstractSocket.SocketError.RemoteHostClosedError) return\n', '']],
    },
  ],
})
