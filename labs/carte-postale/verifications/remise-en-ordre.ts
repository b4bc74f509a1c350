import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

const LINE = /^(TROU )?\d+$/

async function start(c: Ctx): Promise<{ program: Program; sender: UdpPeer }> {
  const program = await c.launch()
  return { program, sender: await c.udp('l’émetteur', { to: program }) }
}

async function send(sender: UdpPeer, ...numbers: number[]): Promise<void> {
  for (const n of numbers) await sender.send(String(n))
}

export default defineCheck({
  exercise: 'EX-8.4.1-2',
  ready: 'udp',
  criteria: [
    {
      id: 'desordre',
      say: 0,
      hint: 1,
      tempo: 300,
      async run(c) {
        const { program, sender } = await start(c)
        await send(sender, 0, 2, 1, 3)
        await program.prints(['0', '1', '2', '3'], LINE)
      },
    },
    {
      id: 'trou',
      say: 1,
      hint: 2,
      async run(c) {
        const { program, sender } = await start(c)
        await send(sender, 0, 1)
        await program.prints(['0', '1'], LINE)
        const from = performance.now()
        await send(sender, 3)
        const { match, at } = await program.line(LINE)
        if (match[0] !== 'TROU 2') c.fail(`le programme a affiché « ${match[0]} »`, '« TROU 2 »')
        c.between(250, 450, from, at, 'l’attente du trou')
        await program.prints(['3'], LINE)
      },
    },
    {
      id: 'doublon',
      say: 2,
      tempo: 300,
      async run(c) {
        const { program, sender } = await start(c)
        await send(sender, 0, 0, 2, 2, 1, 1, 0, 3)
        await program.prints(['0', '1', '2', '3'], LINE)
        await send(sender, 4)
        await program.prints(['4'], LINE)
      },
    },
    {
      id: 'hors-fenetre',
      say: 3,
      async run(c) {
        const { program, sender } = await start(c)
        await send(sender, 0, 30, 1)
        await program.prints(['0', '1'], LINE)
        await c.absence(700)
        await send(sender, 2)
        await program.prints(['2'], LINE)
      },
    },
  ],
  mutants: [
    {
      name: 'arrivee',
      idea: 'afficher à l’arrivée',
      rejectedBy: 'desordre',
      edits: [['    reserve.add(numero)\n', '    console.log(numero)\n    reserve.add(numero)\n']],
    },
    {
      name: 'impatient',
      idea: 'abandonner le trou aussitôt',
      rejectedBy: ['trou', 'desordre'],
      edits: [['const PATIENCE = 300', 'const PATIENCE = 10']],
    },
    {
      name: 'sans-trou',
      idea: 'attendre un trou pour toujours',
      rejectedBy: 'trou',
      edits: [["      console.log('TROU', trou)\n      attendu += 1\n", '']],
    },
    {
      name: 'doublons',
      idea: 'garder un doublon en retard',
      rejectedBy: 'doublon',
      edits: [
        ['numero < attendu || ', ''],
        [
          '    reserve.add(numero)\n',
          '    if (numero < attendu) console.log(numero)\n    reserve.add(numero)\n',
        ],
      ],
    },
    {
      name: 'sans-fenetre',
      idea: 'garder tout ce qui arrive',
      rejectedBy: 'hors-fenetre',
      edits: [[' || numero >= attendu + FENETRE', '']],
    },
  ],
})
