import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

async function served(c: Ctx): Promise<{ program: Program; first: TcpPeer }> {
  const program = await c.launch()
  const first = await c.connect(program, 'le premier client')
  await first.gets('BIENVENUE\n')
  return { program, first }
}

async function echo(c: Ctx, first: TcpPeer, text: string): Promise<void> {
  await c.within(300, 'l’écho du premier client', async () => {
    first.send(text)
    await first.gets(text, 3000)
  })
}

export default defineCheck({
  exercise: 'EX-8.6.7-2',
  ready: 'tcp',
  criteria: [
    {
      id: 'refuse-coupe',
      say: 0,
      async run(c) {
        const { program, first } = await served(c)
        const clinging = await c.connect(program, 'le refusé qui ne ferme pas')
        await clinging.gets('OCCUPÉ\n')
        await clinging.getsEnd(1300, { reset: true })
        // It still writes, and never closes: its bytes must be thrown back.
        for (let i = 0; i < 60 && !clinging.wasReset; i++) {
          clinging.send('encore')
          await c.absence(20)
        }
        if (!clinging.wasReset) {
          c.fail('le refusé écrit toujours, plus d’une seconde après son refus', 'une coupure (RST)')
        }
        await echo(c, first, 'toujours là')
      },
    },
    {
      id: 'dix-mega',
      say: 1,
      hint: 2,
      async run(c) {
        const { program, first } = await served(c)
        const flood = await c.connect(program, 'le refusé qui envoie 10 Mo')
        const block = new Uint8Array(1_000_000).fill(65)
        for (let i = 0; i < 10; i++) {
          flood.send(block)
          await echo(c, first, `ping ${i}`)
        }
        const next = await c.connect(program, 'le refusé suivant')
        await next.gets('OCCUPÉ\n')
        await next.getsEnd(1300, { reset: true })
        await echo(c, first, 'fin')
        first.nothing('ce que dit un refusé ne regarde pas le premier')
      },
    },
    {
      id: 'foule',
      say: 2,
      hint: 1,
      async run(c) {
        const { program, first } = await served(c)
        const crowd = await c.crowd(50, program, 'le refusé')
        for (const client of crowd) await client.gets('OCCUPÉ\n', 3000)
        for (const client of crowd) await client.getsEnd(1300, { reset: true })
        await echo(c, first, 'toujours servi')
      },
    },
  ],
  mutants: [
    {
      name: 'sans-fermer',
      idea: 'attendre que le refusé parte',
      rejectedBy: 'refuse-coupe',
      edits: [['  nouveau.disconnectFromHost()\n', '']],
    },
    {
      name: 'trop-tard',
      idea: 'raccrocher au bout de dix secondes',
      rejectedBy: 'refuse-coupe',
      edits: [['nouveau.disconnectFromHost()\n', 'setTimeout(() => nouveau.disconnectFromHost(), 10_000)\n']],
    },
    {
      name: 'muet',
      idea: 'couper sans un mot',
      rejectedBy: 'refuse-coupe',
      edits: [["  nouveau.write('OCCUPÉ\\n')\n", '']],
    },
    {
      name: 'attente',
      idea: 'attendre un peu dans le slot à chaque refus',
      rejectedBy: ['refuse-coupe', 'dix-mega', 'foule'],
      edits: [
        [
          'nouveau.disconnectFromHost()\n',
          'nouveau.disconnectFromHost()\n  const fin = Date.now() + 700\n  while (Date.now() < fin);\n',
        ],
      ],
    },
  ],
})
