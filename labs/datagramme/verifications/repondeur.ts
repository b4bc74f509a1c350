import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.5.2-1',
  ready: 'udp',
  criteria: [
    {
      id: 'port-du-programme',
      say: 0,
      async run(c) {
        const program = await c.launch()
        const sender = await c.udp('l’émetteur associé', { to: program })
        await sender.send('bonjour')
        await sender.gets('ACK 1')
      },
    },
    {
      id: 'rangs',
      say: 1,
      async run(c) {
        const program = await c.launch()
        const sender = await c.udp('l’émetteur', { to: program })
        for (let rank = 1; rank <= 5; rank++) {
          await sender.send('x')
          await sender.gets(`ACK ${rank}`)
        }
        await Promise.all([6, 7, 8, 9].map(() => sender.send('x')))
        for (const rank of [6, 7, 8, 9]) await sender.gets(`ACK ${rank}`)
      },
    },
    {
      id: 'entrelaces',
      say: 2,
      hint: 1,
      async run(c) {
        const program = await c.launch()
        const senders = await Promise.all([1, 2, 3].map((n) => c.udp(`l’émetteur ${n}`, { to: program })))
        const ranks = [0, 0, 0]
        for (let i = 0; i < 15; i++) {
          const who = c.integer(0, 2)
          ranks[who]! += 1
          await senders[who]!.send('x')
          await senders[who]!.gets(`ACK ${ranks[who]}`)
        }
      },
    },
    {
      id: 'meme-port-autre-adresse',
      say: 2,
      hint: 1,
      only: 'linux',
      async run(c) {
        const program = await c.launch()
        const one = await c.udp('l’émetteur de 127.0.0.1')
        const other = await c.udp('l’émetteur de 127.0.0.2', { bind: '127.0.0.2', port: one.port })
        await one.send('x', { port: program.port })
        await one.gets('ACK 1')
        await other.send('x', { port: program.port })
        await other.gets('ACK 1')
      },
    },
    {
      id: 'vide',
      say: 3,
      async run(c) {
        const program = await c.launch()
        const sender = await c.udp('l’émetteur', { to: program })
        await sender.send('x')
        await sender.gets('ACK 1')
        await sender.send('')
        await sender.gets('ACK 2')
      },
    },
  ],
  mutants: [
    {
      name: 'commun',
      idea: 'un compteur pour tout le monde',
      rejectedBy: 'entrelaces',
      edits: [
        [
          'const emetteur = `${datagramme.senderAddress().toString()} ${datagramme.senderPort()}`',
          "const emetteur = 'tous'",
        ],
      ],
    },
    {
      name: 'port-seul',
      idea: 'reconnaître l’émetteur à son seul port',
      rejectedBy: 'meme-port-autre-adresse',
      edits: [['${datagramme.senderAddress().toString()} ', '']],
    },
    {
      name: 'autre-socket',
      idea: 'répondre par un autre socket',
      rejectedBy: 'port-du-programme',
      edits: [['udpSocket.writeDatagram(', 'new QUdpSocket().writeDatagram(']],
    },
    {
      name: 'vide-ignore',
      idea: 'ne pas compter le datagramme vide',
      rejectedBy: 'vide',
      edits: [['    const emetteur', '    if (datagramme.data().length === 0) continue\n    const emetteur']],
    },
  ],
})
