import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

async function full(c: Ctx): Promise<{ program: Program; served: TcpPeer[] }> {
  const program = await c.launch({ max: 3, port: await c.freePort() })
  const served: TcpPeer[] = []
  for (let i = 1; i <= 3; i++) {
    const client = await c.connect(program, `le client servi ${i}`)
    await echo(client)
    served.push(client)
  }
  return { program, served }
}

async function echo(client: TcpPeer): Promise<void> {
  client.send('bonjour')
  await client.gets('bonjour')
}

async function turnedAway(c: Ctx, program: Program, name = 'le client de trop'): Promise<TcpPeer> {
  const client = await c.connect(program, name)
  await client.gets('COMPLET\n')
  await client.getsEnd()
  return client
}

export default defineCheck({
  exercise: 'EX-8.6.6-3',
  ready: 'tcp',
  criteria: [
    {
      id: 'quatrieme',
      say: 0,
      hint: 2,
      async run(c) {
        const { program, served } = await full(c)
        await turnedAway(c, program)
        for (const client of served) await echo(client)
      },
    },
    {
      id: 'place-rendue',
      say: 1,
      hint: 1,
      async run(c) {
        const { program, served } = await full(c)
        served[1]!.fin()
        await served[1]!.getsEnd()
        await echo(await c.connect(program, 'le client qui prend la place'))
        await turnedAway(c, program)
        served[0]!.reset()
        await c.absence(100)
        await echo(await c.connect(program, 'le client qui prend la place coupée'))
      },
    },
    {
      id: 'refuse-parti',
      say: 2,
      hint: 1,
      async run(c) {
        const { program } = await full(c)
        const away = await turnedAway(c, program)
        away.fin()
        const brutal = await turnedAway(c, program)
        brutal.reset()
        await c.absence(50)
        await turnedAway(c, program, 'le client de trop suivant')
      },
    },
    {
      id: 'vingt-refus',
      say: 3,
      async run(c) {
        const { program, served } = await full(c)
        for (let i = 1; i <= 20; i++) await turnedAway(c, program, `le refusé ${i}`)
        for (const client of served) await echo(client)
      },
    },
  ],
  mutants: [
    {
      name: 'file-limitee',
      idea: 'limiter la file d’attente, et non les clients',
      rejectedBy: 'quatrieme',
      edits: [['if (clients.size < options.max) accueillir', 'if (clients.size < 1000) accueillir']],
    },
    {
      name: 'un-de-trop',
      idea: 'accepter un client de plus',
      rejectedBy: 'quatrieme',
      edits: [['clients.size < options.max', 'clients.size <= options.max']],
    },
    {
      name: 'place-perdue',
      idea: 'ne jamais rendre une place',
      rejectedBy: 'place-rendue',
      edits: [['    clients.delete(client)\n', '']],
    },
    {
      name: 'refus-compte',
      idea: 'rendre une place au départ d’un refusé',
      rejectedBy: ['refuse-parti', 'vingt-refus', 'place-rendue'],
      edits: [
        [
          '  client.disconnected.connect(() => client.deleteLater())\n',
          '  client.disconnected.connect(() => {\n    const [premier] = clients\n    if (premier) clients.delete(premier)\n  })\n',
        ],
      ],
    },
  ],
})
