import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

async function start(c: Ctx): Promise<{ program: Program; server: TcpPeer }> {
  const listener = await c.listen('le serveur')
  const program = await c.launch({ port: listener.port })
  return { program, server: await listener.next() }
}

const ANSWER = /^(réponse|suite) \d+$/

export default defineCheck({
  exercise: 'EX-8.6.3-3',
  ready: 'none',
  criteria: [
    {
      id: 'trois-lignes',
      say: 0,
      async run(c) {
        const { program, server } = await start(c)
        for (let i = 1; i <= 3; i++) {
          program.type(`ligne ${i}`)
          await server.gets(`ligne ${i}\n`)
          server.send(`réponse ${i}\n`)
          await program.prints([`réponse ${i}`], ANSWER)
        }
      },
    },
    {
      id: 'apres-ctrl-d',
      say: 1,
      hint: 1,
      async run(c) {
        const { program, server } = await start(c)
        program.type('une question')
        program.eof()
        await server.gets('une question\n')
        await server.getsEnd()
        server.send('réponse 1\n')
        await program.prints(['réponse 1'], ANSWER)
        server.send('suite 2\n')
        server.fin()
        await program.ends(0)
        await program.prints(['suite 2'], ANSWER)
      },
    },
    {
      id: 'ferme-pendant-la-saisie',
      say: 2,
      hint: 2,
      async run(c) {
        const { program, server } = await start(c)
        program.type('bonjour')
        await server.gets('bonjour\n')
        const from = performance.now()
        server.fin()
        await program.ends(12)
        c.between(0, 500, from, performance.now(), 'la fin du programme')
      },
    },
    {
      id: 'mille-lignes',
      say: 3,
      async run(c) {
        const { program, server } = await start(c)
        const lines = Array.from({ length: 1000 }, (_, i) => `ligne ${i}`).join('\n')
        program.type(lines)
        program.eof()
        await server.gets(`${lines}\n`, 3000)
        await server.getsEnd()
      },
    },
  ],
  mutants: [
    {
      name: 'destroy',
      idea: 'fermer les deux sens à Ctrl+D',
      rejectedBy: 'apres-ctrl-d',
      edits: [['    socket.end()\n', '    socket.destroy()\n']],
    },
    {
      name: 'toujours-0',
      idea: 'ne pas distinguer les deux fins',
      rejectedBy: 'ferme-pendant-la-saisie',
      edits: [['finSaisie ? 0 : 12', '0']],
    },
    {
      name: 'sans-fin-de-ligne',
      idea: 'oublier la fin de ligne',
      rejectedBy: 'trois-lignes',
      edits: [['`${ligne}\\n`', 'ligne']],
    },
    {
      name: 'muet-apres',
      idea: 'se taire après Ctrl+D',
      rejectedBy: 'apres-ctrl-d',
      edits: [['(ligne) => console.log(ligne))', '(ligne) => finSaisie || console.log(ligne))']],
    },
  ],
})
