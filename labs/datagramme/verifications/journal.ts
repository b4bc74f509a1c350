import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

const LINE = /^[^;]*;[^;]*;[^;]*;[^;]*$/

async function start(c: Ctx): Promise<{ program: Program; sender: UdpPeer }> {
  const program = await c.launch()
  return { program, sender: await c.udp('l’émetteur', { to: program }) }
}

/** The four fields of the next line. */
async function fields(program: Program): Promise<string[]> {
  return (await program.line(LINE)).match[0].split(';')
}

async function expectField(
  c: Ctx,
  program: Program,
  rank: number,
  name: string,
  wanted: string[],
): Promise<void> {
  const value = (await fields(program))[rank] ?? ''
  if (!wanted.includes(value)) c.fail(`${name} vaut « ${value} »`, wanted.join(' ou '))
}

export default defineCheck({
  exercise: 'EX-8.5.2-2',
  ready: 'udp',
  criteria: [
    {
      id: 'source',
      say: 0,
      async run(c) {
        const { program, sender } = await start(c)
        await sender.send('ab')
        await expectField(c, program, 0, 'la source', ['127.0.0.1'])
      },
    },
    {
      id: 'vide',
      say: 1,
      hint: 2,
      async run(c) {
        const { program, sender } = await start(c)
        await sender.send('')
        await expectField(c, program, 2, 'la taille', ['0'])
      },
    },
    {
      id: 'destination',
      say: 2,
      hint: 1,
      async run(c) {
        const { program, sender } = await start(c)
        await sender.send('ab')
        await expectField(c, program, 1, 'la destination', ['127.0.0.1', '?'])
        await sender.send('ab')
        const hops = (await fields(program))[3] ?? ''
        if (!/^(\?|\d+)$/.test(hops)) c.fail(`les sauts valent « ${hops} »`, 'un nombre, ou ?')
      },
    },
    {
      id: 'rafale',
      say: 3,
      async run(c) {
        const { program, sender } = await start(c)
        await Promise.all(Array.from({ length: 40 }, (_, i) => sender.send('x'.repeat(i))))
        for (let i = 0; i < 40; i++) await expectField(c, program, 2, 'la taille', [String(i)])
        await sender.send('x'.repeat(99))
        await expectField(c, program, 2, 'la taille', ['99'])
      },
    },
  ],
  mutants: [
    {
      name: 'port',
      idea: 'donner aussi le port de la source',
      rejectedBy: 'source',
      edits: [
        [
          'datagramme.senderAddress().toString(),',
          '`${datagramme.senderAddress().toString()}:${datagramme.senderPort()}`,',
        ],
      ],
    },
    {
      name: 'vide-ignore',
      idea: 'ignorer le datagramme vide',
      rejectedBy: 'vide',
      edits: [
        ['    const destination', '    if (datagramme.data().length === 0) continue\n    const destination'],
      ],
    },
    {
      name: 'nulle',
      idea: 'laisser vide ce qui manque',
      rejectedBy: 'destination',
      edits: [["destination.isNull() ? '?' : destination.toString()", 'destination.toString()']],
    },
    {
      name: 'desordre',
      idea: 'afficher plus tard, quand on peut',
      rejectedBy: 'rafale',
      edits: [
        [
          "console.log(champs.join(';'))",
          "setTimeout(() => console.log(champs.join(';')), Math.random() * 30)",
        ],
      ],
    },
  ],
})
