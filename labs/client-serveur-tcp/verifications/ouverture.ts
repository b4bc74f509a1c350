import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.6.4-2',
  ready: 'tcp',
  criteria: [
    {
      id: 'port-pris',
      say: 0,
      hint: 1,
      async run(c) {
        const holder = await c.listen('celui qui tient le port')
        const program = await c.launch({ port: holder.port, adresse: '127.0.0.1' }, { ready: 'none' })
        await program.ends(3)
        c.between(0, 1000, program.startedAt, performance.now(), 'la fin du programme')
        await program.prints(['ERREUR PORT_OCCUPE'], /^ERREUR/)
      },
    },
    {
      id: 'une-adresse',
      say: 1,
      hint: 2,
      async run(c) {
        const program = await c.launch({ adresse: '127.0.0.1' })
        const client = await c.connect(program, 'le client de 127.0.0.1')
        await client.gets('BIENVENUE\n')
        const address = c.otherAddress()
        await c.refused(program, `un client qui vise ${address}`, { address })
      },
    },
    {
      id: 'toutes',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch({ adresse: '0.0.0.0' })
        for (const address of ['127.0.0.1', c.otherAddress()]) {
          const client = await c.connect(program, `le client qui vise ${address}`, { address })
          await client.gets('BIENVENUE\n')
        }
      },
    },
    {
      id: 'relance',
      say: 3,
      async run(c) {
        const port = await c.freePort()
        const program = await c.launch({ port, adresse: '127.0.0.1' })
        for (const client of await c.crowd(3, program, 'le client')) await client.gets('BIENVENUE\n')
        program.signal('SIGTERM')
        await program.exit()
        const again = await c.launch({ port, adresse: '127.0.0.1' }, { name: 'votre programme, relancé,' })
        const client = await c.connect(again, 'le client d’après')
        await client.gets('BIENVENUE\n')
      },
    },
  ],
  mutants: [
    {
      name: 'code-1',
      idea: 'finir avec un autre code',
      rejectedBy: 'port-pris',
      edits: [['terminer(3)', 'terminer(1)']],
    },
    {
      name: 'toujours-tout',
      idea: 'écouter partout',
      rejectedBy: 'une-adresse',
      edits: [['new QHostAddress(options.adresse)', 'QHostAddress.AnyIPv4']],
    },
    {
      name: 'toujours-boucle',
      idea: 'écouter sur 127.0.0.1 seulement',
      rejectedBy: 'toutes',
      edits: [['new QHostAddress(options.adresse)', 'QHostAddress.LocalHost']],
    },
    {
      name: 'autre-mot',
      idea: 'dire autre chose que PORT_OCCUPE',
      rejectedBy: 'port-pris',
      edits: [["estPris ? 'ERREUR PORT_OCCUPE' : ", '']],
    },
  ],
})
