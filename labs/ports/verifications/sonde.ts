import { type Ctx, defineCheck } from '../../check.ts'

/** The program must print this word, and end. */
async function probes(c: Ctx, port: number, word: string): Promise<{ from: number; to: number }> {
  const program = await c.launch({ port })
  const { at } = await program.line(/^(OUVERT|FERME|SILENCIEUX)$/, 4000)
  const said = program.lines.find((line) => line.at === at)?.text ?? ''
  if (said !== word) c.fail(`le programme a affiché « ${said} »`, `« ${word} »`)
  return { from: program.startedAt, to: at }
}

export default defineCheck({
  exercise: 'EX-8.1-2',
  ready: 'none',
  criteria: [
    {
      id: 'ouvert',
      say: 0,
      hint: 1,
      async run(c) {
        const listener = await c.listen('le serveur')
        const program = await c.launch({ port: listener.port })
        const peer = await listener.next()
        await program.prints(['OUVERT'], /^[A-Z]+$/, 3000)
        await peer.getsEnd()
        peer.fin()
        await program.exit(2500)
      },
    },
    {
      id: 'ferme',
      say: 1,
      hint: 2,
      async run(c) {
        const { from, to } = await probes(c, await c.freePort(), 'FERME')
        c.between(0, 500, from, to, 'la réponse')
      },
    },
    {
      id: 'udp-seul',
      say: 2,
      async run(c) {
        const holder = await c.udp('celui qui tient le port en UDP')
        await probes(c, holder.port, 'FERME')
      },
    },
    {
      id: 'silencieux',
      say: 3,
      hint: 1,
      only: 'linux',
      async run(c) {
        const port = await c.blackHole()
        const program = await c.launch({ port })
        const { from } = await c.attempt(port)
        await program.prints(['SILENCIEUX'], /^[A-Z]+$/, 4000)
        const at = program.lines.find(({ text }) => text === 'SILENCIEUX')?.at ?? 0
        c.between(1500, 2500, from, at, 'l’attente')
      },
    },
    {
      id: 'usage',
      say: 4,
      async run(c) {
        for (const port of [0, 70_000]) {
          const program = await c.launch({ port })
          await program.ends(2)
          if (program.lines.length === 0) c.fail('le programme ne dit rien', 'un message d’usage')
        }
      },
    },
  ],
  mutants: [
    {
      name: 'coupure',
      idea: 'couper au lieu de fermer',
      rejectedBy: 'ouvert',
      edits: [
        ["  console.log('OUVERT')\n  socket.end()", "  console.log('OUVERT')\n  socket.resetAndDestroy()"],
      ],
    },
    {
      name: 'tout-silence',
      idea: 'prendre un refus pour un silence',
      rejectedBy: 'ferme',
      edits: [["erreur.code === 'ECONNREFUSED'", "erreur.code === 'EACCES'"]],
    },
    {
      name: 'impatient',
      idea: 'renoncer au bout d’une demi-seconde',
      rejectedBy: 'silencieux',
      edits: [['const PATIENCE = 2000', 'const PATIENCE = 500']],
    },
    {
      name: 'port-0',
      idea: 'sonder le port 0',
      rejectedBy: 'usage',
      edits: [['options.port === 0', 'options.port < 0']],
    },
  ],
})
