import { type Ctx, defineCheck } from '../../check.ts'

/** A datagram that begins with this number. */
function numbered(n: number): Uint8Array {
  const data = new Uint8Array(12)
  new DataView(data.buffer).setUint32(0, n)
  return data
}

interface Total {
  recus: number
  perdus: number
  doublons: number
  desordre: number
}

/** Sends these datagrams to a fresh program: its summary must be this one. */
async function sums(c: Ctx, datagrams: readonly (number | Uint8Array)[], total: Total): Promise<void> {
  const sender = await c.udp('l’émetteur', { to: await c.launch() })
  for (const sent of datagrams) await sender.send(typeof sent === 'number' ? numbered(sent) : sent)
  await sender.send('BILAN')
  const { recus, perdus, doublons, desordre } = total
  await sender.gets(`recus=${recus} perdus=${perdus} doublons=${doublons} desordre=${desordre}`)
}

export default defineCheck({
  exercise: 'EX-8.2-1',
  ready: 'udp',
  criteria: [
    {
      id: 'complet',
      say: 0,
      run: (c) => sums(c, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { recus: 10, perdus: 0, doublons: 0, desordre: 0 }),
    },
    {
      id: 'perte',
      say: 1,
      hint: 1,
      run: (c) => sums(c, [0, 1, 3, 4], { recus: 4, perdus: 1, doublons: 0, desordre: 0 }),
    },
    {
      id: 'doublon',
      say: 1,
      run: (c) => sums(c, [0, 1, 1, 2], { recus: 4, perdus: 0, doublons: 1, desordre: 0 }),
    },
    {
      id: 'desordre',
      say: 1,
      hint: 1,
      run: (c) => sums(c, [0, 2, 1], { recus: 3, perdus: 0, doublons: 0, desordre: 1 }),
    },
    {
      id: 'premier-numero',
      say: 2,
      hint: 2,
      run: (c) => sums(c, [7, 8, 10], { recus: 3, perdus: 1, doublons: 0, desordre: 0 }),
    },
    {
      id: 'trop-court',
      say: 3,
      hint: 2,
      run: (c) =>
        sums(c, [0, new Uint8Array(), new Uint8Array(3), 1], {
          recus: 2,
          perdus: 0,
          doublons: 0,
          desordre: 0,
        }),
    },
    {
      id: 'port',
      say: 4,
      async run(c) {
        const program = await c.launch()
        const sender = await c.udp('l’émetteur')
        await sender.send(numbered(0), { port: program.port })
        await sender.send('BILAN', { port: program.port })
        const { port } = await sender.gets('recus=1 perdus=0 doublons=0 desordre=0')
        if (port !== program.port) c.fail(`la réponse vient du port ${port}`, `le port ${program.port}`)
      },
    },
  ],
  mutants: [
    {
      name: 'depuis-zero',
      idea: 'compter les pertes depuis 0',
      rejectedBy: 'premier-numero',
      edits: [['plusGrand - plusPetit + 1', 'plusGrand + 1']],
    },
    {
      name: 'doublon-perdu',
      idea: 'oublier les doublons dans les reçus',
      rejectedBy: 'doublon',
      edits: [
        ['  recus += 1\n  if (vus.has(numero)) return\n', '  if (vus.has(numero)) return\n  recus += 1\n'],
      ],
    },
    {
      name: 'trou-definitif',
      idea: 'compter une perte dès le trou',
      rejectedBy: ['desordre'],
      edits: [
        [
          '  vus.add(numero)\n',
          '  if (plusGrand >= 0 && numero > plusGrand + 1) perdusVus += numero - plusGrand - 1\n  vus.add(numero)\n',
        ],
        ['let desordre = 0', 'let desordre = 0\nlet perdusVus = 0'],
        [
          'vus.size === 0 ? 0 : plusGrand - plusPetit + 1 - vus.size',
          'Number.isFinite(perdusVus) ? perdusVus : 0',
        ],
      ],
    },
    {
      name: 'sans-longueur',
      idea: 'ne pas vérifier la longueur',
      rejectedBy: 'trop-court',
      edits: [['else if (datagramme.length >= 4) ', 'else ']],
    },
    {
      name: 'autre-socket',
      idea: 'répondre par un autre socket',
      rejectedBy: 'complet',
      edits: [['  socket.send(bilan', "  createSocket('udp4').send(bilan"]],
    },
  ],
})
