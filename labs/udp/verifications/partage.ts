import { type Ctx, defineCheck, type Program } from '../../check.ts'

async function both(c: Ctx): Promise<[Program, Program]> {
  const port = await c.freePort()
  const first = await c.launch({ port }, { name: 'la première instance' })
  return [first, await c.launch({ port }, { name: 'la seconde instance' })]
}

const HEARD = /message-(\d+)/

export default defineCheck({
  exercise: 'EX-8.5.1-3',
  ready: 'udp',
  criteria: [
    {
      id: 'deux-instances',
      say: 0,
      hint: 1,
      async run(c) {
        const programs = await both(c)
        await c.absence()
        for (const program of programs) program.mustLive('le démarrage de l’autre')
      },
    },
    {
      id: 'diffusion',
      say: 1,
      only: 'linux',
      async run(c) {
        const programs = await both(c)
        const sender = await c.udp('l’émetteur', { bind: '0.0.0.0', broadcast: true })
        await sender.send('message-1', { port: programs[0].port, address: '127.255.255.255' })
        for (const program of programs) await program.line(HEARD)
      },
    },
    {
      id: 'unicast',
      say: 2,
      only: 'linux',
      async run(c) {
        const programs = await both(c)
        const sender = await c.udp('l’émetteur', { bind: '0.0.0.0', broadcast: true })
        await sender.send('message-1', { port: programs[0].port })
        // A later fact: the broadcast, which both hear.
        await sender.send('message-2', { port: programs[0].port, address: '127.255.255.255' })
        const heard = (program: Program, n: number) =>
          program.lines.filter(({ text }) => text.includes(`message-${n}`)).length
        await c.until(() => programs.every((program) => heard(program, 2) > 0))
        const copies = programs.reduce((sum, program) => sum + heard(program, 1), 0)
        if (copies !== 1) c.fail(`le message est arrivé ${copies} fois`, 'une seule fois')
      },
    },
    {
      id: 'sans-partage',
      say: 3,
      hint: 2,
      async run(c) {
        const holder = await c.udp('un programme qui ne partage pas', { bind: '0.0.0.0' })
        const program = await c.launch({ port: holder.port }, { ready: 'none' })
        await program.ends(3)
      },
    },
  ],
  mutants: [
    {
      name: 'exclusif',
      idea: 'ne pas demander le partage',
      rejectedBy: 'deux-instances',
      edits: [
        [
          'QAbstractSocket.BindFlag.ShareAddress | QAbstractSocket.BindFlag.ReuseAddressHint',
          'QAbstractSocket.BindFlag.DontShareAddress',
        ],
      ],
    },
    {
      name: 'code-1',
      idea: 'garder le code de sortie du départ',
      rejectedBy: 'sans-partage',
      edits: [['terminer(3)', 'terminer(1)']],
    },
    {
      name: 'boucle-seule',
      idea: 's’attacher à 127.0.0.1, où la diffusion n’arrive pas',
      rejectedBy: 'diffusion',
      edits: [['QHostAddress.AnyIPv4', 'QHostAddress.LocalHost']],
    },
    {
      name: 'muet',
      idea: 'n’afficher qu’un message par instance',
      rejectedBy: 'unicast',
      edits: [
        [
          "    console.log('Reçu :', fromUtf8(udpSocket.receiveDatagram().data()))\n",
          "    const texte = fromUtf8(udpSocket.receiveDatagram().data())\n    console.log('Reçu :', texte)\n    if (texte === 'message-1') console.log('Reçu :', texte)\n",
        ],
      ],
    },
  ],
})
