import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

/** A served client and `n` others that wait, in order. */
async function queue(c: Ctx, n: number): Promise<{ program: Program; served: TcpPeer; waiting: TcpPeer[] }> {
  const program = await c.launch()
  const served = await c.connect(program, 'le client servi')
  await served.gets('BIENVENUE\n')
  const waiting: TcpPeer[] = []
  for (let rank = 1; rank <= n; rank++) {
    const client = await c.connect(program, `le client en attente ${rank}`)
    await client.gets(`PLACE ${rank}\n`)
    waiting.push(client)
  }
  return { program, served, waiting }
}

export default defineCheck({
  exercise: 'EX-8.6.7-3',
  ready: 'tcp',
  criteria: [
    {
      id: 'ordre',
      say: 0,
      async run(c) {
        const { served, waiting } = await queue(c, 3)
        const [second, third, fourth] = waiting as [TcpPeer, TcpPeer, TcpPeer]
        served.send('écho')
        await served.gets('écho')
        served.fin()
        await second.gets('BIENVENUE\n')
        await third.gets('PLACE 1\n')
        await fourth.gets('PLACE 2\n')
        second.send('à moi')
        await second.gets('à moi')
        second.reset()
        await third.gets('BIENVENUE\n')
        await fourth.gets('PLACE 1\n')
      },
    },
    {
      id: 'abandon',
      say: 1,
      hint: 1,
      async run(c) {
        const { served, waiting } = await queue(c, 4)
        const [first, second, third, fourth] = waiting as [TcpPeer, TcpPeer, TcpPeer, TcpPeer]
        second.fin()
        await third.gets('PLACE 2\n')
        await fourth.gets('PLACE 3\n')
        first.nothing('son rang n’a pas changé')
        served.fin()
        await first.gets('BIENVENUE\n')
        await third.gets('PLACE 1\n')
        await fourth.gets('PLACE 2\n')
      },
    },
    {
      id: 'deux-departs',
      say: 2,
      hint: 2,
      async run(c) {
        const { served, waiting } = await queue(c, 3)
        const [first, second, third] = waiting as [TcpPeer, TcpPeer, TcpPeer]
        served.fin()
        first.fin()
        // Both ends may be seen in either order: what is said last is what counts.
        const last = (peer: TcpPeer) => new TextDecoder().decode(peer.unread).split('\n').at(-2)
        await c.until(() => last(second) === 'BIENVENUE' && last(third) === 'PLACE 1')
        if (last(second) !== 'BIENVENUE') c.fail(`le suivant en est à « ${last(second)} »`, 'BIENVENUE')
        if (last(third) !== 'PLACE 1') c.fail(`le dernier en est à « ${last(third)} »`, 'PLACE 1')
      },
    },
    {
      id: 'file-videe',
      say: 3,
      hint: 2,
      async run(c) {
        const { program, served, waiting } = await queue(c, 1)
        const [second] = waiting as [TcpPeer]
        served.fin()
        await second.gets('BIENVENUE\n')
        second.fin()
        await second.getsEnd()
        const next = await c.connect(program, 'le client suivant')
        await next.gets('BIENVENUE\n')
        next.send('écho')
        await next.gets('écho')
      },
    },
  ],
  mutants: [
    {
      name: 'pile',
      idea: 'servir le dernier arrivé',
      rejectedBy: 'ordre',
      edits: [['file.shift()', 'file.pop()']],
    },
    {
      name: 'rangs-figes',
      idea: 'n’annoncer qu’à l’arrivée',
      rejectedBy: 'ordre',
      edits: [['  annoncer()\n}\n\nserveur', '}\n\nserveur']],
    },
    {
      name: 'abandon-oublie',
      idea: 'laisser un abandon dans la file',
      rejectedBy: 'abandon',
      edits: [['file.splice(file.indexOf(parti), 1)', '']],
    },
    {
      name: 'bavard',
      idea: 'répéter un rang qui n’a pas changé',
      rejectedBy: ['abandon', 'ordre'],
      edits: [['    if (rangs.get(attente) === i + 1) continue\n', '']],
    },
    {
      name: 'place-perdue',
      idea: 'oublier que la place est libre quand la file est vide',
      rejectedBy: 'file-videe',
      edits: [['    client = null\n    const', '    const']],
    },
  ],
})
