import { defineCheck } from '../../check.ts'

const MIB = 1 << 20

export default defineCheck({
  exercise: 'EX-8.3-2',
  ready: 'tcp',
  criteria: [
    {
      id: 'octets',
      say: 0,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        client.send('bonjour')
        await client.gets('bonjour')
        const all = Uint8Array.from({ length: 256 }, (_, i) => i)
        client.send(all)
        await client.gets(all)
      },
    },
    {
      id: 'cinq-clients',
      say: 1,
      hint: 1,
      async run(c) {
        const crowd = await c.crowd(5, await c.launch(), 'le client')
        for (const client of crowd) client.send(`je suis ${client.name}`)
        for (const client of crowd) await client.gets(`je suis ${client.name}`)
      },
    },
    {
      id: 'mebioctet',
      say: 2,
      hint: 2,
      async run(c) {
        const client = await c.connect(await c.launch(), 'le client')
        const data = c.bytes(MIB)
        client.send(data)
        client.fin()
        await client.gets(data, 5000)
        await client.getsEnd()
      },
    },
    {
      id: 'coupure',
      say: 3,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        for (let i = 0; i < 3; i++) {
          const brutal = await c.connect(program, 'le client brutal')
          brutal.send('adieu')
          brutal.reset()
        }
        await c.absence(100)
        program.mustLive('trois coupures brutales')
        const next = await c.connect(program, 'le client suivant')
        next.send('toujours là ?')
        await next.gets('toujours là ?')
      },
    },
  ],
  mutants: [
    {
      name: 'texte',
      idea: 'passer par du texte',
      rejectedBy: 'octets',
      edits: [['client.write(octets)', "client.write(octets.toString('utf8'))"]],
    },
    {
      name: 'variable-partagee',
      idea: 'une variable pour tous les clients',
      rejectedBy: 'cinq-clients',
      edits: [
        ['const serveur =', "let dernier: import('node:net').Socket\nconst serveur ="],
        [
          "  client.on('data', (octets) => client.write(octets))",
          "  dernier = client\n  client.on('data', (octets) => dernier.write(octets))",
        ],
      ],
    },
    {
      name: 'jamais-fini',
      idea: 'ne pas fermer à la fin de flux',
      rejectedBy: 'mebioctet',
      edits: [["  client.on('end', () => client.end())\n", '']],
    },
    {
      name: 'fragile',
      idea: 'oublier les erreurs',
      rejectedBy: 'coupure',
      edits: [["  client.on('error', () => client.destroy())\n", '']],
    },
  ],
})
