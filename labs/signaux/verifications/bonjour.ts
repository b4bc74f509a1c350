import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

async function start(c: Ctx): Promise<{ program: Program; server: TcpPeer }> {
  const listener = await c.listen('le serveur')
  const program = await c.launch({ port: listener.port })
  return { program, server: await listener.next() }
}

async function shows(c: Ctx, program: Program, text: string): Promise<void> {
  await program.ends(0)
  const shown = program.lines.map((line) => line.text).filter((line) => line !== '')
  if (shown.join('/') !== text)
    c.fail(`le programme a affiché « ${shown.join(' / ')} »`, `« ${text} », une seule fois`)
}

export default defineCheck({
  exercise: 'EX-8.6.2-1',
  ready: 'none',
  criteria: [
    {
      id: 'huit-octets',
      say: 0,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets('Bonjour\n', 3000)
        await c.absence()
        server.nothing('Bonjour et une fin de ligne, rien d’autre')
        server.send('Salut\n')
        await server.getsEnd(2000)
        server.fin()
        await shows(c, program, 'Salut')
      },
    },
    {
      id: 'deux-morceaux',
      say: 1,
      hint: 1,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets('Bonjour\n', 3000)
        server.send('Sa')
        await c.absence(100)
        server.send('lut\n')
        await server.getsEnd(2000)
        server.fin()
        await shows(c, program, 'Salut')
      },
    },
    {
      id: 'fermeture-propre',
      say: 2,
      hint: 2,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets('Bonjour\n', 3000)
        server.send('Salut\nune ligne de plus\n')
        await server.getsEnd(2000)
        server.fin()
        await shows(c, program, 'Salut')
      },
    },
    {
      id: 'parle-d-abord',
      say: 3,
      async run(c) {
        const listener = await c.listen('le serveur qui parle d’abord')
        const program = await c.launch({ port: listener.port })
        const server = await listener.next()
        server.send('Bienvenue\n')
        await server.gets('Bonjour\n', 3000)
        await server.getsEnd(2000)
        server.fin()
        await shows(c, program, 'Bienvenue')
      },
    },
  ],
  mutants: [
    {
      name: 'sans-fin-de-ligne',
      idea: 'oublier la fin de ligne',
      rejectedBy: 'huit-octets',
      edits: [["'Bonjour\\n'", "'Bonjour'"]],
    },
    {
      name: 'par-morceau',
      idea: 'afficher dès le premier morceau',
      rejectedBy: 'deux-morceaux',
      edits: [
        ['!socket.canReadLine() || aRepondu', 'aRepondu'],
        ['socket.readLine()', 'socket.readAll()'],
      ],
    },
    {
      name: 'tout',
      idea: 'afficher tout ce qui est arrivé',
      rejectedBy: 'fermeture-propre',
      edits: [['socket.readLine()', 'socket.readAll()']],
    },
    {
      name: 'coupure',
      idea: 'couper au lieu de fermer',
      rejectedBy: ['huit-octets', 'deux-morceaux', 'fermeture-propre'],
      edits: [['  socket.disconnectFromHost()\n', '  process.kill(process.pid, "SIGKILL")\n']],
    },
    {
      name: 'apres-la-reponse',
      idea: 'attendre que le serveur parle',
      rejectedBy: 'huit-octets',
      edits: [
        ["socket.connected.connect(() => socket.write('Bonjour\\n'))\n", ''],
        ['  aRepondu = true\n', "  aRepondu = true\n  socket.write('Bonjour\\n')\n"],
      ],
    },
  ],
})
