import { type Ctx, defineCheck, type TcpPeer } from '../../check.ts'

/** Plays the server of one connection to this address; the program must show these two ends. */
async function identify(c: Ctx, address: string, local: string, remote: string): Promise<TcpPeer> {
  const listener = await c.listen('le serveur', { address })
  const program = await c.launch({ hote: address, port: listener.port })
  const peer = await listener.next()
  const ends = [`LOCAL ${local}:${peer.remotePort}`, `DISTANT ${remote}:${listener.port}`]
  await program.prints(ends, /^(LOCAL|DISTANT)/, 3000)
  return peer
}

export default defineCheck({
  exercise: 'EX-8.1-1',
  ready: 'none',
  criteria: [
    {
      id: 'local',
      say: 0,
      hint: 1,
      async run(c) {
        const peer = await identify(c, '127.0.0.1', '127.0.0.1', '127.0.0.1')
        await peer.getsEnd()
      },
    },
    {
      id: 'distant',
      say: 1,
      hint: 1,
      only: 'linux',
      async run(c) {
        await identify(c, '127.0.0.2', '127.0.0.1', '127.0.0.2')
      },
    },
    {
      id: 'ipv6',
      say: 2,
      hint: 2,
      async run(c) {
        await identify(c, '::1', '[::1]', '[::1]')
      },
    },
    {
      id: 'refus',
      say: 3,
      hint: 2,
      async run(c) {
        const program = await c.launch({ port: await c.freePort() })
        await program.ends(null)
        await program.prints(['ERREUR REFUS'], /^ERREUR/)
      },
    },
  ],
  mutants: [
    {
      name: 'inverse',
      idea: 'confondre les deux extrémités',
      rejectedBy: 'local',
      edits: [
        [
          'extremite(socket.localAddress, socket.localPort)',
          'extremite(socket.remoteAddress, socket.remotePort)',
        ],
      ],
    },
    {
      name: 'demande',
      idea: 'afficher toujours 127.0.0.1',
      rejectedBy: 'distant',
      edits: [
        ['extremite(socket.remoteAddress, socket.remotePort)', "extremite('127.0.0.1', socket.remotePort)"],
      ],
    },
    {
      name: 'sans-crochets',
      idea: 'oublier les crochets',
      rejectedBy: 'ipv6',
      edits: [["ip.includes(':') ? ", "ip === '' ? "]],
    },
    {
      name: 'code-0',
      idea: 'finir par le code 0',
      rejectedBy: 'refus',
      edits: [['  process.exitCode = 1\n', '']],
    },
  ],
})
