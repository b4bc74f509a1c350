import { type Ctx, defineCheck, type Program } from '../../check.ts'

async function fails(program: Program, word: string, code: number): Promise<void> {
  await program.prints([`ERREUR ${word}`], /^(ERREUR|REPONSE)/, 6000)
  await program.ends(code)
}

/** When the last line was printed. */
function said(c: Ctx, program: Program): number {
  return program.lines.at(-1)?.at ?? c.fail('le programme n’a rien affiché', 'une ligne ERREUR')
}

export default defineCheck({
  exercise: 'EX-8.6.2-2',
  ready: 'none',
  criteria: [
    {
      id: 'refus',
      say: 0,
      hint: 2,
      async run(c) {
        const program = await c.launch({ port: await c.freePort() })
        await fails(program, 'REFUS', 10)
        c.between(0, 500, program.startedAt, said(c, program), 'le diagnostic')
      },
    },
    {
      id: 'hote',
      say: 1,
      hint: 2,
      async run(c) {
        await fails(await c.launch({ hote: 'x.invalid', port: 1234 }), 'HOTE', 11)
      },
    },
    {
      id: 'delai',
      say: 2,
      hint: 1,
      only: 'linux',
      async run(c) {
        const port = await c.blackHole()
        const program = await c.launch({ port })
        const { from } = await c.attempt(port)
        await fails(program, 'DELAI', 12)
        c.between(1500, 2500, from, said(c, program), 'le délai')
      },
    },
    {
      id: 'ferme',
      say: 3,
      hint: 2,
      async run(c) {
        const listener = await c.listen('le serveur')
        const program = await c.launch({ port: listener.port })
        const server = await listener.next()
        server.fin()
        await fails(program, 'FERME', 13)
      },
    },
    {
      id: 'lent-mais-la',
      say: 3,
      hint: 1,
      async run(c) {
        const listener = await c.listen('le serveur qui répond tard')
        const program = await c.launch({ port: listener.port })
        const server = await listener.next()
        // Connected: the delay of the connection no longer counts.
        await c.pause(2400)
        server.fin()
        await fails(program, 'FERME', 13)
      },
    },
  ],
  mutants: [
    {
      name: 'sans-delai',
      idea: 'attendre le système',
      rejectedBy: 'delai',
      edits: [['minuteur.start(2000)\n', '']],
    },
    {
      name: 'minuteur-arme',
      idea: 'laisser courir le minuteur après la connexion',
      rejectedBy: 'lent-mais-la',
      edits: [['socket.connected.connect(() => minuteur.stop())\n', '']],
    },
    {
      name: 'meme-code',
      idea: 'le même code pour tout',
      rejectedBy: 'refus',
      edits: [['  terminer(code)\n', '  terminer(code && 1)\n']],
    },
    {
      name: 'hote-refus',
      idea: 'confondre un hôte inconnu et un refus',
      rejectedBy: 'hote',
      edits: [["{ mot: 'HOTE', code: 11 }", "{ mot: 'REFUS', code: 10 }"]],
    },
  ],
})
