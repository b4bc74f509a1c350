import { type Ctx, defineCheck } from '../../check.ts'

async function failsWith(c: Ctx, options: { port: number; adresse?: string }, word: string): Promise<void> {
  const program = await c.launch(options, { ready: 'none' })
  await program.ends(3)
  await program.prints([`ERREUR ${word}`], /^(ERREUR|PRET)/)
}

export default defineCheck({
  exercise: 'EX-8.5-3',
  ready: 'none',
  criteria: [
    {
      id: 'port-pris',
      say: 0,
      hint: 1,
      async run(c) {
        const holder = await c.udp('celui qui tient le port')
        await failsWith(c, { port: holder.port }, 'PORT_OCCUPE')
      },
    },
    {
      id: 'adresse',
      say: 1,
      hint: 1,
      async run(c) {
        await failsWith(c, { port: 0, adresse: '192.0.2.77' }, 'ADRESSE')
      },
    },
    {
      id: 'port-choisi',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch({ port: 0 }, { ready: 'none' })
        const port = Number((await program.line(/^PRET (\d+)$/, 3000)).match[1])
        if (port === 0) c.fail('le programme annonce le port 0', 'le port choisi par le système')
        const sender = await c.udp('l’émetteur', { to: port })
        const isTaken = await c.udp('le concurrent', { port }).then(
          () => false,
          () => true,
        )
        if (!isTaken) c.fail(`personne ne tient le port ${port}`, 'le port annoncé, tenu par le programme')
        await sender.send('bonjour')
        await c.absence(50)
        program.mustLive('un datagramme')
      },
    },
  ],
  mutants: [
    {
      name: 'code-1',
      idea: 'finir avec le code 1',
      rejectedBy: 'port-pris',
      edits: [['terminer(3)', 'terminer(1)']],
    },
    {
      name: 'tout-pris',
      idea: 'croire que tout échec est un port pris',
      rejectedBy: 'adresse',
      edits: [["estPris ? 'PORT_OCCUPE' : 'ADRESSE'", "estPris || !estPris ? 'PORT_OCCUPE' : 'ADRESSE'"]],
    },
    {
      name: 'port-demande',
      idea: 'annoncer le port demandé',
      rejectedBy: 'port-choisi',
      edits: [["console.log('PRET', socket.localPort())", "console.log('PRET', options.port)"]],
    },
  ],
})
