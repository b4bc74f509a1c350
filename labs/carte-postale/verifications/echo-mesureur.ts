import { defineCheck } from '../../check.ts'

export default defineCheck({
  exercise: 'EX-8.4.1-1',
  ready: 'udp',
  criteria: [
    {
      id: 'port-a-port',
      say: 0,
      async run(c) {
        const sender = await c.udp('l’émetteur associé', { to: await c.launch() })
        await sender.send('abc')
        await sender.gets('3:616263')
      },
    },
    {
      id: 'deux-emetteurs',
      say: 1,
      async run(c) {
        const program = await c.launch()
        const one = await c.udp('le premier émetteur', { to: program })
        const two = await c.udp('le second émetteur', { to: program })
        await one.send('un')
        await two.send('deux')
        await one.gets('2:756e')
        await two.gets('4:64657578')
        one.nothing('une seule réponse par datagramme')
      },
    },
    {
      id: 'vide',
      say: 2,
      hint: 1,
      async run(c) {
        const sender = await c.udp('l’émetteur', { to: await c.launch() })
        await sender.send('')
        await sender.gets('0:')
      },
    },
    {
      id: 'grand',
      say: 3,
      hint: 1,
      async run(c) {
        const sender = await c.udp('l’émetteur', { to: await c.launch() })
        await sender.send(new Uint8Array(65_507).fill(1))
        await sender.gets('65507:0101010101010101')
      },
    },
    {
      id: 'binaire',
      say: 4,
      hint: 1,
      async run(c) {
        const sender = await c.udp('l’émetteur', { to: await c.launch() })
        await sender.send(Uint8Array.of(0x00, 0xff, 0x0a, 0x0d, 0xc3))
        await sender.gets('5:00ff0a0dc3')
        const nine = c.bytes(9)
        const hexa = Array.from(nine.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
        await sender.send(nine)
        await sender.gets(`9:${hexa}`)
      },
    },
  ],
  mutants: [
    {
      name: 'mauvais-port',
      idea: 'répondre au port du programme',
      rejectedBy: 'port-a-port',
      edits: [['`), address, port)', '`), address, options.port)']],
    },
    {
      name: 'texte',
      idea: 'passer par du texte',
      rejectedBy: 'binaire',
      edits: [
        [
          "data.subarray(0, 8).toString('hex')",
          "Buffer.from(data.subarray(0, 8).toString('utf8')).toString('hex')",
        ],
      ],
    },
    {
      name: 'tronque',
      idea: 'un tampon de 1500 octets',
      rejectedBy: 'grand',
      edits: [['readDatagram()', 'readDatagram(1500)']],
    },
    {
      name: 'neuf-octets',
      idea: 'un octet de trop',
      rejectedBy: 'grand',
      edits: [['subarray(0, 8)', 'subarray(0, 9)']],
    },
    {
      name: 'vide-ignore',
      idea: 'ignorer le datagramme vide',
      rejectedBy: 'vide',
      edits: [['    const hexa', '    if (data.length === 0) continue\n    const hexa']],
    },
  ],
})
