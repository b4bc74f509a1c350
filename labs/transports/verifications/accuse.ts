import { type Ctx, defineCheck, type Program, type UdpPeer } from '../../check.ts'

const MESSAGE = '7:coucou'

async function start(c: Ctx): Promise<{ program: Program; server: UdpPeer }> {
  const server = await c.udp('le serveur')
  return { server, program: await c.launch({ port: server.port, id: 7, message: 'coucou' }) }
}

export default defineCheck({
  exercise: 'EX-8.2-2',
  ready: 'none',
  criteria: [
    {
      id: 'troisieme-envoi',
      say: 0,
      tempo: 200,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets(MESSAGE, 3000)
        await server.gets(MESSAGE)
        const { port } = await server.gets(MESSAGE)
        await server.send('ACK 7', { port })
        await program.ends(0)
        server.nothing('l’accusé est arrivé')
      },
    },
    {
      id: 'muet',
      say: 1,
      hint: 2,
      async run(c) {
        const { program, server } = await start(c)
        const { at } = await server.gets(MESSAGE, 3000)
        await server.gets(MESSAGE)
        await server.gets(MESSAGE)
        await program.ends(1)
        c.between(500, 900, at, performance.now(), 'l’attente, du premier envoi à la fin,')
        server.nothing('trois envois au plus')
      },
    },
    {
      id: 'autre-identifiant',
      say: 2,
      hint: 2,
      tempo: 200,
      async run(c) {
        const { program, server } = await start(c)
        const { port } = await server.gets(MESSAGE, 3000)
        await server.send('ACK 77', { port })
        await server.send('ACK', { port })
        await server.gets(MESSAGE)
        await server.send('ACK 7', { port })
        await program.ends(0)
      },
    },
    {
      id: 'deux-accuses',
      say: 3,
      hint: 1,
      tempo: 200,
      async run(c) {
        const { program, server } = await start(c)
        const { port } = await server.gets(MESSAGE, 3000)
        await server.send('ACK 7', { port })
        await server.send('ACK 7', { port })
        await program.ends(0)
        server.nothing('l’accusé est arrivé au premier envoi')
        if (program.lines.length > 1)
          c.fail(`le programme a affiché ${program.lines.length} lignes`, 'une ligne au plus')
      },
    },
  ],
  mutants: [
    {
      name: 'deux-envois',
      idea: 'compter un envoi de moins',
      rejectedBy: 'troisieme-envoi',
      edits: [['const ENVOIS = 3', 'const ENVOIS = 2']],
    },
    {
      name: 'credule',
      idea: 'croire tout ce qui commence par ACK',
      rejectedBy: 'autre-identifiant',
      edits: [['datagramme.toString() !== `ACK ${options.id}`', "!datagramme.toString().startsWith('ACK')"]],
    },
    {
      name: 'prefixe',
      idea: 'croire ACK 77 pour ACK 7',
      rejectedBy: 'autre-identifiant',
      edits: [
        [
          'datagramme.toString() !== `ACK ${options.id}`',
          '!datagramme.toString().startsWith(`ACK ${options.id}`)',
        ],
      ],
    },
    {
      name: 'code-0',
      idea: 'finir par 0 sans accusé',
      rejectedBy: 'muet',
      edits: [['process.exit(1)', 'process.exit(0)']],
    },
    {
      name: 'trop-lent',
      idea: 'attendre une seconde',
      rejectedBy: ['troisieme-envoi', 'muet'],
      edits: [['const DELAI = 200', 'const DELAI = 900']],
    },
  ],
})
