import { type Ctx, defineCheck, type Program, type TcpPeer } from '../../check.ts'

const LINE = /^[+-] .*:(\d+) \((\d+)\)$/

/** The next line must tell this arrival or departure, and how many are there. */
async function tells(c: Ctx, program: Program, sign: '+' | '-', peer: TcpPeer, n: number): Promise<void> {
  const { match } = await program.line(LINE)
  const wanted = `${sign} 127.0.0.1:${peer.localPort} (${n})`
  const [text, port, count] = match
  if (text[0] !== sign || Number(port) !== peer.localPort || Number(count) !== n) {
    c.fail(`le programme a affiché « ${text} »`, `« ${wanted} »`)
  }
}

export default defineCheck({
  exercise: 'EX-8.6.1-1',
  ready: 'tcp',
  criteria: [
    {
      id: 'comptes',
      say: 0,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const peers: TcpPeer[] = []
        for (let n = 1; n <= 3; n++) {
          const peer = await c.connect(program, `le client ${n}`)
          await tells(c, program, '+', peer, n)
          peers.push(peer)
        }
        peers[1]!.fin()
        await tells(c, program, '-', peers[1]!, 2)
        peers[0]!.reset()
        await tells(c, program, '-', peers[0]!, 1)
      },
    },
    {
      id: 'ports',
      say: 1,
      hint: 1,
      async run(c) {
        const program = await c.launch()
        const crowd = await c.crowd(10, program, 'le client')
        const seen = new Set<number>()
        for (let i = 0; i < 10; i++) seen.add(Number((await program.line(/^\+ .*:(\d+) \(\d+\)$/)).match[1]))
        const missing = crowd.find(({ localPort }) => !seen.has(localPort))
        if (missing) c.fail(`le port ${missing.localPort} n’apparaît pas`, 'les ports des dix clients')
      },
    },
    {
      id: 'ipv4',
      say: 2,
      async run(c) {
        const program = await c.launch()
        const peer = await c.connect(program, 'le client')
        const wanted = `127.0.0.1:${peer.localPort} (1)`
        await program.prints([`+ ${wanted}`], LINE)
      },
    },
  ],
  mutants: [
    {
      name: 'avant-le-depart',
      idea: 'afficher le compte avant de le mettre à jour',
      rejectedBy: 'comptes',
      edits: [
        ['      presents.delete(present)\n', ''],
        ['      present.deleteLater()\n', '      presents.delete(present)\n      present.deleteLater()\n'],
      ],
    },
    {
      name: 'port-local',
      idea: 'afficher le port du serveur',
      rejectedBy: ['comptes', 'ports'],
      edits: [['present.peerPort()', 'present.localPort()']],
    },
    {
      name: 'any',
      idea: 'écouter sur Any : ::ffff:127.0.0.1',
      rejectedBy: 'ipv4',
      edits: [['QHostAddress.AnyIPv4', 'QHostAddress.Any']],
    },
    {
      name: 'departs-oublies',
      idea: 'ne pas annoncer les départs',
      rejectedBy: 'comptes',
      edits: [['      console.log(`- ${qui} (${presents.size})`)\n', '']],
    },
  ],
})
