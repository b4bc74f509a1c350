import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

/** Two clients, and the word that closes the door. */
async function closed(c: Ctx): Promise<{ program: Program; stopper: TcpPeer; present: TcpPeer }> {
  const program = await c.launch()
  const present = await c.connect(program, 'le client présent')
  present.send('avant')
  await present.gets('avant')
  const stopper = await c.connect(program, 'le client qui envoie STOP')
  stopper.send('STOP')
  // The door closes when the program reads: clients come until one of them is turned away.
  for (let i = 0; i < 20; i++) {
    await c.absence(40)
    const isClosed = await c.refused(program, 'un nouveau client').then(
      () => true,
      () => false,
    )
    if (isClosed || !program.alive) break
  }
  return { program, stopper, present }
}

export default defineCheck({
  exercise: 'EX-8.6.1-2',
  ready: 'tcp',
  criteria: [
    {
      id: 'refus',
      say: 0,
      hint: 1,
      async run(c) {
        const { program } = await closed(c)
        program.mustLive('STOP')
        await c.refused(program, 'un nouveau client')
      },
    },
    {
      id: 'presents-servis',
      say: 1,
      hint: 1,
      async run(c) {
        const { program, present, stopper } = await closed(c)
        for (const client of [present, stopper]) {
          client.send('toujours là')
          await client.gets('toujours là')
        }
        stopper.fin()
        await c.absence()
        program.mustLive('le départ d’un seul des deux')
        present.send('encore là')
        await present.gets('encore là')
      },
    },
    {
      id: 'fin',
      say: 2,
      hint: 2,
      async run(c) {
        const { program, present, stopper } = await closed(c)
        stopper.fin()
        await stopper.getsEnd()
        const from = performance.now()
        present.fin()
        await program.ends(0)
        c.between(0, 500, from, performance.now(), 'la fin du programme')
      },
    },
  ],
  mutants: [
    {
      name: 'radical',
      idea: 'finir tout de suite',
      rejectedBy: ['refus', 'presents-servis'],
      edits: [["=== 'STOP') serveur.close()", "=== 'STOP') terminer(0)"]],
    },
    {
      name: 'ouvert',
      idea: 'continuer d’écouter',
      rejectedBy: 'refus',
      edits: [["=== 'STOP') serveur.close()", "=== 'STOP') serveur.pauseAccepting()"]],
    },
    {
      name: 'premier-depart',
      idea: 'finir au premier départ',
      rejectedBy: 'presents-servis',
      edits: [[' && presents.size === 0', '']],
    },
    {
      name: 'code-1',
      idea: 'finir avec un autre code',
      rejectedBy: 'fin',
      edits: [['presents.size === 0) terminer(0)', 'presents.size === 0) terminer(1)']],
    },
  ],
})
