import { defineCheck } from '../../check.ts'

const ANSWER = 'Message reçu sur le serveur : '
const LEFT = /^Client déconnecté$/

export default defineCheck({
  exercise: 'EX-8.6.5-2',
  ready: 'tcp',
  criteria: [
    {
      id: 'chacun-son-tour',
      say: 0,
      hint: 1,
      async run(c) {
        const program = await c.launch()
        const a = await c.connect(program, 'A')
        a.send('un de A')
        await a.gets(`${ANSWER}un de A`)
        const b = await c.connect(program, 'B')
        b.send('un de B')
        a.send('deux de A')
        await a.gets(`${ANSWER}deux de A`)
        await c.absence()
        b.nothing('A est encore servi')
      },
    },
    {
      id: 'au-suivant',
      say: 1,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const a = await c.connect(program, 'A')
        a.send('un de A')
        await a.gets(`${ANSWER}un de A`)
        const b = await c.connect(program, 'B')
        b.send('pendant l’attente')
        const third = await c.connect(program, 'C')
        await c.absence(50)
        a.fin()
        await b.gets(`${ANSWER}pendant l’attente`)
        b.send('mon tour')
        await b.gets(`${ANSWER}mon tour`)
        third.nothing('B est servi')
        b.reset()
        third.send('enfin')
        await third.gets(`${ANSWER}enfin`)
      },
    },
    {
      id: 'deux-cents-departs',
      say: 2,
      async run(c) {
        const program = await c.launch()
        for (let i = 1; i <= 200; i++) {
          const client = await c.connect(program, `le client ${i}`)
          client.send(`n° ${i}`)
          await client.gets(`${ANSWER}n° ${i}`)
          client.fin()
        }
        const left = () => program.lines.filter(({ text }) => LEFT.test(text)).length
        await c.until(() => left() >= 200, 2000)
        await c.absence()
        if (left() !== 200) c.fail(`« Client déconnecté » s’affiche ${left()} fois`, '200 fois')
      },
    },
  ],
  mutants: [
    {
      name: 'remplace',
      idea: 'servir le dernier arrivé',
      rejectedBy: 'chacun-son-tour',
      edits: [['  if (client) return\n', '']],
    },
    {
      name: 'sans-suite',
      idea: 'ne pas appeler le suivant',
      rejectedBy: 'au-suivant',
      edits: [['  client = null\n  accueillir()\n', '  client = null\n']],
    },
    {
      name: 'attente-perdue',
      idea: 'oublier ce que le suivant avait déjà envoyé',
      rejectedBy: 'au-suivant',
      edits: [['  if (client.bytesAvailable() > 0) repondre()\n', '']],
    },
    {
      name: 'deux-lignes',
      idea: 'annoncer deux fois un départ',
      rejectedBy: ['deux-cents-departs'],
      edits: [
        [
          "  console.log('Client déconnecté')\n",
          "  console.log('Client déconnecté')\n  console.log('Client déconnecté')\n",
        ],
      ],
    },
  ],
})
