import { defineCheck } from '../../check.ts'

/** Primes take time, on a busy machine above all, in ms. */
const PATIENCE = 20_000

export default defineCheck({
  exercise: 'EX-8.5-2',
  ready: 'udp',
  criteria: [
    {
      id: 'ping-pendant',
      say: 0,
      async run(c) {
        const program = await c.launch()
        const asker = await c.udp('celui qui calcule', { to: program })
        const pinger = await c.udp('celui qui demande PING', { to: program })
        await pinger.send('PING')
        await pinger.gets('PONG')
        await asker.send('PREMIER 20000')
        for (let i = 0; i < 5; i++) {
          await c.within(200, 'la réponse à PING', async () => {
            await pinger.send('PING')
            await pinger.gets('PONG', 5000)
          })
          await c.absence(20)
        }
      },
    },
    {
      id: 'resultat',
      say: 1,
      async run(c) {
        const asker = await c.udp('celui qui calcule', { to: await c.launch() })
        for (const [n, prime] of [
          [1, 2],
          [2, 3],
          [10, 29],
          [20_000, 224_737],
        ]) {
          await asker.send(`PREMIER ${n}`)
          await asker.gets(String(prime), PATIENCE)
        }
      },
    },
    {
      id: 'deux-calculs',
      say: 2,
      hint: 2,
      async run(c) {
        const program = await c.launch()
        const one = await c.udp('le premier demandeur', { to: program })
        const two = await c.udp('le second demandeur', { to: program })
        await one.send('PREMIER 6000')
        await two.send('PREMIER 5000')
        await one.gets('59359', PATIENCE)
        await two.gets('48611', PATIENCE)
        one.nothing('une question, une réponse')
        two.nothing('une question, une réponse')
      },
    },
  ],
  mutants: [
    {
      name: 'd-un-trait',
      idea: 'calculer d’un trait, diviseur par diviseur',
      rejectedBy: 'ping-pendant',
      edits: [
        ['diviseur * diviseur <= nombre', 'diviseur < nombre'],
        ['const TRANCHE = 10', 'const TRANCHE = 1e9'],
      ],
    },
    {
      name: 'un-de-trop',
      idea: 'compter 1 comme premier',
      rejectedBy: 'resultat',
      edits: [
        ['return nombre > 1', 'return nombre > 0'],
        ['let nombre = 1', 'let nombre = 0'],
      ],
    },
    {
      name: 'dernier-demandeur',
      idea: 'répondre au dernier demandeur',
      rejectedBy: 'deux-calculs',
      edits: [
        ['const TRANCHE = 10', 'let dernier = { address: new QHostAddress(), port: 0 }\nconst TRANCHE = 1'],
        ['chercher(Number(n)', 'dernier = { address, port }\n      chercher(Number(n)'],
        [
          'toUtf8(String(premier)), address, port)',
          'toUtf8(String(premier)), dernier.address, dernier.port)',
        ],
      ],
    },
  ],
})
