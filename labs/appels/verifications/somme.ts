import { type Ctx, defineCheck, type TcpPeer } from '../../check.ts'

/** Big-endian integers of 32 bits. */
function encoded(...integers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * integers.length))
  for (const [i, integer] of integers.entries()) view.setUint32(4 * i, integer)
  return new Uint8Array(view.buffer)
}

const request = (integers: readonly number[]) => encoded(integers.length, ...integers)
const total = (integers: readonly number[]) => integers.reduce((sum, integer) => (sum + integer) % 2 ** 32, 0)

async function client(c: Ctx): Promise<TcpPeer> {
  return c.connect(await c.launch({ role: 'serveur', port: await c.freePort() }), 'le client')
}

async function answered(peer: TcpPeer, sum: number): Promise<void> {
  await peer.gets(encoded(sum), 5000)
  await peer.getsEnd()
}

export default defineCheck({
  exercise: 'EX-8.3-4',
  ready: 'tcp',
  criteria: [
    {
      id: 'petites',
      say: 0,
      async run(c) {
        const none = await client(c)
        none.send(request([]))
        await answered(none, 0)
        const four = await client(c)
        four.send(request([1, 2, 3, 40]))
        await answered(four, 46)
      },
    },
    {
      id: 'cent-mille',
      say: 1,
      hint: 1,
      async run(c) {
        const integers = Array.from({ length: 100_000 }, () => c.integer(0, 2 ** 32 - 1))
        const bytes = request(integers)
        const peer = await client(c)
        for (let at = 0; at < bytes.length; ) {
          const size = c.integer(1, 20_000)
          peer.send(bytes.subarray(at, at + size))
          at += size
        }
        await answered(peer, total(integers))
      },
    },
    {
      id: 'recolle',
      say: 2,
      hint: 2,
      async run(c) {
        const integers = [0xffff_ffff, 2, 0x8000_0000]
        const peer = await client(c)
        await peer.trickle(request(integers), 3)
        await answered(peer, total(integers))
      },
    },
    {
      id: 'fin-prematuree',
      say: 3,
      async run(c) {
        const peer = await client(c)
        peer.send(request([1, 2, 3]).subarray(0, 10))
        peer.fin()
        await peer.getsEnd()
      },
    },
    {
      id: 'en-trop',
      say: 4,
      hint: 2,
      async run(c) {
        const peer = await client(c)
        peer.send(new Uint8Array([...request([5, 6]), ...request([7, 8]), 1, 2, 3]))
        await peer.gets(encoded(11))
        peer.send(request([9]))
        await peer.getsEnd(1000, { reset: true })
      },
    },
    {
      id: 'role-client',
      say: 5,
      hint: 2,
      async run(c) {
        const listener = await c.listen('le serveur')
        const options = { role: 'client', port: listener.port, nombres: '10 20 4294967295' }
        const program = await c.launch(options, { ready: 'none' })
        const server = await listener.next()
        await server.gets(request([10, 20, 4_294_967_295]), 3000)
        await server.trickle(encoded(29))
        server.fin()
        await program.ends(0)
        await program.prints(['SOMME 29'], /^SOMME/)
      },
    },
  ],
  mutants: [
    {
      name: 'une-lecture',
      idea: 'croire que la demande arrive d’un coup',
      rejectedBy: ['cent-mille', 'recolle'],
      edits: [['      recu = Buffer.concat([recu, octets])\n', '      recu = octets\n']],
    },
    {
      name: 'sans-modulo',
      idea: 'oublier le modulo',
      rejectedBy: ['cent-mille', 'recolle'],
      edits: [
        [
          '(somme + demande.readUInt32BE(4 * i)) >>> 0',
          'Math.min(somme + demande.readUInt32BE(4 * i), 2 ** 32 - 1)',
        ],
      ],
    },
    {
      name: 'petit-boutiste',
      idea: 'écrire la réponse à l’envers',
      rejectedBy: 'petites',
      edits: [['reponse.writeUInt32BE(somme)', 'reponse.writeUInt32LE(somme)']],
    },
    {
      name: 'repond-toujours',
      idea: 'répondre à une demande incomplète',
      rejectedBy: 'fin-prematuree',
      edits: [
        [
          '    let recu = Buffer.alloc(0)\n',
          "    let recu = Buffer.alloc(0)\n    client.on('end', () => client.end(Buffer.alloc(4)))\n",
        ],
      ],
    },
    {
      name: 'tout-somme',
      idea: 'sommer aussi ce qui est en trop',
      rejectedBy: 'en-trop',
      edits: [['sommer(recu, recu.readUInt32BE(0))', 'sommer(recu, Math.floor(recu.length / 4) - 1)']],
    },
    {
      name: 'client-presse',
      idea: 'lire la réponse d’un coup',
      rejectedBy: 'role-client',
      edits: [['    reponse = Buffer.concat([reponse, octets])\n', '    reponse = octets\n']],
    },
  ],
})
