import { type Ctx, defineCheck, type TcpPeer } from '../../check.ts'

async function client(c: Ctx): Promise<TcpPeer> {
  return c.connect(await c.launch(), 'le client')
}

/** A later fact: nothing more was said before this answer. */
async function barrier(peer: TcpPeer): Promise<void> {
  peer.send('z\n')
  await peer.gets('1 1\n')
}

export default defineCheck({
  exercise: 'EX-8.7-1',
  ready: 'tcp',
  criteria: [
    {
      id: 'une-ligne',
      say: 0,
      async run(c) {
        const peer = await client(c)
        peer.send('abc\n')
        await peer.gets('3 3\n')
        await barrier(peer)
      },
    },
    {
      id: 'bloc',
      say: 1,
      hint: 1,
      async run(c) {
        const peer = await client(c)
        peer.send('un\ndeux\n\ntrois\n')
        await peer.gets('2 2\n4 4\n0 0\n5 5\n')
        await barrier(peer)
      },
    },
    {
      id: 'octet-par-octet',
      say: 2,
      async run(c) {
        const peer = await client(c)
        await peer.trickle('coupe\n')
        await peer.gets('5 5\n')
        await barrier(peer)
      },
    },
    {
      id: 'utf8-coupe',
      say: 3,
      hint: 1,
      async run(c) {
        const peer = await client(c)
        await peer.trickle('été €\n')
        await peer.gets('9 5\n')
        peer.send('😀\n')
        await peer.gets('4 1\n')
      },
    },
    {
      id: 'ligne-incomplete',
      say: 4,
      async run(c) {
        const peer = await client(c)
        peer.send('fin\ndeb')
        await peer.gets('3 3\n')
        await c.absence()
        peer.nothing('la seconde ligne n’est pas finie')
        peer.send('ut\n')
        await peer.gets('5 5\n')
      },
    },
    {
      id: 'trop-long',
      say: 5,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const talker = await c.connect(program, 'le client trop bavard')
        talker.send('A'.repeat(100_000))
        await talker.gets('ERREUR TROP_LONG\n')
        await talker.getsEnd(2000, { reset: true })
        const next = await c.connect(program, 'le client suivant')
        next.send('abc\n')
        await next.gets('3 3\n')
        const edge = await c.connect(program, 'le client à la limite')
        edge.send(`${'a'.repeat(65_536)}\n`)
        await edge.gets('65536 65536\n', 2000)
      },
    },
  ],
  mutants: [
    {
      name: 'une-par-lecture',
      idea: 'une ligne par lecture',
      rejectedBy: 'bloc',
      edits: [["fin >= 0 && fin <= MAX; fin = tampon.indexOf('\\n')", 'fin >= 0 && fin <= MAX; fin = -1']],
    },
    {
      name: 'decode-trop-tot',
      idea: 'décoder chaque lecture',
      rejectedBy: 'utf8-coupe',
      edits: [['[tampon, client.readAll()]', '[tampon, Buffer.from(client.readAll().toString())]']],
    },
    {
      name: 'unites-utf16',
      idea: 'compter les unités UTF-16',
      rejectedBy: 'utf8-coupe',
      edits: [['[...fromUtf8(ligne)].length', 'fromUtf8(ligne).length']],
    },
    {
      name: 'sans-limite',
      idea: 'garder sans fin',
      rejectedBy: 'trop-long',
      edits: [['const MAX = 65_536', 'const MAX = 1e9']],
    },
    {
      name: 'reste-jete',
      idea: 'jeter ce qui suit la dernière fin de ligne',
      rejectedBy: ['octet-par-octet', 'ligne-incomplete'],
      edits: [
        [
          '    if (tampon.length <= MAX) return\n',
          '    if (tampon.length <= MAX) {\n      tampon = Buffer.alloc(0)\n      return\n    }\n',
        ],
      ],
    },
  ],
})
