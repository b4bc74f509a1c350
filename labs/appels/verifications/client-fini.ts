import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

const LINES = 'un\ndeux\ntrois\n'

async function start(c: Ctx): Promise<{ program: Program; server: TcpPeer }> {
  const listener = await c.listen('le serveur')
  const program = await c.launch({ port: listener.port })
  return { program, server: await listener.next() }
}

async function totals(c: Ctx, program: Program, total: number): Promise<void> {
  await program.ends(0)
  const shown = program.lines.map(({ text }) => text).filter((text) => text.startsWith('TOTAL'))
  if (shown.join() !== `TOTAL ${total}`)
    c.fail(`le programme a affiché « ${shown.join(' / ')} »`, `« TOTAL ${total} »`)
}

export default defineCheck({
  exercise: 'EX-8.3-3',
  ready: 'none',
  criteria: [
    {
      id: 'apres-la-fin',
      say: 0,
      hint: 1,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets(LINES, 3000)
        await server.getsEnd()
        const size = c.integer(1000, 60_000)
        server.send(c.bytes(size))
        server.fin()
        await totals(c, program, size)
      },
    },
    {
      id: 'octet-par-octet',
      say: 1,
      hint: 2,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets(LINES, 3000)
        await server.getsEnd()
        await server.trickle('réponse')
        server.fin()
        await totals(c, program, 8)
      },
    },
    {
      id: 'coupure',
      say: 2,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets(LINES, 3000)
        server.reset()
        await program.ends(null)
      },
    },
    {
      id: 'muet',
      say: 3,
      hint: 2,
      async run(c) {
        const { program, server } = await start(c)
        await server.gets(LINES, 3000)
        await program.exit(7000)
        c.between(0, 5200, server.since, performance.now(), 'l’attente, face à un serveur muet,')
      },
    },
  ],
  mutants: [
    {
      name: 'sans-fin',
      idea: 'ne pas annoncer la fin de l’émission',
      rejectedBy: 'apres-la-fin',
      edits: [['  socket.end()\n', '']],
    },
    {
      name: 'premier-morceau',
      idea: 'prendre le premier morceau pour la réponse',
      rejectedBy: ['apres-la-fin', 'octet-par-octet'],
      edits: [
        [
          '  total += octets.length\n',
          "  total += octets.length\n  console.log('TOTAL', total)\n  process.exit(0)\n",
        ],
      ],
    },
    {
      name: 'code-0',
      idea: 'finir par 0 après une coupure',
      rejectedBy: 'coupure',
      edits: [
        [
          '  console.error(phrase(erreur.code))\n  process.exit(1)',
          '  console.error(phrase(erreur.code))\n  process.exit(0)',
        ],
      ],
    },
    {
      name: 'patient',
      idea: 'attendre un serveur muet',
      rejectedBy: 'muet',
      edits: [['const PATIENCE = 4000', 'const PATIENCE = 60_000']],
    },
  ],
})
