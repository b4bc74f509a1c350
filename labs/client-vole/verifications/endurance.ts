import { type Ctx, defineCheck, type Program } from '../../check.ts'

const CLIENTS = 5000
/** Clients at a time. */
const GROUP = 10
const LEFT = /^Client déconnecté$/
/** Growth allowed between the thousandth client and the last one, in bytes. */
const GROWTH = 40e6

/** Serves `n` clients: one out of ten cuts. */
async function serve(c: Ctx, program: Program, n: number): Promise<void> {
  for (let done = 0; done < n; done += GROUP) {
    const crowd = await c.crowd(GROUP, program, 'le client')
    for (const client of crowd) client.send('bonjour')
    for (const [i, client] of crowd.entries()) {
      await client.gets('bonjour', 3000)
      if (i === 0) client.reset()
      else client.fin()
    }
  }
}

async function leave(c: Ctx, program: Program, wanted: number): Promise<void> {
  const left = () => program.lines.filter(({ text }) => LEFT.test(text)).length
  await c.until(() => left() >= wanted, 3000)
  if (left() !== wanted)
    c.fail(`« Client déconnecté » s’affiche ${left()} fois pour ${wanted} départs`, `${wanted} fois`)
}

export default defineCheck({
  exercise: 'EX-8.6.5-3',
  ready: 'tcp',
  criteria: [
    {
      id: 'departs',
      say: 0,
      async run(c) {
        const program = await c.launch()
        await serve(c, program, 200)
        await leave(c, program, 200)
      },
    },
    {
      id: 'cinq-mille',
      say: 1,
      hint: 1,
      measures: 'memory',
      async run(c) {
        const program = await c.launch()
        await serve(c, program, 1000)
        const before = program.memory()
        await serve(c, program, CLIENTS - 1000)
        const after = program.memory()
        program.mustLive(`${CLIENTS} clients`)
        if (before !== null && after !== null && after - before > GROWTH) {
          c.fail(`la mémoire a grandi de ${Math.round((after - before) / 1e6)} Mo`, '40 Mo au plus')
        }
        await leave(c, program, CLIENTS)
      },
    },
    {
      id: 'le-suivant',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        await serve(c, program, 300)
        await c.within(200, 'le service du client suivant', async () => {
          const client = await c.connect(program, 'le client suivant')
          client.send('bonjour')
          await client.gets('bonjour', 3000)
        })
      },
    },
  ],
  mutants: [
    {
      name: 'historique',
      idea: 'garder tous les clients, et ce qu’ils ont dit',
      rejectedBy: 'cinq-mille',
      edits: [
        ['serveur.newConnection', 'const historique: unknown[] = []\nserveur.newConnection'],
        [
          "      console.log('Client déconnecté')\n",
          "      console.log('Client déconnecté')\n      historique.push([nouveau, Buffer.alloc(16_384)])\n",
        ],
      ],
    },
    {
      name: 'departs-oublies',
      idea: 'oublier un départ sur dix',
      rejectedBy: 'departs',
      edits: [
        [
          "      console.log('Client déconnecté')\n",
          "      if (Math.random() < 0.9) console.log('Client déconnecté')\n",
        ],
      ],
    },
    {
      name: 'fragile',
      idea: 'finir au premier départ brutal',
      rejectedBy: 'departs',
      edits: [
        [
          "      console.log('Client déconnecté')\n",
          "      console.log('Client déconnecté')\n      if (Math.random() < 0.1) terminer(1)\n",
        ],
      ],
    },
  ],
})
