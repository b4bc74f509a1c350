import { defineCheck } from '../../check.ts'

const BLOCK = 500_000
const BLOCKS = 100
/** How long a block may take, on a busy machine above all, in ms. */
const PATIENCE = 5000
/** Growth of the server allowed, in bytes: what waits for the slow one, and what Node has not collected yet. */
const GROWTH = 40e6

export default defineCheck({
  exercise: 'EX-8.6.6-4',
  ready: 'tcp',
  criteria: [
    {
      id: 'exclu',
      say: 2,
      hint: 1,
      async run(c) {
        const program = await c.launch()
        const author = await c.connect(program, 'l’auteur')
        const reader = await c.connect(program, 'le lecteur')
        const slow = await c.connect(program, 'le client lent')
        slow.stopReading()
        const block = c.bytes(BLOCK)
        const named = new RegExp(`^EXCLU .*:${slow.localPort}$`)
        for (let i = 0; i < 40; i++) {
          author.send(block)
          await reader.gets(block, PATIENCE)
          if (program.lines.some(({ text }) => named.test(text))) break
        }
        await program.line(named)
        if (program.lines.filter(({ text }) => text.startsWith('EXCLU')).length !== 1) {
          c.fail('plusieurs lignes EXCLU', 'une seule, pour le seul client lent')
        }
      },
    },
    {
      id: 'tout-recu',
      say: 0,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const author = await c.connect(program, 'l’auteur')
        const reader = await c.connect(program, 'le lecteur')
        const slow = await c.connect(program, 'le client lent')
        slow.stopReading()
        const block = c.bytes(BLOCK)
        for (let i = 0; i < 20; i++) {
          author.send(block)
          await reader.gets(block, PATIENCE)
        }
        reader.send('merci')
        await author.gets('merci')
        author.nothing('ses propres octets ne lui reviennent pas')
      },
    },
    {
      id: 'memoire',
      say: 1,
      hint: 2,
      measures: 'memory',
      async run(c) {
        const program = await c.launch()
        const author = await c.connect(program, 'l’auteur')
        const reader = await c.connect(program, 'le lecteur')
        const slow = await c.connect(program, 'le client lent')
        slow.stopReading()
        const block = c.bytes(BLOCK)
        const send = async (blocks: number) => {
          for (let i = 0; i < blocks; i++) {
            author.send(block)
            await reader.gets(block, PATIENCE)
          }
        }
        await send(30)
        const before = program.memory()
        await send(BLOCKS)
        const after = program.memory()
        if (before !== null && after !== null && after - before > GROWTH) {
          c.fail(`la mémoire a grandi de ${Math.round((after - before) / 1e6)} Mo`, '40 Mo au plus')
        }
      },
    },
  ],
  mutants: [
    {
      name: 'sans-exclure',
      idea: 'garder tout ce qui attend',
      rejectedBy: 'exclu',
      edits: [['const MAX = 4 * 1_048_576', 'const MAX = 1e12']],
    },
    {
      name: 'exclu-mais-garde',
      idea: 'le dire, sans couper',
      rejectedBy: ['exclu', 'memoire'],
      edits: [['      client.abort()\n', '      client.write(octets)\n']],
    },
    {
      name: 'bloc-perdu',
      idea: 'sauter un envoi au lieu d’exclure',
      rejectedBy: ['exclu', 'tout-recu'],
      edits: [
        [
          '      console.log(`EXCLU ${client.peerAddress().toString()}:${client.peerPort()}`)\n      client.abort()\n',
          '',
        ],
      ],
    },
    {
      name: 'impatient',
      idea: 'exclure au premier octet en attente',
      rejectedBy: ['exclu', 'tout-recu'],
      edits: [['client.bytesToWrite() > MAX', 'client.bytesToWrite() > MAX / 1e9']],
    },
  ],
})
