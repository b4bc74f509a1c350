import { defineCheck } from '../../check.ts'

const TIC = /^TIC$/

export default defineCheck({
  exercise: 'EX-8.5-1',
  ready: 'udp',
  criteria: [
    {
      id: 'regulier',
      say: 0,
      async run(c) {
        const program = await c.launch()
        const sender = await c.udp('le visiteur', { to: program })
        let { at: previous } = await program.line(TIC)
        const begun = previous
        while (previous - begun < 3000) {
          await sender.send('coucou')
          await sender.send('coucou')
          const { at } = await program.line(TIC)
          c.between(0, 250, previous, at, 'l’attente entre deux TIC')
          previous = at
        }
      },
    },
    {
      id: 'rangs',
      say: 1,
      hint: 1,
      async run(c) {
        const sender = await c.udp('le visiteur', { to: await c.launch() })
        for (let rank = 1; rank <= 10; rank++) {
          await sender.send('coucou')
          await sender.gets(String(rank))
        }
      },
    },
    {
      id: 'rafale',
      say: 2,
      hint: 2,
      async run(c) {
        const sender = await c.udp('le visiteur', { to: await c.launch() })
        await Promise.all(Array.from({ length: 5 }, () => sender.send('coucou')))
        for (let rank = 1; rank <= 5; rank++) await sender.gets(String(rank))
        await c.absence()
        sender.nothing('cinq datagrammes, cinq réponses')
      },
    },
  ],
  mutants: [
    {
      name: 'dort',
      idea: 'garder l’attente dans le slot',
      rejectedBy: 'regulier',
      edits: [
        [
          '    rang += 1\n',
          '    rang += 1\n    const fin = performance.now() + 300\n    while (performance.now() < fin);\n',
        ],
      ],
    },
    {
      name: 'lent',
      idea: 'un battement toutes les 400 ms',
      rejectedBy: 'regulier',
      edits: [['horloge.start(100)', 'horloge.start(400)']],
    },
    {
      name: 'depuis-zero',
      idea: 'numéroter depuis 0',
      rejectedBy: 'rangs',
      edits: [['toUtf8(String(rang))', 'toUtf8(String(rang - 1))']],
    },
    {
      name: 'deux-fois',
      idea: 'répondre deux fois',
      rejectedBy: ['rafale', 'rangs'],
      edits: [
        [
          '    socket.writeDatagram(toUtf8(String(rang)), address, port)\n',
          '    socket.writeDatagram(toUtf8(String(rang)), address, port)\n    socket.writeDatagram(toUtf8(String(rang)), address, port)\n',
        ],
      ],
    },
  ],
})
